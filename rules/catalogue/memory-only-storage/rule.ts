import type { ActorModel } from '../../actor/actor-model.ts';
import { headOf } from '../../actor/regions/region-head.ts';
import { isReplacedOnPlatform } from '../../actor/effects/replaced-storages.ts';
import { volatileStoragesOf } from '../../actor/effects/volatile-storages.ts';
import type { VolatileStorage } from '../../actor/effects/volatile-storages.ts';
import type { Report, Rule } from '../rule.ts';
import { removeFixes } from './fixes.ts';

/** A queue or a store that lives in the memory of a process, though work of many steps depends on it. */
export const memoryOnlyStorage: Rule = {
  id: 'memory-only-storage',
  group: 'losses',
  summary: 'A storage that is kept in memory alone, so that its queue, its records and its items end with the process.',
  defaultSeverity: 'information',
  needsEntryPoint: true,
  check: (actor) =>
    isLongRunning(actor)
      ? volatileStoragesOf(actor)
          .filter((storage) => !isReplacedOnPlatform(actor, storage))
          .map((storage) => reportOf(actor, storage))
      : [],
};

/** A server answers clients who wait: what it keeps for a request is of no use in another process. */
function isLongRunning({ regions }: ActorModel): boolean {
  return regions.length > 0 && regions.every(({ region }) => region.kind !== 'server');
}

function reportOf({ regions }: ActorModel, storage: VolatileStorage): Report {
  return {
    node: storage.said,
    severity: 'information',
    message:
      'This storage is kept in memory alone: the requests, records and items in it are lost in a migration, and the work starts anew',
    related: regions.slice(0, 1).map(({ region }) => ({ ...headOf(region), message: 'work of many steps' })),
    fixes: removeFixes(storage),
  };
}
