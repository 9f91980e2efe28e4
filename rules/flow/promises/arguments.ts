import { ts } from 'ts-morph';

import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { takersOf } from '../arguments.ts';
import type { Taker } from '../arguments.ts';
import { globalMember } from '../globals.ts';
import { isLog } from '../logs.ts';
import { IDLE, inside, KEPT, takenOut, used } from './carried.ts';
import type { Carried, Layer } from './carried.ts';
import type { Fate } from './fates.ts';
import type { Follower } from './follower.ts';
import { receiverFates } from './items.ts';

/** How deep a promise is followed into calls. */
const FURTHEST = 4;

/** `Promise.all` and its kin: they wait for what they are given. */
const COMBINATORS: ReadonlySet<string> = new Set(
  ['all', 'allSettled', 'any', 'race', 'resolve'].map((name) => `Promise.${name}`),
);

/** What becomes of what a call is given. */
export function argumentFates(
  follower: Follower,
  call: Call,
  argument: ts.Expression,
  carried: Carried,
): readonly Fate[] {
  if (call.expression === argument) return KEPT;
  if (ts.isNewExpression(call))
    return isCollection(call) ? follower.climb(call, carried) : intoFunctions(follower, call, argument, carried);
  const global = globalMember(call, follower.code) ?? '';
  if (COMBINATORS.has(global)) return combined(follower, call, carried);
  if (global === 'Object.freeze') return follower.climb(call, carried);
  if (isLog(follower.code, call)) return IDLE;
  return receiverFates(follower, call, carried) ?? intoFunctions(follower, call, argument, carried);
}

/** The combinator's own promise waits for the one that it is given: for that a person would wait. */
function combined(follower: Follower, call: ts.CallExpression, carried: Carried): readonly Fate[] {
  const [layer] = carried.layers;
  const rest = layer === 'item' ? takenOut(carried) : carried;
  if (rest.layers.length > 0) return KEPT;
  return follower.climb(call, { ...rest, call, promise: call, bringsValue: false });
}

/** Into the parameters of the project's own functions. What goes to others as well is kept. */
function intoFunctions(follower: Follower, call: Call, argument: ts.Expression, carried: Carried): readonly Fate[] {
  const { code } = follower;
  const callees = code.calleesOf(call);
  if (callees.length === 0 || !callees.every(isOwnFunction) || carried.into.length >= FURTHEST) return KEPT;
  const takers = takersOf(argument, call, code);
  if (callees.some((fn) => !takers.some((taker) => taker.fn === fn))) return KEPT;
  return takers.flatMap((taker) => intoName(follower, call, taker, carried));
}

function isOwnFunction(callee: ts.Node): callee is FunctionNode {
  return isFunctionNode(callee) && callee.body !== undefined && !isGenerator(callee);
}

function isGenerator(fn: FunctionNode): boolean {
  if (ts.isArrowFunction(fn) || ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return false;
  return fn.asteriskToken !== undefined;
}

/** A name that takes another part of what holds the promise does nothing with it; one that takes a part of the promise uses it. */
function intoName(
  follower: Follower,
  call: Call,
  { fn, name, taken, within }: Taker,
  carried: Carried,
): readonly Fate[] {
  if (carried.into.some((entered) => entered.fn === fn)) return KEPT;
  const into = [...carried.into, { call, fn, layers: [] }];
  if (taken.length === 0) return follower.declared(name, { ...inside(carried, ...within.map(layerOf)), into });
  let rest = carried;
  for (const step of taken) {
    const [layer] = rest.layers;
    if (layer === undefined) return used(name, carried);
    if (layer === 'result' || layer === 'item') return KEPT;
    if (layer.property !== step) return IDLE;
    rest = takenOut(rest);
  }
  return follower.declared(name, { ...rest, into });
}

/** A step into what a rest parameter or a list in the call gathers, or into an object there. */
function layerOf(step: string): Layer {
  return /^\d+$/u.test(step) ? 'item' : { property: step };
}

/** `new Set(promises)` */
function isCollection({ expression: made }: ts.NewExpression): boolean {
  return ts.isIdentifier(made) && (made.text === 'Set' || made.text === 'Array');
}
