import type { Notice } from '../rules/index.ts';

const ACTOR = 'an Actor is a package that depends on apify or crawlee, or has .actor/actor.json';

/** The notices of a workspace; where it has no Actor, and nothing says why, one more. */
export function noActor(root: string, actors: number, notices: readonly Notice[]): readonly Notice[] {
  if (actors > 0 || notices.some(({ file }) => file === root)) return notices;
  // What was left out may be the very file that makes the folder an Actor.
  const where = notices.length > 0 ? ' in what could be read' : '';
  return [...notices, { file: root, reason: `no Actor found${where}: ${ACTOR}` }];
}
