import { ts } from 'ts-morph';

import { operandAt } from '../../flow/arguments.ts';
import { patternHolder } from '../../flow/bindings.ts';
import { boundCallsOf, boundOperands, boundTexts } from '../../flow/bound-calls.ts';
import type { BoundCall } from '../../flow/bound-calls.ts';
import type { CallGraph } from '../../flow/call-graph.ts';
import type { Code } from '../../flow/code.ts';
import type { Operand } from '../../flow/operands.ts';
import type { RoleOf } from '../../sdk/roles.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, unitOf } from '../../syntax/functions.ts';
import { awaited, isAccess, memberNameOf, rootOf } from '../../syntax/operands.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';

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

/** A function that registers what it is given is seen at each of its calls. */
function registeredBy(code: Code, made: Call, role: RoleOf<'subscribe'>, reach: CallGraph): readonly Listener[] {
  const [event, listener] = [operandAt(code, made, role.event), operandAt(code, made, role.listener)];
  const given = listener !== undefined && isGiven(code, listener.expression) ? [listener] : [];
  const decisive = [...(event === undefined ? [] : [event]), ...given].map(({ expression }) => expression);
  return boundCallsOf(code, made, decisive).flatMap((bound) => {
    const functions = listener === undefined ? [] : functionsIn(code, boundOperands(code, listener, bound));
    const all = new Set<Unit>([...functions, ...reach.from(functions)]);
    const [registration] = bound.path;
    return eventsOf(code, bound, event).map((each) => ({ event: each, registration, functions, reach: all }));
  });
}

/** Whether callers give a listener: one that is written here is one, whatever of the callers' it uses. */
function isGiven(code: Code, listener: ts.Expression): boolean {
  const value = awaited(listener);
  if (ts.isCallExpression(value))
    return value.arguments.some((each) => code.functionsOf(each).length > 0 && isGiven(code, each));
  const root = rootOf(value);
  const declaration = ts.isIdentifier(root) ? code.symbolOf(root)?.valueDeclaration : undefined;
  return declaration !== undefined && ts.isParameter(patternHolder(declaration));
}

/** The functions that a listener may be, and those that it is made of: `throttle(save)`. */
function functionsIn(code: Code, given: readonly Operand[]): readonly FunctionNode[] {
  const values = given.flatMap((each) => code.partsOf(each));
  const functions = values.filter(isFunctionNode);
  const made = values.filter(ts.isCallExpression).flatMap(({ arguments: from }) => from);
  return functions.length > 0 ? functions : made.flatMap((each) => code.functionsOf(each));
}

/** The events that a call may name, and `undefined` where it may name more. */
function eventsOf(code: Code, bound: BoundCall, event: Operand | undefined): readonly (string | undefined)[] {
  if (event === undefined) return [undefined];
  const { known, isAll } = boundTexts(code, [event], bound);
  if (known.length > 0) return [...known.map(({ text }) => text), ...(isAll ? [] : [undefined])];
  return boundOperands(code, event, bound).map(({ expression }) => eventOfMember(awaited(expression)));
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
