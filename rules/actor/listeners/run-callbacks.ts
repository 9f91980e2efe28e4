import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isWithin, unitOf } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';

/** A function that listens to an event of the run. */
export interface RunListener {
  readonly fn: FunctionNode;
  /** The event's name; `undefined` where it is chosen at run time. */
  readonly event: string | undefined;
  readonly registeredAt: ts.CallExpression;
}

/** The functions that the SDK itself runs at a certain moment: the one given to `main`, and the listeners. */
interface RunCallbacks {
  readonly mains: ReadonlyMap<FunctionNode, ts.CallExpression>;
  readonly listeners: readonly RunListener[];
}

const known = new WeakMap<Code, RunCallbacks>();

/** The call of `Actor.main` or `Apify.main` that runs a function. */
export function mainThatRuns(code: Code, fn: FunctionNode): ts.CallExpression | undefined {
  return runCallbacksOf(code).mains.get(fn);
}

/** The listeners of the run's events, in the order in which the files register them. */
export function listenersOf(code: Code): readonly RunListener[] {
  return runCallbacksOf(code).listeners;
}

/** How many calls are followed from a listener to what it runs. */
const FURTHEST = 3;

/** The listener that runs a node: the function around it, or one that calls that function. */
export function listenerAround(code: Code, node: ts.Node, depth = FURTHEST): RunListener | undefined {
  const listener = listenersOf(code).find(({ fn }) => isWithin(node, fn));
  if (listener !== undefined || depth === 0) return listener;
  const unit = unitOf(node);
  if (ts.isSourceFile(unit)) return undefined;
  for (const call of code.callersOf(unit)) {
    const found = listenerAround(code, call, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function runCallbacksOf(code: Code): RunCallbacks {
  const before = known.get(code);
  if (before !== undefined) return before;
  const mains = new Map<FunctionNode, ts.CallExpression>();
  const listeners: RunListener[] = [];
  for (const call of code.files.flatMap((file) => indexOf(file).calls)) {
    if (!ts.isCallExpression(call)) continue;
    for (const role of code.rolesOf(call)) {
      if (role.kind === 'lifecycle' && role.word === 'main') {
        for (const fn of functionsAt(code, call, role.callback?.index)) mains.set(fn, call);
      }
      if (role.kind === 'subscribe') {
        const event = eventOf(code, call.arguments[role.event?.index ?? 0]);
        const functions = functionsAt(code, call, role.listener?.index);
        listeners.push(...functions.map((fn) => ({ fn, event, registeredAt: call })));
      }
    }
  }
  const callbacks = { mains, listeners };
  known.set(code, callbacks);
  return callbacks;
}

function functionsAt(code: Code, call: ts.CallExpression, index: number | undefined): readonly FunctionNode[] {
  const argument = index === undefined ? undefined : call.arguments[index];
  return argument === undefined ? [] : code.functionsOf(argument);
}

function eventOf(code: Code, argument: ts.Expression | undefined): string | undefined {
  if (argument === undefined) return undefined;
  for (const value of code.valuesOf(argument)) {
    if (ts.isStringLiteralLike(value)) return value.text;
    if (ts.isEnumMember(value) && value.initializer !== undefined && ts.isStringLiteralLike(value.initializer)) {
      return value.initializer.text;
    }
  }
  return undefined;
}
