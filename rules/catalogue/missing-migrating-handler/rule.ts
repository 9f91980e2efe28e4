import type { ActorModel } from '../../model/actor-model.ts';
import type { Loss } from '../../model/losses.ts';
import { headOf } from '../../model/region-head.ts';
import { lossSentence, regionWords, severityOf } from '../loss-words.ts';
import type { Report, Rule } from '../rule.ts';

/**
 * A long-running Actor that keeps nothing: no listener that saves, no `useState`, no checkpoint.
 *
 * One report a region. It stands where the loss is: at the variable that weighs most, or at the write that is done again;
 * the region and the other variables are related places.
 */
export const missingMigratingHandler: Rule = {
  id: 'missing-migrating-handler',
  summary: 'A long-running Actor keeps its progress in memory only, and nothing saves it before a migration.',
  defaultSeverity: 'by consequence',
  needsEntryPoint: true,
  check: (actor: ActorModel) => actor.losses.filter(({ isPartial }) => !isPartial).flatMap(reportOf),
};

function reportOf(loss: Loss): readonly Report[] {
  const { region, variables, repeatedWrite } = loss;
  const head = headOf(region);
  const [first, ...others] = variables;
  if (first !== undefined) {
    const related = [
      { ...head, message: regionWords(region) },
      ...others.map((other) => ({ node: other.variable.binding.declaration, message: lossSentence(other, region) })),
    ];
    const message = lossSentence(first, region);
    const node = first.variable.binding.declaration;
    return [{ node, severity: severityOf(first.consequence), message, related, fixes: [] }];
  }
  if (repeatedWrite === undefined) return [];
  const message =
    'nothing saves how far this loop is: after a migration it starts over, and what this call wrote or charged is written or charged again';
  return [
    {
      node: repeatedWrite,
      severity: 'warning',
      message,
      related: [{ ...head, message: 'starts over from its first item' }],
      fixes: [],
    },
  ];
}
