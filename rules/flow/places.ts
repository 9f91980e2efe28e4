import type { Binding } from './bindings.ts';

/** The names of properties, outermost first; `undefined` for one that is not known, such as an element by its index. */
export type Path = readonly (string | undefined)[];

/**
 * What holds a value: a variable, a field, or a property of what one of them holds. Aliases are resolved, so that the same
 * storage has the same place under each of its names.
 */
export interface Place {
  readonly binding: Binding;
  readonly path: Path;
}

/** Each place once. */
export function distinct(places: readonly Place[]): readonly Place[] {
  return places.filter((place, at) => places.findIndex((other) => areSame(place, other)) === at);
}

/** Whether two places are the same storage. */
function areSame(one: Place, other: Place): boolean {
  return (
    one.binding.symbol === other.binding.symbol &&
    one.path.length === other.path.length &&
    one.path.every((name, at) => name === other.path[at])
  );
}

/** Whether two paths may lead to the same, or one to a part of the other. */
export function mayOverlap(one: Path, other: Path): boolean {
  return one.every((name, at) => {
    const met = other[at];
    return at >= other.length || name === undefined || met === undefined || name === met;
  });
}

/** Whether two places may be the same storage, or one a part of the other. */
export function mayBeSame(one: Place, other: Place): boolean {
  return one.binding.symbol === other.binding.symbol && mayOverlap(one.path, other.path);
}

/** The steps of a path up to the first that is not known. */
export function knownSteps(path: Path): readonly string[] {
  const end = path.indexOf(undefined);
  return path.slice(0, end === -1 ? path.length : end).filter((step) => step !== undefined);
}
