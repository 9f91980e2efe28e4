import type { ts } from 'ts-morph';

import type { Code } from '../code.ts';
import { unitOf } from '../../syntax/functions.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';
import { PromiseFollower } from './promise-follower.ts';

/**
 * What becomes of a promise. `used`: it is taken for the value that it brings. `kept`: something else has it now, such as a
 * function that we do not know; whether it waits cannot be said, so nothing is said.
 */
export type Fate =
  | Awaited
  | { readonly kind: 'returned'; readonly by: FunctionNode }
  | { readonly kind: 'used'; readonly at: ts.Node }
  | { readonly kind: 'kept' }
  | { readonly kind: 'dropped'; readonly drop: Drop };

/** A promise that the code waits for. */
export interface Awaited {
  readonly kind: 'awaited';
  /** The `await`, or the `for await`. */
  readonly at: ts.AwaitExpression | ts.ForOfStatement;
  readonly unit: Unit;
  /** The callbacks of `.then`, `.catch` and `.finally` that run in between, once the promise has settled. */
  readonly continuations: readonly ts.Expression[];
}

/**
 * How a promise is dropped. `iteration`: a `forEach` calls back and waits for nothing. `array`: an array of promises is
 * awaited, which waits for none of them. `overwritten`: each round of a loop puts its promise in the place of the one before.
 */
export type DropForm = 'statement' | 'void' | 'unused' | 'iteration' | 'array' | 'overwritten';

/** A promise that nobody waits for. */
export interface Drop {
  readonly form: DropForm;
  /** The variable that is overwritten. */
  readonly variable?: string;
  /** The call whose promise is dropped: what a person would await. */
  readonly call: ts.Expression;
  /** The call with its `.then`, `.catch`, `.finally`: where an `await` belongs. */
  readonly promise: ts.Expression;
  /** The promise is one of several in an array. */
  readonly several: boolean;
}

/**
 * What becomes of the promise that an expression is.
 *
 * @param call the expression, mostly a call
 * @param several true where the expression is an array of promises
 */
export function fatesOf(code: Code, call: ts.Expression, several = false): readonly Fate[] {
  return new PromiseFollower(code).fatesOf(call, several);
}

/**
 * Where a call's promise is waited for in the function that makes the call, before that goes on: at the call, or later,
 * through a variable, an array, `Promise.all`, a chain, a helper of the project. `undefined` where that is not sure.
 */
export function awaitOf(code: Code, call: ts.Expression): Awaited | undefined {
  const fates = fatesOf(code, call);
  const unit = unitOf(call);
  return fates.some(({ kind }) => kind === 'dropped')
    ? undefined
    : fates.find((fate): fate is Awaited => fate.kind === 'awaited' && fate.unit === unit);
}
