import { describe, expect, it } from 'vitest';

import { actorOf } from './actor/actor-fixture.ts';
import { allRules } from './catalogue/all-rules.ts';
import { placeOf } from './catalogue/expect-reports.ts';
import { examplesOf } from './catalogue/page-examples.ts';
import type { PageExample } from './catalogue/page-examples.ts';
import { pageOf } from './catalogue/page-of.ts';
import type { Rule } from './catalogue/rule.ts';
import { checkActor } from './checked-actor.ts';

/** Answers are kept: none may depend on what was asked before it. */
describe('the findings do not depend on the order in which the rules ask', () => {
  it.each(allRules.map(({ id }) => id))('in the examples of %s', (id) => {
    for (const example of examplesOf(pageOf(id)))
      expect(findingsOf(example, allRules.toReversed()), `line ${example.line}`).toEqual(findingsOf(example, allRules));
  });
});

function findingsOf({ files, sdk }: PageExample, rules: readonly Rule[]): readonly string[] {
  const actor = actorOf(files, sdk);
  const { reports } = checkActor(actor.folder, () => actor, rules);
  return reports.map(({ ruleId, report }) => `${ruleId} ${placeOf(report)} ${report.message}`).toSorted();
}
