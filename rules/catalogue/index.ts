import type { Rule } from './rule.ts';
import { missingMigratingHandler } from './missing-migrating-handler/rule.ts';
import { unawaitedWrite } from './unawaited-write/rule.ts';
import { unpersistedState } from './unpersisted-state/rule.ts';

/** The rules, in the order of the catalogue. A new rule is named here and nowhere else. */
export const ruleList: readonly Rule[] = [missingMigratingHandler, unpersistedState, unawaitedWrite];

/** What settings and tables say of a rule. */
export interface RuleDescription {
  readonly id: string;
  readonly summary: string;
  readonly always: string | undefined;
  readonly defaultSeverity: Rule['defaultSeverity'];
  /** The rule's page, from the repository's root. */
  readonly page: string;
}

export const rules: readonly RuleDescription[] = ruleList.map(({ id, summary, always, defaultSeverity }) => ({
  id,
  summary,
  always,
  defaultSeverity,
  page: `rules/catalogue/${id}/rule.md`,
}));

export const ruleIds: readonly string[] = ruleList.map(({ id }) => id);
