import { ts } from 'ts-morph';

import { insertion, replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { awaited } from '../../syntax/operands.ts';
import { placesOf } from '../../actor/records/restored-records.ts';
import type { RestoredRecord } from '../../actor/records/restored-records.ts';
import type { Change, Fix } from '../../fixes/changes.ts';
import type { Report } from '../rule.ts';

/** A place that takes a restored 0, or an empty text, for a record that is not there. */
interface EmptyTest {
  readonly at: ts.Expression;
  readonly changes: readonly Change[];
}

/**
 * Tests that a restored 0 or `''` fails, where one of the two is saved. Whether it does harm depends on what follows, so this
 * is only information.
 */
export function emptyTests(actor: ActorModel, record: RestoredRecord): readonly Report[] {
  return placesOf(actor.code, record).flatMap(({ place, field }): readonly Report[] => {
    const empty = emptySaved(actor, record, field);
    if (empty === undefined || !ts.isExpression(place) || hasDefault(actor, place)) return [];
    const test = testOf(innermost(place), field === undefined ? 'null' : 'undefined');
    if (test === undefined) return [];
    return [
      {
        node: test.at,
        severity: 'information',
        message: `${empty.text} is saved too, and this takes a restored ${empty.text} for nothing: after a migration the Actor starts as if nothing had been saved`,
        related: [{ node: empty.node, message: 'it is saved here' }],
        fixes: fixesOf(test),
      },
    ];
  });
}

function fixesOf({ changes }: EmptyTest): readonly Fix[] {
  return [{ id: 'empty', title: 'Ask whether there is a value', safe: false, changes: () => changes }];
}

/** Where a 0 or an empty text is saved in the place of this value. */
function emptySaved(
  { code }: ActorModel,
  { saves }: RestoredRecord,
  field: string | undefined,
): { readonly node: ts.Node; readonly text: string } | undefined {
  for (const { value, call } of saves) {
    const part = value && partOf(value, field);
    const empty = part && code.valuesOf(part).find(isEmpty);
    if (empty !== undefined) return { node: call.expression, text: ts.isNumericLiteral(empty) ? '0' : 'an empty text' };
  }
  return undefined;
}

function partOf(value: ts.Expression, field: string | undefined): ts.Expression | undefined {
  if (field === undefined) return value;
  const literal = awaited(value);
  const property = ts.isObjectLiteralExpression(literal)
    ? literal.properties.find((each) => each.name?.getText() === field)
    : undefined;
  if (property === undefined) return undefined;
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  return ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

function isEmpty(node: ts.Node): boolean {
  return (ts.isNumericLiteral(node) && Number(node.text) === 0) || (ts.isStringLiteral(node) && node.text === '');
}

/** A name that has got a default already: it is asked for something else. */
function hasDefault({ code }: ActorModel, place: ts.Expression): boolean {
  const declaration = ts.isIdentifier(place) ? code.symbolOf(place)?.valueDeclaration : undefined;
  const initial =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return initial !== undefined && ts.isBinaryExpression(awaited(initial));
}

/** A place is given with its default: what is tested is what stands before that. */
function innermost(place: ts.Expression): ts.Expression {
  return ts.isBinaryExpression(place) ? place.left : place;
}

function testOf(value: ts.Expression, nothing: 'null' | 'undefined'): EmptyTest | undefined {
  const file = value.getSourceFile();
  const { parent } = value;
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) {
    if (ts.isIfStatement(parent.parent) && setsToFalsy(parent.parent.thenStatement)) return undefined;
    const text = `${textOf(value)} === ${nothing}`;
    return { at: parent, changes: [replacement(file, startOf(parent), parent.end, text)] };
  }
  if (
    (ts.isIfStatement(parent) && parent.expression === value) ||
    (ts.isConditionalExpression(parent) && parent.condition === value)
  )
    return { at: value, changes: [insertion(file, value.end, ` !== ${nothing}`)] };
  const isOr =
    ts.isBinaryExpression(parent) && parent.left === value && parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  if (!isOr || isFalsy(parent.right)) return undefined;
  const { operatorToken } = parent;
  return { at: parent, changes: [replacement(file, startOf(operatorToken), operatorToken.end, '??')] };
}

/** `if (!count) count = 0`: a 0 is a 0 all the same. */
function setsToFalsy(branch: ts.Statement): boolean {
  const only = ts.isBlock(branch) && branch.statements.length === 1 ? branch.statements[0] : branch;
  if (only === undefined || !ts.isExpressionStatement(only) || !ts.isBinaryExpression(only.expression)) return false;
  return isFalsy(only.expression.right);
}

/** `|| 0`: a 0 is a 0 all the same. */
function isFalsy(value: ts.Expression): boolean {
  const inner = awaited(value);
  const words = [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.FalseKeyword];
  return isEmpty(inner) || words.includes(inner.kind) || (ts.isIdentifier(inner) && inner.text === 'undefined');
}
