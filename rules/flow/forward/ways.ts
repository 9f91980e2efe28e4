import type { Call } from '../../syntax/file-index.ts';
import type { FunctionNode } from '../../syntax/functions.ts';

/**
 * What lies around a value on its way: the property of an object that holds it, a list whose item it is, a promise that brings
 * what holds it.
 */
export type Layer = { readonly property: string } | { readonly item: number | undefined } | 'result';

/** An item of a list, at a place that is not known. */
export const ITEM: Layer = { item: undefined };

/** A value on its way through the program. */
export interface Way {
  /** What lies around it where the way has got to, the outermost first; empty where it is the value itself. */
  readonly layers: readonly Layer[];
  /** The calls that the way has gone into, the innermost last: a function that returns the value returns it there. */
  readonly into: readonly Entered[];
}

/** A call whose function has the value as an argument, and what its result has around the value if it gives it back. */
export interface Entered {
  readonly call: Call;
  readonly fn: FunctionNode;
  readonly layers: readonly Layer[];
}

/** The way goes on in what holds the value. */
export function inside<W extends Way>(way: W, ...layers: readonly Layer[]): W {
  return { ...way, layers: [...layers, ...way.layers] };
}

/** The way goes on with what was taken out of the outermost layer. */
export function takenOut<W extends Way>(way: W): W {
  return { ...way, layers: way.layers.slice(1) };
}

/** The name of the property that holds the value. */
export function propertyAround({ layers: [layer] }: Way): string | undefined {
  return typeof layer === 'object' && 'property' in layer ? layer.property : undefined;
}

/** Whether the value is an item of a list. */
export function isItem({ layers: [layer] }: Way): boolean {
  return typeof layer === 'object' && 'item' in layer;
}

/** The place of the value in its list, where that is known. */
export function itemAround({ layers: [layer] }: Way): number | undefined {
  return typeof layer === 'object' && 'item' in layer ? layer.item : undefined;
}
