import type { ActorModel } from '../../actor/actor-model.ts';
import { mayBeMigrationListener } from '../../actor/listeners/listeners.ts';
import { savesBeforeMigration } from '../../actor/effects/persistence.ts';
import type { Save } from '../../actor/effects/persistence.ts';
import { timersOf } from '../../actor/effects/timers.ts';
import type { Timer } from '../../actor/effects/timers.ts';
import type { Report, Rule } from '../rule.ts';
import { persistStateFixes } from './fixes.ts';

/** A timer of the Actor's own that saves what the SDK's `persistState` is there for. */
export const intervalAsPersistence: Rule = {
  id: 'interval-as-persistence',
  group: 'listeners',
  summary: 'A timer saves the state, and nothing saves it when a migration comes.',
  defaultSeverity: 'information',
  needsEntryPoint: true,
  check: (actor) => timersOf(actor).flatMap((timer) => reportsOf(actor, timer)),
};

function reportsOf(actor: ActorModel, { call, saves }: Timer): readonly Report[] {
  const save = saves.find(({ key }) => key !== undefined && isRestored(actor, key));
  if (save === undefined || isSavedBeforeMigration(actor, save)) return [];
  return [
    {
      node: call,
      until: call.expression,
      severity: 'information',
      message: `this timer saves \`${save.key ?? ''}\`, and nothing saves it when a migration comes: what changed since the last tick is lost`,
      related: [{ node: save.call, message: 'the save' }],
      fixes: persistStateFixes(actor, call, save),
    },
  ];
}

/** What is read again is a state; what is only written is a report, or a sign of life. */
function isRestored({ persistence }: ActorModel, key: string): boolean {
  return persistence.restores.some((restore) => restore.store === 'key-value-store' && restore.key === key);
}

/** A listener writes the record too, or one whose key or function is not known: then it may. */
function isSavedBeforeMigration({ persistence }: ActorModel, save: Save): boolean {
  const listeners = persistence.listeners.filter(mayBeMigrationListener);
  return (
    listeners.some(({ functions }) => functions.length === 0) ||
    persistence.saves.some(
      (other) =>
        savesBeforeMigration(other, persistence) &&
        (other === save || other.key === save.key || other.key === undefined),
    )
  );
}
