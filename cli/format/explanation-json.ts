import type { ActorExplanation, Notice } from '../../rules/index.ts';
import { printed } from '../paths.ts';
import { keyValue, locationValue, sdkValue } from './values.ts';

/** Plain values for other tools: paths from the working directory, lines and columns from 1, as in lint's JSON. */
export function explanationJson(actors: readonly ActorExplanation[], notices: readonly Notice[], cwd: string): string {
  const output = {
    version: 1,
    actors: actors.map((actor) => actorValue(actor, cwd)),
    notices: notices.map(({ file, reason }) => ({ file: printed(file, cwd), reason })),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

function actorValue(actor: ActorExplanation, cwd: string): object {
  const place = (location: Parameters<typeof locationValue>[0]): object => locationValue(location, cwd);
  return {
    root: printed(actor.root, cwd),
    name: actor.name,
    kind: actor.kind,
    sdk: actor.sdk === undefined ? null : { ...sdkValue(actor.sdk), from: actor.sdk.from },
    entryPoints: actor.entryPoints.map((file) => printed(file, cwd)),
    files: actor.files.map((file) => printed(file, cwd)),
    listeners: actor.listeners.map(({ event, at }) => ({ event, at: place(at) })),
    regions: actor.regions.map(({ kind, at, state }) => ({
      kind,
      at: place(at),
      state: state.map((variable) => ({
        name: variable.name,
        at: place(variable.at),
        changedAt: variable.changedAt.map(place),
        matters: variable.matters,
        owner: variable.owner === undefined ? null : { kind: variable.owner.kind, at: place(variable.owner.at) },
      })),
    })),
    keys: actor.keys.map((key) => keyValue(key, cwd)),
  };
}
