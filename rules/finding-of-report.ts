import { spanOf } from './catalogue/rule.ts';
import type { Report, Rule } from './catalogue/rule.ts';
import type { Change } from './fixes/changes.ts';
import type { Finding, TextEdit } from './finding.ts';
import { locationOf, rangeOf } from './program/locations.ts';
import { hasSyntaxErrors } from './program/syntax-errors.ts';
import type { RuleSetting } from './workspace/rule-settings.ts';

/** A rule's report in plain values; `undefined` where the setting turns the rule off. */
export function findingOf(rule: Rule, report: Report, setting: RuleSetting = 'default'): Finding | undefined {
  if (setting === 'off' || (report.onlyAlways === true && setting !== 'always')) return undefined;
  const { file, start, end } = spanOf(report);
  return {
    ruleId: rule.id,
    severity: setting === 'default' || setting === 'always' ? report.severity : setting,
    message: report.message,
    file: file.fileName,
    range: rangeOf(file, start, end),
    related: report.related.map(({ node, message }) => ({ ...locationOf(node), message })),
    // What the parser made up where it found an error is no code to be edited.
    fixes: (hasSyntaxErrors(file) ? [] : report.fixes).map(({ id, title, safe }) => ({
      id,
      title,
      safe,
      kind: 'quickfix',
    })),
  };
}

export function editOf(change: Change): TextEdit {
  return {
    file: change.file.fileName,
    range: rangeOf(change.file, change.start, change.end),
    newText: change.newText,
  };
}
