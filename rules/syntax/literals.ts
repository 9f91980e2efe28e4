import { ts } from 'ts-morph';

import { outermost, propertyNameOf } from './operands.ts';

/** Where a literal may have a part from: an element of it, or an object or list that is spread into it. */
export interface PartOfLiteral {
  readonly element: ts.ObjectLiteralElementLike | ts.Expression;
  /** What the part is called in there: a list that is spread counts from its own start. */
  readonly name: string;
}

/** What a literal may have under a name, the last first. */
export interface PartsOfLiteral {
  readonly found: readonly PartOfLiteral[];
  /** False where a name that is made at run time may hide what is found. */
  readonly isAll: boolean;
}

/** What an object or a list in the code has under a name or at a place. What stands later wins; before it, nothing is looked at. */
export function partsOf(literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, name: string): PartsOfLiteral {
  return ts.isArrayLiteralExpression(literal) ? elementAt(literal, Number(name)) : propertyCalled(literal, name);
}

function propertyCalled(literal: ts.ObjectLiteralExpression, name: string): PartsOfLiteral {
  const found: PartOfLiteral[] = [];
  let isAll = true;
  for (const element of literal.properties.toReversed()) {
    if (ts.isSpreadAssignment(element)) found.push({ element, name });
    else {
      const own = propertyNameOf(element.name);
      if (own === undefined) isAll = false;
      if (own !== name) continue;
      found.push({ element, name });
      return { found, isAll };
    }
  }
  return { found, isAll };
}

function elementAt(list: ts.ArrayLiteralExpression, place: number): PartsOfLiteral {
  const spread = list.elements.findIndex(ts.isSpreadElement);
  if (!Number.isInteger(place) || place < 0) return { found: [], isAll: false };
  if (spread === -1 || place < spread) {
    const element = list.elements[place];
    return { found: element === undefined ? [] : [{ element, name: String(place) }], isAll: true };
  }
  const element = list.elements[spread];
  const isLast = spread === list.elements.length - 1;
  return element === undefined || !isLast
    ? { found: [], isAll: false }
    : { found: [{ element, name: String(place - spread) }], isAll: true };
}

/** The property of an object that is written with an expression as its value. */
export function propertyWith(value: ts.Expression): ts.PropertyAssignment | undefined {
  const { parent } = outermost(value);
  return ts.isPropertyAssignment(parent) ? parent : undefined;
}

/** Whether a value is `true`, or is `false`. */
export function isBoolean({ kind }: ts.Node, value: boolean): boolean {
  return kind === (value ? ts.SyntaxKind.TrueKeyword : ts.SyntaxKind.FalseKeyword);
}
