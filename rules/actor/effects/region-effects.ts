import type { Code } from '../../flow/code.ts';
import { unitOf } from '../../syntax/functions.ts';
import type { Unit } from '../../syntax/functions.ts';
import type { Persistence, Save } from './persistence.ts';
import type { Region } from '../regions/regions.ts';
import { placeIn } from './places.ts';
import type { WorkKinds } from './work.ts';

/** What one round of a region does. */
export interface Effects {
  /** A queue hands out the work: what was handled is not handled again. */
  readonly isQueueDriven: boolean;
  readonly isSlow: boolean;
  /** Items and charges that are written in the region; for a crawler that a loop runs, its queue knows what is done. */
  readonly writes: readonly Save[];
  readonly readsBack: boolean;
}

/**
 * Looks at all that a region's code does, in whatever function.
 *
 * @param handling all that crawlers run for their requests
 */
export function effectsOf(
  code: Code,
  region: Region,
  handling: ReadonlySet<Unit>,
  persistence: Persistence,
  work: WorkKinds,
): Effects {
  const calls = work.callsIn([...region.bodies, ...region.units]);
  const reads = calls.flatMap((call) => code.rolesOf(call)).filter((role) => role.kind === 'read');
  return {
    isQueueDriven: region.kind === 'request handlers' || reads.some(({ store }) => store === 'request-queue'),
    isSlow: calls.some((call) => work.of(call) === 'slow'),
    writes: persistence.saves
      .filter(({ store }) => store === 'dataset' || store === 'charge')
      .flatMap((save) => {
        const call = placeIn(save, region);
        const isOwn = call !== undefined && (region.kind === 'request handlers' || !handling.has(unitOf(call)));
        return isOwn ? [{ ...save, call }] : [];
      }),
    readsBack: reads.some(({ store }) => store !== 'input'),
  };
}
