import { ts } from 'ts-morph';

import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import { bare, memberNameOf, methodOf } from '../../syntax/operands.ts';
import type { Access } from '../../syntax/operands.ts';
import { IDLE, inside, KEPT, takenOut } from './carried.ts';
import type { Carried } from './carried.ts';
import type { Fate } from './fates.ts';
import type { Follower } from './follower.ts';

/** Methods of a list that give the list, or another one of its items. */
const LISTS: ReadonlySet<string> = new Set([
  'concat',
  'filter',
  'flat',
  'reverse',
  'slice',
  'splice',
  'toReversed',
  'values',
]);
/** Methods of a list that give one of its items. */
const ITEMS: ReadonlySet<string> = new Set(['at', 'find', 'findLast', 'get', 'pop', 'shift']);
/** Methods of a list that put an item into it. */
const PUTS: ReadonlySet<string> = new Set(['add', 'push', 'unshift']);
/** What tells of a list, or changes it, and touches none of its items. */
const IDLE_MEMBERS: ReadonlySet<string> = new Set([
  'length',
  'size',
  'clear',
  'delete',
  'has',
  'includes',
  'indexOf',
  ...PUTS,
]);

/** What becomes of a promise in a list where a member of the list is named. */
export function itemFates(follower: Follower, access: Access, carried: Carried): readonly Fate[] {
  const name = memberNameOf(access) ?? '';
  if (ts.isElementAccessExpression(access) && !ts.isStringLiteralLike(access.argumentExpression))
    return follower.climb(access, takenOut(carried));
  if (IDLE_MEMBERS.has(name)) return IDLE;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return KEPT;
  if (LISTS.has(name)) return follower.climb(call, carried);
  if (ITEMS.has(name)) return follower.climb(call, takenOut(carried));
  const callback = call.arguments[0] === undefined ? undefined : bare(call.arguments[0]);
  if ((name !== 'map' && name !== 'forEach') || callback === undefined || !isFunctionNode(callback)) return KEPT;
  const item = callback.parameters[0];
  if (item === undefined) return KEPT;
  const into = name === 'map' ? [...carried.into, { call, fn: callback, layers: ['item' as const] }] : carried.into;
  return follower.declared(item.name, { ...takenOut(carried), into });
}

/** Into the list that a call puts its argument in: `pending.push(promise)`, `pending.push(...promises)`. */
export function receiverFates(follower: Follower, call: Call, carried: Carried): readonly Fate[] | undefined {
  const method = methodOf(call);
  if (method === undefined || !PUTS.has(method.name)) return undefined;
  if (follower.code.calledFunctions(call).length > 0) return undefined;
  const isSpread = call.arguments?.some(ts.isSpreadElement) === true;
  const asItem = isSpread && carried.layers[0] === 'item' ? carried : inside(carried, 'item');
  return follower.named(method.object, asItem);
}
