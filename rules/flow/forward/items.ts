import { ts } from 'ts-morph';

import { isFunctionNode } from '../../syntax/functions.ts';
import { bare, methodOf, outermost } from '../../syntax/operands.ts';
import type { Access } from '../../syntax/operands.ts';
import type { Follower } from './follower.ts';
import { inside, isItem, ITEM, itemAround, takenOut } from './ways.ts';
import type { Way } from './ways.ts';

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

/** What becomes of an item of a list where a member of the list is named. */
export function inList<F, W extends Way>(
  follower: Follower<F, W>,
  access: Access,
  name: string | undefined,
  way: W,
): readonly F[] {
  const place = name === undefined ? undefined : Number(name);
  if (place === undefined || Number.isInteger(place)) {
    const isOther = place !== undefined && itemAround(way) !== undefined && itemAround(way) !== place;
    return isOther ? [] : follower.climb(access, takenOut(way));
  }
  if (IDLE_MEMBERS.has(name ?? '')) return [];
  const call = calledBy(access);
  if (call === undefined) return follower.unknown;
  const somewhere = inside(takenOut(way), ITEM);
  if (LISTS.has(name ?? '')) return follower.climb(call, somewhere);
  if (ITEMS.has(name ?? '')) return follower.climb(call, takenOut(way));
  return name === 'map' || name === 'forEach' ? intoCallback(follower, call, name, way) : follower.unknown;
}

function intoCallback<F, W extends Way>(
  follower: Follower<F, W>,
  call: ts.CallExpression,
  name: 'map' | 'forEach',
  way: W,
): readonly F[] {
  const [callback] = callbacksOf(follower, call);
  const item = callback?.parameters[0];
  if (callback === undefined || item === undefined) return follower.unknown;
  const entered = { call, fn: callback, layers: [ITEM] };
  return follower.declared(item.name, {
    ...takenOut(way),
    into: name === 'map' ? [...way.into, entered] : way.into,
  });
}

/** Into the list that a call puts its argument in: `pending.push(value)`, `pending.push(...values)`. */
export function intoList<F, W extends Way>(
  follower: Follower<F, W>,
  call: ts.CallExpression,
  way: W,
): readonly F[] | undefined {
  const method = methodOf(call);
  if (method === undefined || !PUTS.has(method.name)) return undefined;
  if (follower.code.calledFunctions(call).length > 0) return undefined;
  const isSpread = call.arguments.some(ts.isSpreadElement) && isItem(way);
  return follower.named(method.object, isSpread ? way : inside(way, ITEM));
}

/** What becomes of what a promise brings where a member of the promise is named: `.then` gives it to a callback. */
export function resultOf<F, W extends Way>(
  follower: Follower<F, W>,
  access: Access,
  name: string | undefined,
  way: W,
): readonly F[] {
  const call = calledBy(access);
  if (call === undefined || (name !== 'then' && name !== 'catch' && name !== 'finally')) return follower.unknown;
  if (name !== 'then' || call.arguments.length === 0) return follower.climb(call, way);
  const callbacks = callbacksOf(follower, call);
  if (callbacks.length === 0) return follower.unknown;
  return callbacks.flatMap((fn) => {
    const [parameter] = fn.parameters;
    if (parameter === undefined) return [];
    return follower.declared(parameter.name, {
      ...takenOut(way),
      into: [...way.into, { call, fn, layers: ['result'] }],
    });
  });
}

function calledBy(access: Access): ts.CallExpression | undefined {
  const callee = outermost(access);
  const { parent } = callee;
  return ts.isCallExpression(parent) && parent.expression === callee ? parent : undefined;
}

function callbacksOf<F, W extends Way>({ code }: Follower<F, W>, call: ts.CallExpression) {
  const [given] = call.arguments;
  const callback = given && bare(given);
  if (callback === undefined) return [];
  return isFunctionNode(callback) ? [callback] : code.functionsOf(callback);
}
