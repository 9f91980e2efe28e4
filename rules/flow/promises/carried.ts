import type { ts } from 'ts-morph';

import type { Call } from '../../syntax/file-index.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import type { Fate, DropForm } from './fates.ts';

/** Something has the promise now that is not followed. */
export const KEPT: readonly Fate[] = [{ kind: 'kept' }];

/** A use that does nothing with the promise: it reads another property of what holds it, or how many there are. */
export const IDLE: readonly Fate[] = [];

/**
 * What lies around a promise on its way: the property of an object that holds it, a list whose item it is, the promise of an
 * async function that gives what holds it.
 */
export type Layer = { readonly property: string } | 'item' | 'result';

/** A promise on its way through the program. */
export interface Carried {
  readonly call: ts.Expression;
  readonly promise: ts.Expression;
  /** What lies around it where the way has got to, the outermost first; empty where it is the promise itself. */
  readonly layers: readonly Layer[];
  readonly continuations: readonly ts.Expression[];
  /** False behind a `.then`, which brings another value. */
  readonly bringsValue: boolean;
  /** The calls that the way has gone into, the innermost last: a function that returns the promise returns it there. */
  readonly into: readonly Entered[];
}

/** A call whose function has the promise as an argument, and what its result has around the promise if it gives it back. */
export interface Entered {
  readonly call: Call;
  readonly fn: FunctionNode;
  readonly layers: readonly Layer[];
}

/** The promise that an expression is, at the start of its way. */
export function startingAt(call: ts.Expression, several: boolean): Carried {
  return { call, promise: call, layers: several ? ['item'] : [], continuations: [], bringsValue: true, into: [] };
}

/** The way goes on in what holds the promise. */
export function inside(carried: Carried, ...layers: readonly Layer[]): Carried {
  return { ...carried, layers: [...layers, ...carried.layers] };
}

/** The way goes on with what was taken out of the outermost layer. */
export function takenOut(carried: Carried): Carried {
  return { ...carried, layers: carried.layers.slice(1) };
}

/** The name of the property that holds the promise. */
export function propertyAround({ layers: [layer] }: Carried): string | undefined {
  return typeof layer === 'object' ? layer.property : undefined;
}

/** The fate of a promise that nobody waits for. */
export function dropped(form: DropForm, { call, promise, layers }: Carried): readonly Fate[] {
  return [{ kind: 'dropped', drop: { form, call, promise, several: layers[0] === 'item' } }];
}

/** The fate of a promise that is taken for its value. Behind a `.then` it brings another one. */
export function used(at: ts.Node, { bringsValue }: Carried): readonly Fate[] {
  return bringsValue ? [{ kind: 'used', at }] : KEPT;
}
