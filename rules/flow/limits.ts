/**
 * How far the analysis follows a program, in one place. What lies behind a limit counts as unknown, so that a limit can take
 * a finding away but not make one.
 */
export const LIMITS = {
  /** How many queries may be open at once, so that the stack does not end first. */
  openQueries: 300,
  /** How often a value is followed from one name to the next: an alias, an argument, a result. */
  aliases: 6,
  /** How many calls lie at the most between a place and what is said of it. */
  calls: 3,
  /** How many levels of an object or a type are looked into. */
  levels: 5,
  /** How many texts one expression may have: with more, its parts are left as they are written. */
  texts: 16,
} as const;
