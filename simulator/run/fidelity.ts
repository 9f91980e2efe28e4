import type { Fidelity } from '../recording.ts';
import { dependencyOn, manifestIn } from './manifest.ts';

/**
 * How an Actor can be migrated: against a platform where it has the SDK, which alone speaks to one; on its local storage where
 * it has Crawlee only, which never does (no version of Crawlee holds code for a platform's events).
 */
export function fidelityOf(actorFolder: string): Fidelity {
  const manifest = manifestIn(actorFolder);
  if (manifest === undefined || dependencyOn('apify', manifest) !== undefined) return 'platform';
  return dependencyOn(/^(?:crawlee|@crawlee\/.+)$/, manifest) === undefined ? 'platform' : 'local';
}
