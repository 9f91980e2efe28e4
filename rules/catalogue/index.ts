import { allRules } from './all-rules.ts';
import { RULE_GROUPS } from './rule.ts';
import type { Rule, RuleGroup } from './rule.ts';

/** The rules, in the order of the catalogue: by what they are about, then by id. A folder beside this file is a rule. */
export const ruleList: readonly Rule[] = allRules.toSorted(
  (a, b) => RULE_GROUPS.indexOf(a.group) - RULE_GROUPS.indexOf(b.group),
);

/** What settings and tables say of a rule. */
export interface RuleDescription {
  readonly id: string;
  readonly group: RuleGroup;
  readonly summary: string;
  readonly always: string | undefined;
  readonly defaultSeverity: Rule['defaultSeverity'];
  /** The rule's page, from the repository's root. */
  readonly page: string;
}

export const rules: readonly RuleDescription[] = ruleList.map(({ id, group, summary, always, defaultSeverity }) => ({
  id,
  group,
  summary,
  always,
  defaultSeverity,
  page: `rules/catalogue/${id}/rule.md`,
}));

export const ruleIds: readonly string[] = ruleList.map(({ id }) => id);
