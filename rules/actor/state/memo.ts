import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { Decision } from '../../flow/control-flow/blocks.ts';
import { isWithin } from '../../syntax/functions.ts';
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

/** `if (!memo.has(key)) memo.set(key, …)`, `memo[key] ??= …`, and behind `if (memo.has(key)) return memo.get(key)` */
function isFilledOnDemand(change: ts.Node, { binding }: Mutation, code: Code): boolean {
  if (ts.isBinaryExpression(change) && isDefaulting(change.operatorToken.kind)) return true;
  if (ts.isCallExpression(change) && !isSet(change)) return false;
  const uses = code.referencesOf(binding.symbol);
  return code
    .graphAround(change)
    .controlDependences(change, { transitive: true })
    .some((decision) => findsNothing(decision) && uses.some((use) => isAskedIn(decision.condition, use, code)));
}

/** `memo.has(key)` is false, `memo[key] === undefined` is true. */
function findsNothing({ condition, outcome }: Decision): boolean {
  const comparison = /([!=])==? *(?:undefined|null)/u.exec(condition.getText());
  return outcome === (comparison?.[1] === '=' ? 'true' : 'false');
}

/** Whether a condition asks a use, itself or by the name of a variable that is made from it. */
function isAskedIn(condition: ts.Node, use: ts.Node, code: Code): boolean {
  if (isWithin(use, condition)) return true;
  const declaration = ts.isIdentifier(condition) ? code.symbolOf(condition)?.valueDeclaration : undefined;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && isWithin(use, declaration);
}

function isDefaulting(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}

function isSet(call: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'set';
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
