import type { ActorModel } from '../actor-model.ts';
import type { Mutation } from '../../flow/mutations.ts';
import type { RegionState, StateVariable } from './own-state.ts';
import { significanceOf } from './significance.ts';
import { WorkKinds } from '../effects/work.ts';

/** A change of a variable that says of an item that it is done with, or moves the work on to the next one. */
export interface Mark {
  readonly kind: 'item' | 'position';
  /** What is marked: `seen`, `state.page`. */
  readonly name: string;
}

/**
 * The mark that a region makes with a change: what is skipped, or where the work goes on, depends on it. The properties of an
 * object are looked at one by one, for `state.errors` may have nothing to do with `state.page`.
 */
export function markOf(
  { code, persistence }: ActorModel,
  mutation: Mutation,
  { binding, significance }: StateVariable,
  { region }: RegionState,
): Mark | undefined {
  const kind = kindOf(mutation);
  if (kind === undefined) return undefined;
  const [part] = mutation.path;
  const { decides, position } =
    part === undefined ? significance : significanceOf(code, binding, region, persistence, new WorkKinds(code), [part]);
  const matters = kind === 'item' ? decides.has('output') : position.length > 0;
  return matters ? { kind, name: part === undefined ? binding.name : `${binding.name}.${part}` } : undefined;
}

function kindOf({ kind, path }: Mutation): Mark['kind'] | undefined {
  if (kind === 'step') return 'position';
  // `seen[url] = true`
  return kind === 'add' || (kind === 'set' && path.length > 0 && path.at(-1) === undefined) ? 'item' : undefined;
}
