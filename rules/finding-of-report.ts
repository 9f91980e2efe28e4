import type { ts } from 'ts-morph';

import type { Report, Rule } from './catalogue/rule.ts';
import type { Change } from './catalogue/rule.ts';
import type { Finding, Location, Position, Range, RuleSetting, TextEdit } from './finding.ts';

/** A rule's report in plain values; `undefined` where the setting turns the rule off. */
export function findingOf(rule: Rule, report: Report, setting: RuleSetting = 'default'): Finding | undefined {
  if (setting === 'off' || (report.onlyAlways === true && setting !== 'always')) return undefined;
  const file = report.node.getSourceFile();
  const start = report.node.getStart(file);
  return {
    ruleId: rule.id,
    severity: setting === 'default' || setting === 'always' ? report.severity : setting,
    message: report.message,
    file: file.fileName,
    range: rangeOf(file, start, (report.until ?? report.node).getEnd()),
    related: report.related.map(({ node, message }) => ({ ...locationOf(node), message })),
    fixes: report.fixes.map(({ id, title, safe }) => ({ id, title, safe, kind: 'quickfix' })),
  };
}

/** Where a node stands, without the comments before it. */
export function locationOf(node: ts.Node): Location {
  const file = node.getSourceFile();
  return { file: file.fileName, range: rangeOf(file, node.getStart(file), node.getEnd()) };
}

export function editOf(change: Change): TextEdit {
  return {
    file: change.file.fileName,
    range: rangeOf(change.file, change.start, change.end),
    newText: change.newText,
  };
}

function rangeOf(file: ts.SourceFile, start: number, end: number): Range {
  return { start: positionOf(file, start), end: positionOf(file, end) };
}

function positionOf(file: ts.SourceFile, offset: number): Position {
  return file.getLineAndCharacterOfPosition(offset);
}
