import { ts } from 'ts-morph';

import { isFunctionNode } from '../../syntax/functions.ts';
import { bare } from '../../syntax/operands.ts';
import type { Unit } from '../../syntax/functions.ts';
import type { Place } from './blocks.ts';
import { inliningOf } from './inlined.ts';

/** Where a node is evaluated: its own places, else those of its first tested part, else those of the node that evaluates it. */
export function placesOf(node: ts.Node, unit: Unit, places: ReadonlyMap<ts.Node, readonly Place[]>): readonly Place[] {
  for (let part: ts.Node | undefined = node; part !== undefined; part = testedPart(part)) {
    const own = places.get(part);
    if (own !== undefined) return own;
  }
  for (let around = node; around !== unit && !ts.isSourceFile(around); around = around.parent) {
    if (around !== node && isFunctionNode(around) && inliningOf(around) === undefined) return [];
    const known = places.get(around);
    if (known !== undefined) return known;
    // The fields of an object are initialised when it is made.
    if (ts.isPropertyDeclaration(around) && !isStatic(around)) return [];
  }
  return [];
}

/** The part of a condition that is evaluated first: a condition of several parts has no place of its own. */
function testedPart(node: ts.Node): ts.Node | undefined {
  if (!ts.isExpression(node)) return undefined;
  const inner = bare(node);
  if (inner !== node) return inner;
  if (ts.isPrefixUnaryExpression(inner)) return inner.operand;
  return ts.isBinaryExpression(inner) && !isAssigning(inner) ? inner.left : undefined;
}

function isAssigning({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

export function isStatic(field: ts.PropertyDeclaration): boolean {
  return (ts.getCombinedModifierFlags(field) & ts.ModifierFlags.Static) !== 0;
}
