import type { ts } from 'ts-morph';

import { isItem, ITEM } from '../forward/ways.ts';
import type { Way } from '../forward/ways.ts';
import type { Drop, DropForm, Fate } from './fates.ts';

/** Something has the promise now that is not followed. */
export const KEPT: readonly Fate[] = [{ kind: 'kept' }];

/** A promise on its way through the program. */
export interface Carried extends Way {
  readonly call: ts.Expression;
  readonly promise: ts.Expression;
  readonly continuations: readonly ts.Expression[];
  /** False behind a `.then`, which brings another value. */
  readonly bringsValue: boolean;
}

/** The promise that an expression is, at the start of its way. */
export function startingAt(call: ts.Expression, several: boolean): Carried {
  return { call, promise: call, layers: several ? [ITEM] : [], continuations: [], bringsValue: true, into: [] };
}

/** The fate of a promise that nobody waits for. */
export function dropped(form: DropForm, carried: Carried, of: Pick<Drop, 'variable'> = {}): readonly Fate[] {
  const { call, promise } = carried;
  return [{ kind: 'dropped', drop: { form, ...of, call, promise, several: isItem(carried) } }];
}

/** The fate of a promise that is taken for its value. Behind a `.then` it brings another one. */
export function used(at: ts.Node, { bringsValue }: Carried): readonly Fate[] {
  return bringsValue ? [{ kind: 'used', at }] : KEPT;
}
