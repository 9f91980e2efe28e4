import { ts } from 'ts-morph';

import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { isFunctionNode, unitOf } from '../../syntax/functions.ts';
import type { Mutation } from '../../flow/mutations.ts';

/**
 * Whether a binding only remembers what could be asked for again: each entry is put in where it is missing, and only ever
 * taken out by its key. A new process fills it on demand, so nothing is lost but time.
 */
export function isMemo(mutations: readonly Mutation[], code: Code): boolean {
  const [first] = mutations;
  if (first === undefined || !mutations.every(({ node, isWhole }) => !isWhole && isFilledOnDemand(node, first, code))) {
    return false;
  }
  const uses = code.referencesOf(first.binding.symbol).filter((use) => use !== nameOf(first));
  return uses.every(isKeyed) && uses.some(isTakenOut);
}

/** `if (!memo.has(key)) memo.set(key, …)`, `memo[key] ??= …`, `memo[key] = memo[key] || …` */
function isFilledOnDemand(change: ts.Node, { binding }: Mutation, code: Code): boolean {
  if (ts.isBinaryExpression(change) && isDefaulting(change.operatorToken.kind)) return true;
  if (ts.isCallExpression(change) && !isSet(change)) return false;
  const guard = ts.findAncestor(change, (node) => ts.isIfStatement(node) || isFunctionNode(node));
  if (guard === undefined || !ts.isIfStatement(guard)) return isBehindAnswer(change, binding, code);
  return (
    asksForMissing(guard.expression) && code.referencesOf(binding.symbol).some((use) => isIn(use, guard.expression))
  );
}

/** `if (memo.has(key)) return memo.get(key)`, and behind it `memo.set(key, …)` */
function isBehindAnswer(change: ts.Node, { symbol }: Binding, code: Code): boolean {
  return code
    .referencesOf(symbol)
    .filter((use) => use.end <= change.pos && unitOf(use) === unitOf(change))
    .some((use) => ts.findAncestor(use, ts.isReturnStatement) !== undefined);
}

function isDefaulting(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}

function isSet(call: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'set';
}

function asksForMissing(condition: ts.Expression): boolean {
  return (
    (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken) ||
    /===? *(?:undefined|null)/u.test(condition.getText())
  );
}

function isIn(use: ts.Node, node: ts.Node): boolean {
  return ts.findAncestor(use, (each) => each === node) !== undefined;
}

function isKeyed({ parent }: ts.Node): boolean {
  if (ts.isElementAccessExpression(parent)) return true;
  return ts.isPropertyAccessExpression(parent) && ['has', 'get', 'set', 'delete'].includes(parent.name.text);
}

/** Used for what it holds: a set of what was seen is only ever asked whether something is in it. */
function isTakenOut(use: ts.MemberName): boolean {
  const entry = ts.isElementAccessExpression(use.parent) ? use.parent : use.parent.parent;
  const isAsked = ts.isPropertyAccessExpression(use.parent) && use.parent.name.text !== 'get';
  return !isAsked && !isCondition(entry) && !isPut(entry);
}

function isCondition(entry: ts.Node): boolean {
  const { parent } = entry;
  return ts.isPrefixUnaryExpression(parent) || (ts.isIfStatement(parent) && parent.expression === entry);
}

function isPut(entry: ts.Node): boolean {
  const { parent } = entry;
  return ts.isBinaryExpression(parent) && parent.left === entry && ts.isExpressionStatement(parent.parent);
}

function nameOf({ binding }: Mutation): ts.Node | undefined {
  return ts.getNameOfDeclaration(binding.declaration);
}
