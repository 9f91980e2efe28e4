import { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { ActorModel } from '../actor-model.ts';
import { shutsDownGracefully } from './automatic-reboot.ts';
import type { Code } from '../../flow/code.ts';
import { functionAround, visit } from '../../syntax/functions.ts';
import { accessBy } from '../../syntax/operands.ts';
import { DEFAULT_STORE, storeNameOf } from '../keys/keys.ts';
import { callsOfListener } from './listener-calls.ts';
import type { ListenerCall } from './listener-calls.ts';
import { isMigrationListener } from './listeners.ts';
import type { Listener } from './listeners.ts';

/** Why a listener is called more than once: it is called each minute, by the SDK's reboot, or by a reboot of the Actor's own. */
export type Repetition =
  | { readonly by: 'interval' }
  | { readonly by: 'automatic reboot' }
  | { readonly by: 'own reboot'; readonly reboot: ts.CallExpression };

/** A push to the run's dataset, or a charge, that a listener makes anew each time it is called. */
export interface RepeatedEffect {
  readonly listener: Listener;
  readonly made: ListenerCall;
  readonly store: 'dataset' | 'charge';
  readonly repetition: Repetition;
}

/** The effects that listeners for a migration repeat. Those on a condition, and those of what the listener empties, are none. */
export function repeatedEffectsOf(actor: ActorModel): readonly RepeatedEffect[] {
  const listeners = actor.persistence.listeners.filter(isMigrationListener);
  const found = new Map<ts.Node, RepeatedEffect>();
  for (const listener of listeners) {
    const repetition = repetitionOf(actor, listener, listeners);
    if (repetition === undefined) continue;
    for (const made of callsOfListener(actor.code, listener)) {
      const store = effectOf(actor.code, made);
      if (store !== undefined && !found.has(made.call)) found.set(made.call, { listener, made, store, repetition });
    }
  }
  return [...found.values()];
}

/** Facts 1.3, 1.4 and 7. */
function repetitionOf(actor: ActorModel, { event }: Listener, listeners: readonly Listener[]): Repetition | undefined {
  if (event === 'persistState') return { by: 'interval' };
  if (shutsDownGracefully(actor)) return { by: 'automatic reboot' };
  const reboot = listeners
    .filter((listener) => listener.event === 'migrating')
    .flatMap((listener) => callsOfListener(actor.code, listener))
    .find(({ call }) => actor.code.roleOf(call, 'lifecycle')?.word === 'reboot');
  return reboot === undefined ? undefined : { by: 'own reboot', reboot: reboot.call };
}

/** A named dataset may well get a line each minute. */
function effectOf(code: Code, { call, conditional }: ListenerCall): RepeatedEffect['store'] | undefined {
  if (conditional) return undefined;
  const role = code.roleOf(call, 'write');
  if (role === undefined || (role.store !== 'dataset' && role.store !== 'charge')) return undefined;
  const value = argumentAt(code, call, role.value);
  if (value === undefined || !isTheSameAgain(code, value, call)) return undefined;
  return role.store === 'charge' || storeNameOf(code, call) === DEFAULT_STORE ? role.store : undefined;
}

/** Whether a value is there again when the listener is called again: it is made from literals, and from what is not emptied. */
function isTheSameAgain(code: Code, value: ts.Expression, call: ts.CallExpression): boolean {
  let same = true;
  visit(value, (node) => {
    if (ts.isCallExpression(node)) same &&= isOfDate(node);
    else if (ts.isIdentifier(node) && !isKeyOfLiteral(node)) same &&= !mayDiffer(code, node, call);
    return same;
  });
  return same;
}

/** `new Date().toISOString()`, `Date.now()`: differ, and take nothing away. */
function isOfDate({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const { expression: owner } = expression;
  const name = ts.isNewExpression(owner) ? owner.expression : owner;
  return ts.isIdentifier(name) && name.text === 'Date';
}

function isKeyOfLiteral({ parent, pos }: ts.Identifier): boolean {
  return ts.isPropertyAssignment(parent) && parent.name.pos === pos;
}

/**
 * Whether a variable or field is handed to the function, is emptied or replaced anywhere, or is made in the function from what
 * may differ.
 */
function mayDiffer(code: Code, name: ts.Identifier, call: ts.CallExpression): boolean {
  const symbol = code.symbolOf(name);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined) return false;
  if (functionAround(declaration) === functionAround(call)) {
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return true;
    if (!isTheSameAgain(code, declaration.initializer, call)) return true;
  } else if (ts.isParameter(declaration)) return true;
  return code.referencesOf(symbol).some(isEmptiedOrReplaced);
}

const EMPTYING: ReadonlySet<string> = new Set(['splice', 'shift', 'pop', 'clear', 'delete']);

/** `items.splice(0)`, `items.length = 0`, `state.items = []`, `delete state.item`. */
function isEmptiedOrReplaced(use: ts.Node): boolean {
  let target = accessBy(use);
  for (;;) {
    const { parent } = target;
    if (ts.isPropertyAccessExpression(parent) && EMPTYING.has(parent.name.text)) return true;
    const isAccess = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
    if (!isAccess || parent.expression !== target) break;
    target = parent;
  }
  const { parent } = target;
  if (!ts.isBinaryExpression(parent)) return ts.isDeleteExpression(parent);
  return parent.left === target && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
