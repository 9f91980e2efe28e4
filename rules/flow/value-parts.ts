import { ts } from 'ts-morph';

import { accessBy } from '../syntax/operands.ts';

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
