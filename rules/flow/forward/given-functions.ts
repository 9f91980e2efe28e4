import { ts } from 'ts-morph';

import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { takersOf } from '../arguments.ts';
import type { Taker } from '../arguments.ts';
import type { Follower } from './follower.ts';
import { inside, propertyAround, takenOut } from './ways.ts';
import type { Layer, Way } from './ways.ts';

/** How deep a value is followed into calls. */
const FURTHEST = 4;

/** Into the parameters of the project's own functions. What goes to others as well is not followed. */
export function intoFunctions<F, W extends Way>(
  follower: Follower<F, W>,
  call: Call,
  argument: ts.Expression,
  way: W,
): readonly F[] {
  const { code } = follower;
  const callees = code.calleesOf(call);
  if (callees.length === 0 || !callees.every(isOwnFunction) || way.into.length >= FURTHEST) return follower.unknown;
  const takers = takersOf(code, argument, call);
  if (callees.some((fn) => !takers.some((taker) => taker.fn === fn))) return follower.unknown;
  return takers.flatMap((taker) => intoName(follower, call, taker, way));
}

function isOwnFunction(callee: ts.Node): callee is FunctionNode {
  return isFunctionNode(callee) && callee.body !== undefined && !isGenerator(callee);
}

function isGenerator(fn: FunctionNode): boolean {
  if (ts.isArrowFunction(fn) || ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return false;
  return fn.asteriskToken !== undefined;
}

/** A name that takes another part of what holds the value does nothing with it. */
function intoName<F, W extends Way>(
  follower: Follower<F, W>,
  call: Call,
  { fn, name, taken, within }: Taker,
  way: W,
): readonly F[] {
  if (way.into.some((entered) => entered.fn === fn)) return follower.again;
  const into = [...way.into, { call, fn, layers: [] }];
  let rest = way;
  for (const step of taken) {
    if (rest.layers.length === 0) return follower.partGiven(name, step, way);
    if (propertyAround(rest) === undefined) return follower.unknown;
    if (propertyAround(rest) !== step) return [];
    rest = takenOut(rest);
  }
  return follower.declared(name, { ...inside(rest, ...within.map(layerOf)), into });
}

/** A step into what a rest parameter or a list in the call gathers, or into an object there. */
function layerOf(step: string): Layer {
  return /^\d+$/u.test(step) ? { item: Number(step) } : { property: step };
}
