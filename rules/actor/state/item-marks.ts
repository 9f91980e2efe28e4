import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { awaited } from '../../syntax/operands.ts';
import type { Mutation } from '../../flow/mutations.ts';
import type { RegionState, StateVariable } from './own-state.ts';
import { significanceOf } from './significance.ts';
import { partOf } from '../../flow/value-parts.ts';
import { WorkKinds } from '../effects/work.ts';

/** A change of a variable that says of an item that it is done with, or moves the work on to the next one. */
export interface Mark {
  readonly kind: 'item' | 'position';
  /** What is marked: `seen`, `state.page`. */
  readonly name: string;
}

/**
 * The mark that a region makes with a change: what is skipped, or where the work goes on, depends on it. The properties of an
 * object are looked at one by one, for `state.errors` may have nothing to do with `state.page`.
 */
export function markOf(
  mutation: Mutation,
  { binding, significance }: StateVariable,
  { region }: RegionState,
  { code, persistence }: ActorModel,
): Mark | undefined {
  const kind = kindOf(mutation);
  if (kind === undefined) return undefined;
  const part = partChanged(mutation, code);
  const { decides, position } =
    part === undefined ? significance : significanceOf(binding, region, persistence, code, new WorkKinds(code), part);
  const matters = kind === 'item' ? decides.has('output') : position.length > 0;
  return matters ? { kind, name: part === undefined ? binding.name : `${binding.name}.${part}` } : undefined;
}

function kindOf({ kind, node }: Mutation): Mark['kind'] | undefined {
  if (kind === 'step') return 'position';
  return kind === 'add' || (kind === 'set' && isByKey(node)) ? 'item' : undefined;
}

/** `seen[url] = true`. */
function isByKey(change: ts.Node): boolean {
  const place = placeOf(change);
  return (
    place !== undefined && ts.isElementAccessExpression(place) && !ts.isStringLiteralLike(place.argumentExpression)
  );
}

/** Whether two changes may be of the same part of a variable. */
export function areOfOnePart(one: Mutation, other: Mutation, code: Code): boolean {
  const [part, otherPart] = [partChanged(one, code), partChanged(other, code)];
  return part === undefined || otherPart === undefined || part === otherPart;
}

/** The property that a change is of; `undefined` for the variable itself, and where it is not plain. */
function partChanged({ node, binding }: Mutation, code: Code): string | undefined {
  const place = placeOf(node);
  return place && partOf(place, binding, code);
}

/** What a change is made to: `state.page` of `state.page += 1`, `state.seen` of `state.seen.add(url)`. */
function placeOf(change: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(change)) return awaited(change.left);
  if (ts.isPrefixUnaryExpression(change) || ts.isPostfixUnaryExpression(change)) return awaited(change.operand);
  if (ts.isDeleteExpression(change)) return awaited(change.expression);
  if (!ts.isCallExpression(change) || !ts.isPropertyAccessExpression(change.expression)) return undefined;
  if (change.expression.getText() === 'Object.assign') return undefined;
  return awaited(change.expression.expression);
}
