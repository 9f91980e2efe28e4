import { addFixesOf } from '../../fixes/persist/offer.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Loss } from '../../actor/losses/losses.ts';
import { headOf } from '../../actor/regions/region-head.ts';
import { lossSentence, nameOf, regionWords, relatedObject, repeatOf, severityOf } from '../loss-words.ts';
import type { Report, Rule } from '../rule.ts';

/** Some of an Actor's state is kept, and this variable beside it is not. */
export const unpersistedState: Rule = {
  id: 'unpersisted-state',
  group: 'losses',
  summary: 'The Actor saves a part of its state, but not this variable.',
  defaultSeverity: 'by consequence',
  needsEntryPoint: true,
  check: (actor: ActorModel) =>
    actor.losses.filter(({ isPartial }) => isPartial).flatMap((loss) => reportsOf(actor, loss)),
};

function reportsOf(actor: ActorModel, loss: Loss): readonly Report[] {
  const { region, variables, repeatedWrite } = loss;
  if (repeatedWrite !== undefined) return [repeatOf(actor.code, repeatedWrite, loss)];
  const head = { ...headOf(region), message: regionWords(region) };
  return variables.map((lost) => ({
    node: nameOf(lost),
    severity: severityOf(lost.consequence),
    message: lossSentence(actor.code, lost, region),
    related: [head, ...relatedObject(actor.code, lost)],
    fixes: addFixesOf(actor, loss, lost),
  }));
}
