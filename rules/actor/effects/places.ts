import type { ts } from 'ts-morph';

import type { Call } from '../../syntax/file-index.ts';
import { isWithin, unitOf } from '../../syntax/functions.ts';
import type { Unit } from '../../syntax/functions.ts';
import type { Region } from '../regions/regions.ts';

/** Something that the SDK is made to do, at a place that decides with what: `save('STATE', state)`. */
export interface Effect {
  /** The place: the call of the SDK itself, or of a function of the project that hands on what it gets. */
  readonly call: Call;
  /** The call of the SDK. */
  readonly made: Call;
  /** The calls from the place inwards to the call of the SDK, both among them. */
  readonly path: readonly [Call, ...Call[]];
}

/**
 * Whether some code makes an effect happen.
 *
 * @param bodies the code as it stands in the text
 * @param units the functions that it runs
 */
export function runsIn(
  { path: [place, ...inner] }: Pick<Effect, 'path'>,
  bodies: readonly ts.Node[],
  units: ReadonlySet<Unit>,
): boolean {
  const isInText = (call: Call): boolean => bodies.some((body) => isWithin(call, body));
  return units.has(unitOf(place)) || isInText(place) || inner.some(isInText);
}

/** Whether the rounds of a region make an effect happen. */
export function isEffectIn(effect: Pick<Effect, 'path'>, { bodies, units }: Region): boolean {
  return runsIn(effect, bodies, units);
}

/** The call by which a region makes an effect happen: the place itself, or the first on the way from it that stands there. */
export function placeIn({ path }: Effect, { bodies, units }: Region): Call | undefined {
  const [place] = path;
  if (units.has(unitOf(place))) return place;
  return path.find((call) => bodies.some((body) => isWithin(call, body)));
}
