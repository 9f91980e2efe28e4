import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { partTaken } from '../../flow/path-steps.ts';
import { usesOf } from '../../flow/value-uses.ts';
import { firstValueOf } from '../../flow/first-values.ts';
import { accessBy, outermost } from '../../syntax/operands.ts';
import type { StateVariable } from './own-state.ts';
import type { Region } from '../regions/regions.ts';
import { isInRegion } from './significance.ts';
import { speaksOfAttempts, speaksOfRow } from '../../sdk/words.ts';

/** Grows from round to round: what is lost of it is not made up by the next round. */
export function accumulates({ mutations }: StateVariable): boolean {
  return mutations.some(({ kind, isWhole }) => kind === 'add' || kind === 'step' || (kind === 'set' && !isWhole));
}

/** `result = …` in a round, and written when the rounds are over. A word of the program's own, such as a flag, is none. */
export function isTakenOut({ mutations, significance }: StateVariable, region: Region): boolean {
  const isSet = mutations.some(({ kind, value }) => kind === 'set' && value !== undefined && !isConstant(value));
  return isSet && significance.output.some((call) => !isInRegion(call, region));
}

function isConstant(value: ts.Expression): boolean {
  return (
    ts.isLiteralExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  );
}

/** A list, a set, a table. */
export function isCollection({ mutations }: StateVariable): boolean {
  return mutations.some(({ kind, isWhole }) => kind === 'add' || (kind === 'set' && !isWhole));
}

/** A number that each round makes more or less. */
export function isCounter({ mutations }: StateVariable): boolean {
  return mutations.some(({ kind }) => kind === 'step');
}

/** Put in by one piece of code and taken out by another, or counted up and down: it is on its way, not kept. */
export function isHandOver({ mutations }: StateVariable): boolean {
  const steps = mutations.filter(({ kind }) => kind === 'step');
  const isGauge = steps.some(({ node }) => isDownward(node)) && !steps.every(({ node }) => isDownward(node));
  return isGauge || mutations.some(({ kind }) => kind === 'remove');
}

/**
 * Gathered until there are so many, and then written together: `if (rows.length >= 100) await flush()`. Until then it is all that
 * is left of the requests that put it in.
 */
export function isBatch(code: Code, { binding, significance }: StateVariable): boolean {
  return significance.output.length > 0 && usesOf(code, binding.symbol).some((use) => isSizeLimited(code, use));
}

/** `rows.length >= limit`: not whether there are any. */
function isSizeLimited(code: Code, use: ts.MemberName): boolean {
  const size = sizeOf(code, use);
  if (size === undefined) return false;
  const { parent: comparison } = size;
  if (!ts.isBinaryExpression(comparison) || !LIMITS.has(comparison.operatorToken.kind)) return false;
  const limit = comparison.left === size ? comparison.right : comparison.left;
  return !ts.isNumericLiteral(limit) || Number(limit.text) > 1;
}

/** The size of what a use holds, or of a part that has a name: `state.rows.length`, `lists.get('rows').size`. */
function sizeOf(code: Code, use: ts.MemberName): ts.Node | undefined {
  let node = outermost(accessBy(use));
  // A function that gives what it keeps.
  const { parent } = node;
  if (ts.isCallExpression(parent) && parent.expression === node) node = outermost(parent);
  for (let taken = partTaken(code, node); taken?.name !== undefined; taken = partTaken(code, taken.at)) {
    if (taken.name === 'length' || taken.name === 'size') return taken.at;
  }
  return undefined;
}

const LIMITS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);

function isDownward(step: ts.Node): boolean {
  if (ts.isBinaryExpression(step)) return step.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken;
  const isUnary = ts.isPrefixUnaryExpression(step) || ts.isPostfixUnaryExpression(step);
  return isUnary && step.operator === ts.SyntaxKind.MinusMinusToken;
}

/**
 * A count that a round may set back to the number that it starts with, such as that of errors in a row, and that says nothing
 * but whether there are too many: a new process begins a new row, and rightly so. A position that starts over is none.
 */
export function isStreak(code: Code, { binding, mutations, significance }: StateVariable): boolean {
  const { output, position, exitStatus } = significance;
  if (output.length + position.length + exitStatus.length > 0) return false;
  const first = firstValueOf(code, binding);
  if (first === undefined || !ts.isNumericLiteral(first)) return false;
  const steps = mutations.filter(({ kind }) => kind === 'step');
  const resets = mutations.filter(({ value }) => value?.kind === first.kind && value.getText() === first.text);
  return steps.length > 0 && resets.length > 0 && steps.length + resets.length === mutations.length;
}

/** How often something failed in a row is counted anew by a new process, and rightly so. */
export function countsFailures({ binding }: StateVariable): boolean {
  return speaksOfAttempts(binding.name) || speaksOfRow(binding.name);
}

/** What a loop counts where something has failed, to give up in the end: a new process has new attempts. */
export function isBudget({ mutations, significance }: StateVariable): boolean {
  const { output, position, exitStatus } = significance;
  const steps = mutations.filter(({ kind }) => kind === 'step');
  const isWritten = output.length + position.length + exitStatus.length > 0;
  return !isWritten && steps.length > 0 && steps.every(({ node }) => isInCatch(node));
}

function isInCatch(node: ts.Node): boolean {
  const around = ts.findAncestor(node, (each) => ts.isFunctionLike(each) || ts.isCatchClause(each));
  return around !== undefined && ts.isCatchClause(around);
}
