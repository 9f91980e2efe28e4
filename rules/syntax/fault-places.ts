import type { ts } from 'ts-morph';

const places = new WeakMap<object, ts.Node>();

/**
 * Keeps with an error which node was looked at when it was thrown, for whoever tells of it. The innermost node, which is the
 * first to be named, stays.
 *
 * @returns the error, to be thrown on
 */
export function thrownAt(node: ts.Node, error: unknown): unknown {
  if (typeof error === 'object' && error !== null && !places.has(error)) places.set(error, node);
  return error;
}

/** The node that was looked at when an error was thrown; `undefined` where none was named. */
export function faultPlaceOf(error: unknown): ts.Node | undefined {
  return typeof error === 'object' && error !== null ? places.get(error) : undefined;
}
