import * as apifyClient from 'apify-client';

/**
 * The public methods of each class of the installed apify-client that is named as a client, as they are at runtime: a version
 * that brings a new one is noticed. What begins with an underscore is the package's own.
 */
export function methodsOfClient(): ReadonlyMap<string, readonly string[]> {
  const classes = Object.entries(apifyClient).filter(([name]) => name.endsWith('Client'));
  return new Map(classes.map(([name, each]) => [name, methodsOf(each)]));
}

/** The public methods of a class. */
export function methodsOf(each: unknown): readonly string[] {
  if (typeof each !== 'function') return [];
  const prototype: unknown = each.prototype;
  return Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor' && !name.startsWith('_'));
}
