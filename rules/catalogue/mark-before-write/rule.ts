import { marksBehindWrites } from '../../fixes/mark-behind-write.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { progressBeforeWritesOf } from '../../actor/losses/progress-before-write.ts';
import type { ProgressBeforeWrite } from '../../actor/losses/progress-before-write.ts';
import { headOf } from '../../actor/regions/region-head.ts';
import { regionWords } from '../loss-words.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** A position that says more than what is written. */
export const markBeforeWrite: Rule = {
  id: 'mark-before-write',
  group: 'restores',
  summary:
    'A kept position or seen-mark is moved on before the items are written: a migration in between leaves them out.',
  defaultSeverity: 'information',
  needsEntryPoint: true,
  check: (actor: ActorModel) => progressBeforeWritesOf(actor).map((early) => reportOf(actor, early)),
};

function reportOf(actor: ActorModel, early: ProgressBeforeWrite): Report {
  const { name, mark, write, state } = early;
  return {
    node: mark,
    severity: 'information',
    message: `\`${name}\` moves on before the items are written: a migration in between leaves them out for good`,
    related: [
      { node: write, message: 'they are written here' },
      { ...headOf(state.region), message: regionWords(state.region) },
    ],
    fixes: fixesOf(actor, early),
  };
}

function fixesOf(actor: ActorModel, early: ProgressBeforeWrite): readonly Fix[] {
  const changes = marksBehindWrites(actor, [early]);
  if (changes === undefined) return [];
  return [{ id: 'after-write', title: 'Move it behind the write', safe: false, changes: () => changes }];
}
