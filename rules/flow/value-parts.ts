import { ts } from 'ts-morph';

import type { Binding } from './bindings.ts';
import type { Code } from './code.ts';
import { accessBy, awaited } from '../syntax/operands.ts';

/** How often an alias is followed. */
const FURTHEST = 4;

/** The property that is taken from what a name stands for: `page` of `state.page`; `undefined` for the whole value. */
export function partTaken(name: ts.MemberName): string | ts.ElementAccessExpression | undefined {
  const place = accessBy(name);
  const { parent } = place;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === place) return parent.name.text;
  if (!ts.isElementAccessExpression(parent) || parent.expression !== place) return undefined;
  const { argumentExpression: key } = parent;
  return ts.isStringLiteralLike(key) ? key.text : parent;
}

/** Whether a name's use may mean a property of what it stands for: it names that one, or does not say which. */
export function mayMean(name: ts.MemberName, part: string | undefined): boolean {
  const taken = partTaken(name);
  return part === undefined || typeof taken !== 'string' || taken === part;
}

/**
 * The property of a binding's value that an expression is, or lies in: `seen` of `state.seen[url]`, also by the alias
 * `const { seen } = state`. `undefined` for the whole value, and where it is not plain.
 */
export function partOf(expression: ts.Expression, binding: Binding, code: Code, depth = 0): string | undefined {
  let place = awaited(expression);
  let part: string | undefined;
  for (;;) {
    if (ts.isIdentifier(place)) {
      if (code.symbolOf(place) === binding.symbol || depth >= FURTHEST) return part;
      return partOfAlias(place, binding, code, depth) ?? part;
    }
    if (ts.isPropertyAccessExpression(place)) {
      if (code.symbolOf(place.name) === binding.symbol) return part;
      part = place.name.text;
    } else if (ts.isElementAccessExpression(place)) {
      part = ts.isStringLiteralLike(place.argumentExpression) ? place.argumentExpression.text : undefined;
    } else return undefined;
    place = awaited(place.expression);
  }
}

/** `const { seen } = state`, `const seen = state.seen`. */
function partOfAlias(alias: ts.Identifier, binding: Binding, code: Code, depth: number): string | undefined {
  const declaration = code.symbolOf(alias)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined)
    return partOf(declaration.initializer, binding, code, depth + 1);
  if (!ts.isBindingElement(declaration)) return undefined;
  const key = declaration.propertyName ?? declaration.name;
  const holder = declaration.parent.parent;
  const isOfWhole =
    ts.isVariableDeclaration(holder) &&
    holder.initializer !== undefined &&
    partOf(holder.initializer, binding, code, depth + 1) === undefined;
  return isOfWhole && ts.isIdentifier(key) ? key.text : undefined;
}
