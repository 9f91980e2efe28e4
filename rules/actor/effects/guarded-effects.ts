import { ts } from 'ts-morph';

import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { choicesAt, wholeConditionOf } from '../../flow/control-flow/choices.ts';
import { callsChoosingBy } from './predicate-guards.ts';
import { isProcessExit } from '../../flow/process-ends.ts';
import type { Call } from '../../syntax/file-index.ts';
import { functionAround, isFunctionNode, isWithin, visit } from '../../syntax/functions.ts';
import { methodOf } from '../../syntax/operands.ts';
import type { WorkKinds } from './work.ts';
import { isOfAttempts, isPeriod } from './passing-conditions.ts';

/** How many functions are followed that return what was chosen. */
const FURTHEST = 3;

/** What a binding decides where a condition asks it: money or items, other requests, or how work goes on. */
export type Guarded = 'output' | 'requests' | 'work';

/** What the effects of a branch are found with. */
export interface EffectSearch {
  readonly code: Code;
  readonly work: WorkKinds;
  /** Whether what a list holds becomes items of a dataset. */
  readonly becomesItems: (list: ts.Symbol) => boolean;
}

/** What happens or does not happen because of a condition that this use is part of. */
export function guardedBy(use: ts.Node, binding: Binding, search: EffectSearch): readonly Guarded[] {
  if (isPeriod(use)) return [];
  const { code } = search;
  const chosen = callsChoosingBy(code, use).map((call) => (isWritten(call, search) ? 'output' : 'work'));
  const decided = choicesAt(code, use)
    .filter(({ condition }) => !isOfAttempts(wholeConditionOf(condition)))
    .flatMap(({ whenTrue, whenFalse }) =>
      differences(effectsOf(whenTrue, binding, search), effectsOf(whenFalse, binding, search)),
    );
  return [...chosen, ...decided];
}

/** What only one of two ways does: an item that is written on both is not left out. */
function differences(one: Effects, other: Effects): readonly Guarded[] {
  const only = (a: Effects, b: Effects): readonly Guarded[] =>
    [...a].flatMap(([target, effect]) => (b.has(target) ? [] : [effect]));
  return [...only(one, other), ...only(other, one)];
}

/** Effects by what they are on. */
type Effects = ReadonlyMap<string, Guarded>;

/** What some nodes do to the outside. Changes of the binding itself do not count: a cache only saves time. */
function effectsOf(nodes: readonly ts.Node[], binding: Binding, search: EffectSearch): Effects {
  const { code } = search;
  const found = new Map<string, Guarded>();
  const changes = nodes.filter((node) => isChangeOf(code, node, binding));
  for (const node of nodes.flatMap(withCallbacks)) {
    if (changes.some((change) => isWithin(node, change))) continue;
    if (leavesLoop(node) || ts.isThrowStatement(node)) found.set('work', 'work');
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
    for (const effect of effectsOfCall(node, search, new Set())) found.set(effect, effect);
    const list = listOfItems(node, binding, search);
    if (list !== undefined) found.set(`items ${list.name}`, 'output');
  }
  return found;
}

/** A function that is handed on is run by what takes it. */
function withCallbacks(node: ts.Node): readonly ts.Node[] {
  if (!isFunctionNode(node) || ts.isFunctionDeclaration(node)) return [node];
  const calls: ts.Node[] = [];
  visit(node, (each) => void (ts.isCallExpression(each) && calls.push(each)));
  return calls;
}

function leavesLoop(node: ts.Node): boolean {
  return ts.isBreakStatement(node) && !ts.isSwitchStatement(ts.findAncestor(node, isBreakable) ?? node);
}

function isBreakable(node: ts.Node): boolean {
  return ts.isSwitchStatement(node) || ts.isIterationStatement(node, false);
}

function effectsOfCall(call: Call, search: EffectSearch, seen: Set<ts.Node>): readonly Guarded[] {
  const { code, work } = search;
  const write = code.rolesOf(call).find((role) => role.kind === 'write');
  if (write?.kind === 'write')
    return write.store === 'request-queue' ? ['requests'] : write.store === 'run' ? [] : ['output'];
  if (code.roleOf(call, 'lifecycle') !== undefined || (ts.isCallExpression(call) && isProcessExit(code, call)))
    return ['work'];
  switch (work.of(call)) {
    case 'slow':
      return ['work'];
    case 'own function':
      return code.calledFunctions(call).flatMap((fn) => {
        if (seen.has(fn)) return [];
        seen.add(fn);
        return work.callsIn([fn]).flatMap((inner) => effectsOfCall(inner, search, seen));
      });
    default:
      return [];
  }
}

/** `cache = …`, `cache[key] = …`, `cache.set(key, …)`: what it costs to fill it is no effect. */
function isChangeOf(code: Code, node: ts.Node, binding: Binding): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return startsWith(code, node.left, binding);
  }
  return ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'set'
    ? startsWith(code, node.expression.expression, binding)
    : false;
}

function startsWith(code: Code, expression: ts.Expression, binding: Binding): boolean {
  let place: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(place) || ts.isElementAccessExpression(place)) {
    if (ts.isPropertyAccessExpression(place) && code.symbolOf(place.name) === binding.symbol) return true;
    place = place.expression;
  }
  return ts.isIdentifier(place) && code.symbolOf(place) === binding.symbol;
}

/** `items.push(…)`, where the items are written later: leaving one out is leaving it out of the output. */
function listOfItems(call: Call, binding: Binding, { code, becomesItems }: EffectSearch): ts.Symbol | undefined {
  const method = methodOf(call);
  if (method === undefined || !/^(?:push|unshift|add)$/u.test(method.name)) return undefined;
  const list = ts.isIdentifier(method.object) ? code.symbolOf(method.object) : undefined;
  return list !== undefined && list !== binding.symbol && becomesItems(list) ? list : undefined;
}

/** Whether what is chosen becomes items: at once, by the name of a list, or where a function returns it. */
function isWritten(chosen: ts.Node, search: EffectSearch, depth = FURTHEST): boolean {
  const { code, becomesItems } = search;
  let node: ts.Node = chosen;
  while (ts.isExpression(node.parent) && !isFunctionNode(node.parent)) {
    node = node.parent;
    if (ts.isCallExpression(node) && code.roleOf(node, 'write')?.store === 'dataset') return true;
  }
  const { parent } = node;
  if (depth > 0 && (ts.isReturnStatement(parent) || ts.isArrowFunction(parent))) {
    const fn = ts.isArrowFunction(parent) ? parent : functionAround(parent);
    return fn !== undefined && code.callersOf(fn).some((call) => isWritten(call, search, depth - 1));
  }
  const list = ts.isVariableDeclaration(parent) ? code.symbolOf(parent.name) : undefined;
  return list !== undefined && becomesItems(list);
}
