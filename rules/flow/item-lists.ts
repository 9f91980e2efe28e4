import { ts } from 'ts-morph';

import { isChangingMethod } from './collection-calls.ts';
import { changeOf } from '../syntax/assignments.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import { isAccess, memberNameOf, methodOf } from '../syntax/operands.ts';

const GOING_THROUGH: ReadonlySet<string> = new Set(['forEach', 'map', 'flatMap']);

/** `list.push('late')`, `list[1] = 'late'` */
export function isChangedThrough(place: ts.Node): boolean {
  const { parent } = place;
  if (!isAccess(parent) || parent.expression !== place) return false;
  return changeOf(parent) !== undefined || isChangingMethod(memberNameOf(parent) ?? '');
}

/** The list whose items a name stands for, one after the other: in a loop over it, in the callback of its `forEach`. */
export function listOfItems(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    return ts.isForOfStatement(loop) && ts.isIdentifier(declaration.name) ? loop.expression : undefined;
  }
  if (!ts.isParameter(declaration) || declaration.parent.parameters[0] !== declaration) return undefined;
  const callback = declaration.parent;
  const call = isFunctionNode(callback) ? callback.parent : undefined;
  if (call === undefined || !ts.isCallExpression(call) || call.arguments[0] !== callback) return undefined;
  const method = methodOf(call);
  return method !== undefined && GOING_THROUGH.has(method.name) ? method.object : undefined;
}
