import { SEVERITIES, type RuleSetting, type RuleSettings } from '../rules/index.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

const SETTINGS: readonly RuleSetting[] = ['off', ...[...SEVERITIES].toReversed(), 'always'];

/**
 * Reads the values of `--rule id=severity`; the last one for a rule counts.
 *
 * @throws UsageError naming what is wrong and what would be right
 */
export function parseRuleSettings(values: readonly string[], ruleIds: readonly string[]): RuleSettings {
  const settings: Record<string, RuleSetting> = {};
  for (const value of values) {
    const [, id, given] = /^([^=]*)=(.*)$/.exec(value) ?? [];
    if (id === undefined || given === undefined) {
      throw new UsageError(`--rule ${value}: a rule is set with id=severity, for example --rule unawaited-write=error`);
    }
    if (!ruleIds.includes(id)) throw new UsageError(`--rule ${value}: ${unknownRule(id, ruleIds)}`);
    const setting = SETTINGS.find((known) => known === given);
    if (setting === undefined) {
      throw new UsageError(`--rule ${value}: "${given}" is no severity; choose one of ${SETTINGS.join(', ')}`);
    }
    settings[id] = setting;
  }
  return settings;
}

function unknownRule(id: string, ruleIds: readonly string[]): string {
  const meant = nearest(id, ruleIds);
  const hint = meant === undefined ? `the rules are ${ruleIds.join(', ')}` : `did you mean ${meant}?`;
  return `there is no rule "${id}"; ${hint}`;
}
