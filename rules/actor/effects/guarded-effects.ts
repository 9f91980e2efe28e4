import { ts } from 'ts-morph';

import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { conditionAround } from '../../syntax/conditions.ts';
import { isProcessExit } from '../../flow/process-ends.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, visit } from '../../syntax/functions.ts';
import type { WorkKinds } from './work.ts';
import { speaksOfAttempts } from '../../sdk/words.ts';

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
  const condition = conditionAround(use);
  if (condition === undefined) return [];
  if (isPeriod(use)) return [];
  if (condition.kind === 'filter') return isWritten(condition.call, search) ? ['output'] : ['work'];
  if (isOfAttempts(condition.text)) return [];
  return condition.branches.flatMap((branch) => effectsOf(branch, binding, search));
}

/** How often something is tried again is counted anew by a new process, and rightly so. */
export function isOfAttempts(condition: string): boolean {
  return speaksOfAttempts(condition);
}

/** `count % 100 === 0`: something that is done now and then, and that a new process does at other times, no worse. */
export function isPeriod(use: ts.Node): boolean {
  let node = use;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isPrefixUnaryExpression(node.parent) ||
    ts.isPostfixUnaryExpression(node.parent) ||
    (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)
  ) {
    node = node.parent;
  }
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.PercentToken
  );
}

/** What a branch does to the outside. Changes of the binding itself do not count: a cache only saves time. */
function effectsOf(branch: ts.Node, binding: Binding, search: EffectSearch): readonly Guarded[] {
  const { code, work } = search;
  const effects: Guarded[] = [];
  visit(branch, (node) => {
    if (isChangeOf(node, binding, code)) return false;
    if (ts.isBreakStatement(node) || ts.isThrowStatement(node)) effects.push('work');
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return true;
    effects.push(...effectsOfCall(node, code, work, new Set()));
    if (gathersOutput(node, binding, search)) effects.push('output');
    return true;
  });
  return effects;
}

function effectsOfCall(call: Call, code: Code, work: WorkKinds, seen: Set<ts.Node>): readonly Guarded[] {
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
        return work.callsIn([fn]).flatMap((inner) => effectsOfCall(inner, code, work, seen));
      });
    default:
      return [];
  }
}

/** `cache = …`, `cache[key] = …`, `cache.set(key, …)`: what it costs to fill it is no effect. */
function isChangeOf(node: ts.Node, binding: Binding, code: Code): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return startsWith(node.left, binding, code);
  }
  return ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'set'
    ? startsWith(node.expression.expression, binding, code)
    : false;
}

function startsWith(expression: ts.Expression, binding: Binding, code: Code): boolean {
  let place: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(place) || ts.isElementAccessExpression(place)) {
    if (ts.isPropertyAccessExpression(place) && code.symbolOf(place.name) === binding.symbol) return true;
    place = place.expression;
  }
  return ts.isIdentifier(place) && code.symbolOf(place) === binding.symbol;
}

/** `items.push(…)`, where the items are written later: leaving one out is leaving it out of the output. */
function gathersOutput(call: Call, binding: Binding, { code, becomesItems }: EffectSearch): boolean {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !/^(?:push|unshift|add)$/u.test(callee.name.text)) return false;
  const list = ts.isIdentifier(callee.expression) ? code.symbolOf(callee.expression) : undefined;
  return list !== undefined && list !== binding.symbol && becomesItems(list);
}

/** Whether what is chosen becomes items: at once, or by the name of a list. */
function isWritten(chosen: ts.CallExpression, { code, becomesItems }: EffectSearch): boolean {
  let node: ts.Node = chosen;
  while (ts.isExpression(node.parent) && !isFunctionNode(node.parent)) {
    node = node.parent;
    if (ts.isCallExpression(node) && code.roleOf(node, 'write')?.store === 'dataset') return true;
  }
  const list = ts.isVariableDeclaration(node.parent) ? code.symbolOf(node.parent.name) : undefined;
  return list !== undefined && becomesItems(list);
}
