import type { Notice } from '../rules/index.ts';

const REASON = 'no Actor found: an Actor is a package that depends on apify or crawlee, or has .actor/actor.json';

/** The notices of a workspace; where it has no Actor, and nothing says why, one more. */
export function noActor(root: string, actors: number, notices: readonly Notice[]): readonly Notice[] {
  if (actors > 0 || notices.some(({ file }) => file === root)) return notices;
  return [...notices, { file: root, reason: REASON }];
}
