import type { ActorModel } from '../../actor/actor-model.ts';
import { crossRunRecordsOf } from '../../actor/keys/cross-run-records.ts';
import type { CrossRunRecord } from '../../actor/keys/cross-run-records.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

/** A record for later runs in the store that each run has for itself. */
export const crossRunDefaultStore: Rule = {
  id: 'cross-run-default-store',
  group: 'restores',
  summary: 'A record that is meant for the next run is kept in the default store, which is empty in every run.',
  defaultSeverity: 'warning',
  needsEntryPoint: true,
  check: (actor: ActorModel) => crossRunRecordsOf(actor).flatMap((record) => reportsOf(actor, record)),
};

function reportsOf(actor: ActorModel, record: CrossRunRecord): readonly Report[] {
  const { key, saves, restores } = record;
  const [save] = saves;
  return restores.map(({ call }) => ({
    node: call,
    until: call.expression,
    severity: 'warning',
    message: `Each run has a default store of its own, so \`${key}\` of the run before is never here`,
    related: [{ node: save.call.expression, message: 'it is saved in the store of this run only' }],
    fixes: fixesOf(actor, record),
  }));
}
