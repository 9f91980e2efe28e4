import type { ActorModel } from '../../actor/actor-model.ts';
import { emptyTestsOf } from '../../actor/records/empty-tests.ts';
import type { RestoredPart, RestoredRecord } from '../../actor/records/restored-records.ts';
import type { Report } from '../rule.ts';
import { emptyFixes } from './fixes/asked-values.ts';

/** A restored 0 that is taken for nothing. Whether that does harm depends on what follows, so this is only information. */
export function emptyTests(
  { code }: ActorModel,
  record: RestoredRecord,
  parts: readonly RestoredPart[],
): readonly Report[] {
  return emptyTestsOf(code, record, parts).map((test): Report => {
    const { at, saved } = test;
    return {
      node: at,
      severity: 'information',
      message: `${saved.text} is saved too, and this takes a restored ${saved.text} for nothing: after a migration the Actor starts as if nothing had been saved`,
      related: [{ node: saved.node, message: 'it is saved here' }],
      fixes: emptyFixes(test),
    };
  });
}
