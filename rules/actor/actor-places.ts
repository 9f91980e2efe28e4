import { ts } from 'ts-morph';

import type { Location } from '../program/locations.ts';
import type { ActorModel } from './actor-model.ts';
import { ANY_EVENT } from './listeners/listeners.ts';
import { indexOf } from '../syntax/file-index.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { locationOf } from '../program/locations.ts';

/** A listener of an Actor's event, in plain values. */
export interface ListenerSummary {
  readonly event: string;
  /** Where it is registered. */
  readonly at: Location;
  /** The first thing that it does; `undefined` where its function is not known or empty. */
  readonly body: Location | undefined;
}

/** Where the work of each entry point begins: the call that starts the SDK, else its first statement that is no import. */
export function startsOf(actor: ActorModel): readonly Location[] {
  return actor.entryPoints.flatMap((file) => {
    const start = indexOf(file).calls.find((call) =>
      actor.code
        .rolesOf(call)
        .some((role) => role.kind === 'lifecycle' && (role.word === 'init' || role.word === 'main')),
    );
    const begin = start ?? file.statements.find((statement) => !ts.isImportDeclaration(statement));
    return begin === undefined ? [] : [locationOf(begin)];
  });
}

/** What listens for the events of an Actor, and where a debugger can stop in it. */
export function listenerSummariesOf({ persistence }: ActorModel): readonly ListenerSummary[] {
  return persistence.listeners.map(({ event, registration, functions }) => ({
    event: event ?? ANY_EVENT,
    at: locationOf(registration),
    body: functions.map(firstOf).find((place) => place !== undefined),
  }));
}

function firstOf({ body }: FunctionNode): Location | undefined {
  const first = body !== undefined && ts.isBlock(body) ? body.statements[0] : body;
  return first === undefined ? undefined : locationOf(first);
}
