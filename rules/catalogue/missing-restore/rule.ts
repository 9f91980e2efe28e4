import type { ActorModel } from '../../actor/actor-model.ts';
import { unreadSavesOf } from '../../actor/losses/unread-saves.ts';
import type { UnreadSave } from '../../actor/losses/unread-saves.ts';
import { headOf } from '../../actor/regions/region-head.ts';
import { regionWords } from '../loss-words.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

/** State that is saved before a migration and read by nothing afterwards. */
export const missingRestore: Rule = {
  id: 'missing-restore',
  group: 'restores',
  summary: 'State is saved before a migration, and nothing reads it afterwards.',
  defaultSeverity: 'warning',
  needsEntryPoint: true,
  check: (actor) => unreadSavesOf(actor).map((forgotten) => reportOf(actor, forgotten)),
};

function reportOf(actor: ActorModel, forgotten: UnreadSave): Report {
  const { key, save, region, variables } = forgotten;
  const names = variables.map(({ variable }) => `\`${variable.binding.name}\``).join(', ');
  const verb = variables.length === 1 ? 'starts from its first value' : 'start from their first values';
  return {
    node: save.keyAt,
    severity: 'warning',
    message: `\`${key}\` is saved here and read nowhere: after a migration ${names} ${verb} all the same`,
    related: [
      ...variables.map(({ variable }) => ({ node: variable.binding.declaration, message: 'this is what is saved' })),
      { ...headOf(region), message: regionWords(region) },
    ],
    fixes: fixesOf(actor, forgotten),
  };
}
