import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { fatesOf } from '../../flow/promises/fates.ts';
import type { AutoSaved } from '../effects/persistence.ts';

/** A call whose promise of a state nobody waits for. */
export interface UnawaitedState {
  readonly state: AutoSaved;
  /** The call: `useState` itself, or a function of the project that returns its promise. */
  readonly call: ts.CallExpression;
  /** Where the promise is used as if it were the state; `undefined` where it is dropped. */
  readonly use: ts.Node | undefined;
}

/** How many functions may hand the promise on. */
const FURTHEST = 4;

/** The calls of `useState` and its kin whose promise is used as the state, or dropped. */
export function unawaitedStatesOf({ code, persistence }: ActorModel): readonly UnawaitedState[] {
  const states = new Map(persistence.autoSaved.map((state) => [state.made, state]));
  return [...states].flatMap(([made, state]) => (ts.isCallExpression(made) ? unawaited(code, made, state, 0) : []));
}

/** Fine as soon as one use of the promise may wait for it. */
function unawaited(code: Code, call: ts.CallExpression, state: AutoSaved, depth: number): readonly UnawaitedState[] {
  const fates = fatesOf(code, call);
  const [use] = fates.flatMap((fate) => (fate.kind === 'used' ? [fate.at] : []));
  if (fates.every(({ kind }) => kind === 'used')) return [{ state, call, use }];
  if (fates.every((fate) => fate.kind === 'dropped' && fate.drop.form === 'statement' && fate.drop.promise === call))
    return [{ state, call, use: undefined }];
  const returning = fates.flatMap((fate) => (fate.kind === 'returned' ? [fate.by] : []));
  if (depth >= FURTHEST || returning.length < fates.length) return [];
  return returning
    .flatMap((by) => code.callersOf(by))
    .flatMap((caller) => (ts.isCallExpression(caller) ? unawaited(code, caller, state, depth + 1) : []));
}
