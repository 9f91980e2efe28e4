import { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { CallGraph } from '../../flow/call-graph.ts';
import type { Code } from '../../flow/code.ts';
import type { RoleOf } from '../../sdk/roles.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, unitOf } from '../../syntax/functions.ts';
import { awaited, isAccess, memberNameOf } from '../../syntax/operands.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';
import { keysOf } from '../keys/keys.ts';

/**
 * Functions that are registered for an event of the Actor. A registration for several events, as in a loop over their names,
 * is a listener for each of them.
 */
export interface Listener {
  /** `undefined` where the event is chosen at run time: then it may be any. */
  readonly event: string | undefined;
  readonly registration: Call;
  readonly functions: readonly FunctionNode[];
  /** All that runs when the event comes. */
  readonly reach: ReadonlySet<Unit>;
}

/** A listener whose event surely comes before a migration. */
export type MigrationListener = Listener & { readonly event: string };

/** How an event that is chosen at run time is called. */
export const ANY_EVENT = 'any event';

/** The events that come before a migration. `aborting` and `exit` come without one. */
const MIGRATION_EVENTS: ReadonlySet<string> = new Set(['migrating', 'persistState']);

const EVENTS: readonly string[] = [...MIGRATION_EVENTS, 'aborting', 'exit', 'systemInfo', 'cpuInfo'];

/** The listeners of a program, in the order in which its files register them. */
export function listenersOf(code: Code, files: readonly ts.SourceFile[], reach: CallGraph): readonly Listener[] {
  return files
    .flatMap((file) => indexOf(file).calls)
    .flatMap((call) => {
      const role = code.roleOf(call, 'subscribe');
      return role === undefined ? [] : registeredBy(code, call, role, reach);
    });
}

function registeredBy(
  code: Code,
  registration: Call,
  role: RoleOf<'subscribe'>,
  reach: CallGraph,
): readonly Listener[] {
  const functions = functionsIn(code, argumentAt(code, registration, role.listener));
  const all = new Set<Unit>([...functions, ...reach.from(functions)]);
  const events = eventsOf(code, argumentAt(code, registration, role.event));
  return events.map((event) => ({ event, registration, functions, reach: all }));
}

/** The functions that an expression may be, and those that it is made of: `throttle(save)`. */
function functionsIn(code: Code, given: ts.Expression | undefined): readonly FunctionNode[] {
  const values = given === undefined ? [] : code.valuesOf(given);
  const functions = values.filter(isFunctionNode);
  const made = values.filter(ts.isCallExpression).flatMap(({ arguments: from }) => from);
  return functions.length > 0 ? functions : made.flatMap((each) => code.functionsOf(each));
}

/** The events that an expression may name, and `undefined` where it may name more. */
function eventsOf(code: Code, expression: ts.Expression | undefined): readonly (string | undefined)[] {
  const { known, isAll } = keysOf(code, expression);
  if (known.length === 0 && expression !== undefined) return [eventOfMember(awaited(expression))];
  return [...known.map(({ text }) => text), ...(isAll ? [] : [undefined])];
}

/** An enumeration of another package: `ACTOR_EVENT_NAMES.PERSIST_STATE` is `persistState`. */
function eventOfMember(name: ts.Expression): string | undefined {
  const word = isAccess(name) ? memberNameOf(name) : undefined;
  const plain = word?.replaceAll('_', '').toLowerCase();
  return EVENTS.find((event) => event.toLowerCase() === plain);
}

/** Whether a listener is surely called before a migration: what it does wrong is done wrong then. */
export function isMigrationListener(listener: Listener): listener is MigrationListener {
  return listener.event !== undefined && MIGRATION_EVENTS.has(listener.event);
}

/** Whether a listener may be called before a migration: what it saves may be saved then. */
export function mayBeMigrationListener(listener: Listener): boolean {
  return listener.event === undefined || isMigrationListener(listener);
}

/** The listener that runs some code, one that is called before a migration first. */
export function listenerAround(node: ts.Node, listeners: readonly Listener[]): Listener | undefined {
  const unit = unitOf(node);
  const running = listeners.filter(({ reach }) => reach.has(unit));
  return running.find(isMigrationListener) ?? running[0];
}
