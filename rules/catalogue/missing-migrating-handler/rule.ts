import { persistFixesOf } from '../../fixes/persist/offer.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Loss } from '../../actor/losses/losses.ts';
import { mayBeMigrationListener } from '../../actor/listeners/listeners.ts';
import { runsIn } from '../../actor/effects/places.ts';
import { headOf } from '../../actor/regions/region-head.ts';
import { lossSentence, nameOf, regionWords, relatedLoss, relatedObject, repeatOf, severityOf } from '../loss-words.ts';
import type { Report, Rule } from '../rule.ts';

/**
 * A long-running Actor that keeps nothing: no listener that saves, no `useState`, no checkpoint.
 *
 * One report a region. It stands where the loss is: at the variable that weighs most, or at the write that is done again;
 * the region and the other variables are related places.
 */
export const missingMigratingHandler: Rule = {
  id: 'missing-migrating-handler',
  group: 'losses',
  summary: 'A long-running Actor keeps its progress in memory only, and nothing saves it before a migration.',
  defaultSeverity: 'by consequence',
  always: 'Also name each long-running Actor without a listener, though it may have nothing to lose.',
  needsEntryPoint: true,
  check: (actor: ActorModel) => {
    const lost = actor.losses.filter(({ isPartial }) => !isPartial).flatMap((loss) => reportOf(actor, loss));
    return lost.length > 0 ? lost : withoutListener(actor);
  },
};

function reportOf(actor: ActorModel, loss: Loss): readonly Report[] {
  const { region, variables, repeatedWrite } = loss;
  if (repeatedWrite !== undefined) return [repeatOf(actor.code, repeatedWrite, loss)];
  const [first, ...others] = variables;
  if (first === undefined) return [];
  const related = [
    { ...headOf(region), message: regionWords(region) },
    ...relatedObject(actor.code, first),
    ...others.map((other) => relatedLoss(actor.code, other, region)),
    ...lateSaves(actor),
  ];
  return [
    {
      node: nameOf(first),
      severity: severityOf(first.consequence),
      message: lossSentence(actor.code, first, region),
      related,
      fixes: persistFixesOf(actor, loss),
    },
  ];
}

/** Listeners that save, but for an event that comes without a migration. */
function lateSaves({ persistence }: ActorModel): Report['related'] {
  const saving = persistence.listeners.filter(
    (listener) =>
      !mayBeMigrationListener(listener) &&
      persistence.saves.some(
        (save) => save.store === 'key-value-store' && runsIn(save, listener.functions, listener.reach),
      ),
  );
  return saving.map(({ event, registration }) => ({
    node: registration,
    message: `saves on \`${event ?? ''}\`, which a migration does not emit`,
  }));
}

/** A long-running Actor that does not listen, where no loss is seen: a team may want a listener in each of its Actors. */
function withoutListener({ persistence, regions }: ActorModel): readonly Report[] {
  const first = regions.find(({ region }) => region.kind !== 'server' && region.kind !== 'timer');
  if (first === undefined || persistence.autoSaved.length > 0 || persistence.listeners.some(mayBeMigrationListener))
    return [];
  return [
    {
      ...headOf(first.region),
      severity: 'information',
      message:
        'this Actor works for long and listens neither to `migrating` nor to `persistState`: what it keeps in memory is lost in a migration',
      related: [],
      fixes: [],
      onlyAlways: true,
    },
  ];
}
