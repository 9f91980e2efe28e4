import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { ValueUse } from '../../flow/forward/record-follower.ts';
import { isAssignment } from '../../syntax/assignments.ts';
import { awaited, bare, outermost } from '../../syntax/operands.ts';
import type { RestoredPart, RestoredRecord } from './restored-records.ts';

/** A place that takes a restored 0, or an empty text, for a record that is not there. */
export interface EmptyTest {
  /** `not`: `!value`. `condition`: of an `if` or a `?:`. `or`: the default behind `||`. */
  readonly form: 'not' | 'condition' | 'or';
  readonly at: ts.Expression;
  /** What is asked for, and what it is where there is none. */
  readonly value: ts.Expression;
  readonly nothing: 'null' | 'undefined';
  /** Where the 0 or the empty text is saved. */
  readonly saved: { readonly node: ts.Node; readonly text: string };
}

/** Tests that a restored 0 or `''` fails, where one of the two is saved. */
export function emptyTestsOf(code: Code, record: RestoredRecord, parts: readonly RestoredPart[]): readonly EmptyTest[] {
  return parts.flatMap(({ field, reads }) => {
    const saved = emptySaved(code, record, field);
    const nothing = field === undefined ? 'null' : 'undefined';
    if (saved === undefined) return [];
    return reads.uses.flatMap((use) => {
      const test = testOf(code, use);
      return test === undefined ? [] : [{ ...test, nothing, saved }];
    });
  });
}

function emptySaved(code: Code, { saves }: RestoredRecord, field: string | undefined): EmptyTest['saved'] | undefined {
  for (const { value, call } of saves) {
    const path = field === undefined ? [] : [field];
    const empty = value && code.partsOf({ expression: value, path }).find(isEmpty);
    if (empty !== undefined) return { node: call.expression, text: ts.isNumericLiteral(empty) ? '0' : 'an empty text' };
  }
  return undefined;
}

function isEmpty(node: ts.Node): boolean {
  return (ts.isNumericLiteral(node) && Number(node.text) === 0) || (ts.isStringLiteralLike(node) && node.text === '');
}

function testOf(code: Code, use: ValueUse): Pick<EmptyTest, 'form' | 'at' | 'value'> | undefined {
  if (use.kind === 'defaulted') {
    const { by, isAsRead } = use;
    const isOr = isAsRead && by.operatorToken.kind === ts.SyntaxKind.BarBarToken && !isFalsy(by.right);
    return isOr ? { form: 'or', at: by, value: by.left } : undefined;
  }
  if (use.kind !== 'tested' || !use.isAsRead || ts.isBinaryExpression(bare(use.at))) return undefined;
  const { by, at } = use;
  if (ts.isPrefixUnaryExpression(by)) return setsToFalsy(by) ? undefined : { form: 'not', at: by, value: at };
  const isCondition = ts.isIfStatement(by) || ts.isConditionalExpression(by);
  return isCondition && !startsEmpty(code, by) ? { form: 'condition', at, value: at } : undefined;
}

/** `let count = 0; if (saved.count) count = saved.count`: what is left out is there already. */
function startsEmpty(code: Code, test: ts.Node): boolean {
  const only = ts.isIfStatement(test) && test.elseStatement === undefined ? onlyIn(test.thenStatement) : undefined;
  return only !== undefined && code.valuesOf(only.left).some(isEmpty);
}

/** The assignment that a branch is. */
function onlyIn(branch: ts.Statement): ts.BinaryExpression | undefined {
  const only = ts.isBlock(branch) && branch.statements.length === 1 ? branch.statements[0] : branch;
  if (only === undefined || !ts.isExpressionStatement(only)) return undefined;
  const expression = bare(only.expression);
  return isAssignment(expression) ? expression : undefined;
}

/** `if (!count) count = 0`: a 0 is a 0 all the same. */
function setsToFalsy(test: ts.Expression): boolean {
  const { parent } = outermost(test);
  const only = ts.isIfStatement(parent) ? onlyIn(parent.thenStatement) : undefined;
  return only !== undefined && isFalsy(only.right);
}

/** `|| 0`: a 0 is a 0 all the same. */
function isFalsy(value: ts.Expression): boolean {
  const inner = awaited(value);
  const words = [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.FalseKeyword];
  return isEmpty(inner) || words.includes(inner.kind) || (ts.isIdentifier(inner) && inner.text === 'undefined');
}
