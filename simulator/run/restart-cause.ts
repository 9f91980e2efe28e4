import type { AnnouncedCause, RestartCause } from '../recording.ts';

/** Each way in which a process ends for another to take its place, as `--by` says it. */
export const RESTART_CAUSES = [
  'migration',
  'reboot',
  'graceful-abort',
  'abort',
  'timeout',
] as const satisfies readonly RestartCause[];

/** What cannot be understood, or does not go together; the message says what to give. */
export class BadCause extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BadCause';
  }
}

/**
 * Reads `--by`.
 *
 * @throws {BadCause} when it is not known
 */
export function parseCause(text: string): RestartCause {
  const cause = RESTART_CAUSES.find((one) => one === text);
  if (cause !== undefined) return cause;
  throw new BadCause(
    `\`${text}\` does not say what ends the Actor's process. Give migration, reboot, graceful-abort, abort or timeout.`,
  );
}

/** Whether the Actor is told, and has a grace period. */
export function isAnnounced(by: RestartCause): by is AnnouncedCause {
  return by === 'migration' || by === 'graceful-abort';
}

/**
 * Checks that nothing is asked for that only an announced end has.
 *
 * @param given the options about the event and the time after it, by their names; `undefined` where they were not given
 * @throws {BadCause} where the Actor is told of nothing, and one of them was given
 */
export function checkAnnounced(by: RestartCause, given: Readonly<Record<string, unknown>>): void {
  const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (name === undefined || isAnnounced(by)) return;
  throw new BadCause(
    `${name} is about the event that the Actor gets and the time that it has then: ${by} kills it at once, without either. Leave ${name} out, or give graceful-abort.`,
  );
}

/** Seconds from the event to the kill unless told; of a graceful abort those of the platform (docs, "Aborting runs"). */
export const GRACE_SECONDS: Readonly<Record<RestartCause, number>> = {
  migration: 10,
  'graceful-abort': 30,
  reboot: 0,
  abort: 0,
  timeout: 0,
};

/** Crawlee has no code for a platform's events; that of a migration is played since every Actor meets one. */
export const NO_EVENT =
  'Crawlee without the Apify SDK hears of no abort, so it cannot be aborted gracefully: give another `--by`.';
