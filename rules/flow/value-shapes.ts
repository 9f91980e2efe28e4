import { ts } from 'ts-morph';

import type { Code } from './code.ts';

/** What a value is like at its top, as far as literals in the code tell: the names of an object, or a list. */
export type Shape =
  | { readonly kind: 'object'; readonly names: ReadonlySet<string>; readonly isWhole: boolean }
  | { readonly kind: 'array' };

/**
 * The shape of a value; `undefined` where it is not known, or may be of several kinds.
 *
 * @param ignored what the value may come from too, and tells nothing: the record itself
 */
export function shapeOf(
  code: Code,
  value: ts.Expression,
  ignored: ReadonlySet<ts.Node> = new Set(),
): Shape | undefined {
  const shapes = code
    .valuesOf(value)
    .filter((each) => !ignored.has(each) && !isNothing(each))
    .map(shapeOfNode);
  const [first] = shapes;
  if (first === undefined || shapes.some((shape) => shape?.kind !== first.kind)) return undefined;
  if (first.kind === 'array') return first;
  const objects = shapes.flatMap((shape) => (shape?.kind === 'object' ? [shape] : []));
  return {
    kind: 'object',
    names: new Set(objects.flatMap(({ names }) => [...names])),
    isWhole: objects.every(({ isWhole }) => isWhole),
  };
}

function shapeOfNode(node: ts.Node): Shape | undefined {
  if (ts.isArrayLiteralExpression(node)) return { kind: 'array' };
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const names = node.properties.flatMap(({ name }) =>
    name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );
  return { kind: 'object', names: new Set(names), isWhole: names.length === node.properties.length };
}

function isNothing(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}
