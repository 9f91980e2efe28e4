import type { ActorModel } from '../../actor/actor-model.ts';
import { partsOf, restoredRecordsOf } from '../../actor/records/restored-records.ts';
import type { Report, Rule } from '../rule.ts';
import { countedTwice } from './counted-twice.ts';
import { emptyTests } from './empty-tests.ts';
import { halfRestored } from './half-restored.ts';
import { spreadItems } from './spread-items.ts';

/** A record that is read at the start, and does not bring back what was saved. */
export const brokenRestore: Rule = {
  id: 'broken-restore',
  group: 'restores',
  summary:
    'A restore that does not bring back what was saved: other fields, items spread into a Set, a 0 taken for nothing.',
  defaultSeverity: 'warning',
  needsEntryPoint: true,
  check: (actor) => reportsOf(actor),
};

function reportsOf(actor: ActorModel): readonly Report[] {
  return restoredRecordsOf(actor).flatMap((record) => {
    const parts = partsOf(actor.code, record);
    return [
      ...spreadItems(actor, record, parts),
      ...halfRestored(actor, record),
      ...countedTwice(actor, parts),
      ...emptyTests(actor, record, parts),
    ];
  });
}
