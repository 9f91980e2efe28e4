import { ts } from 'ts-morph';
import { expect } from 'vitest';

import { actorOf } from '../actor/actor-fixture.ts';
import type { FixtureSdk } from '../actor/actor-fixture.ts';
import { checkActor } from '../checked-actor.ts';
import { ruleIds } from './index.ts';
import { spanOf } from './rule.ts';
import type { Change } from '../fixes/changes.ts';
import type { Report, Rule } from './rule.ts';

/** A small Actor whose code says where a rule is to report: `/*~ rule-id *\/` or `/*~*\/` stands before the place. */
export type MarkedFiles = Readonly<Record<string, string>>;

const MARKER = /\/\*~ ?([\w-]*) ?\*\/ ?/gu;

/** A single text is the file `main.js`. */
export type Fixture = string | MarkedFiles;

/** The files of a fixture without their markers. */
export function unmarked(fixture: Fixture): MarkedFiles {
  const files = typeof fixture === 'string' ? { 'main.js': fixture } : fixture;
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(MARKER, '')]));
}

/** What a rule says of a fixture, as long as nobody set it to `always`. */
export function reportsOf(rule: Rule, fixture: Fixture, sdk?: FixtureSdk): readonly Report[] {
  const actor = actorOf(unmarked(fixture), sdk);
  const concluded = rule.conclude?.([checkActor(actor.folder, () => actor)], new Set(ruleIds)) ?? [];
  return [...rule.check(actor), ...concluded].filter(({ onlyAlways }) => onlyAlways !== true);
}

/** Expects reports of a rule where the markers stand, and nowhere else. */
export function expectReports(rule: Rule, fixture: Fixture, sdk?: FixtureSdk): readonly Report[] {
  const reports = reportsOf(rule, fixture, sdk);
  expect(reports.map(placeOf).toSorted()).toEqual(markedPlaces(rule, fixture).toSorted());
  return reports;
}

/** Where a report begins: `main.js:6:1`. */
export function placeOf(report: Report): string {
  const { file, start } = spanOf(report);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${file.fileName.replace('/actor/', '')}:${line + 1}:${character + 1}`;
}

function markedPlaces(rule: Rule, fixture: Fixture): readonly string[] {
  const files = typeof fixture === 'string' ? { 'main.js': fixture } : fixture;
  return Object.entries(files).flatMap(([name, text]) =>
    [...text.matchAll(MARKER)]
      .filter(([, id]) => id === '' || id === rule.id)
      .map(({ index }) => {
        const before = text.slice(0, index).replace(MARKER, '').split('\n');
        return `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      }),
  );
}

/** The files after a fix. Fails where there is no such fix, or where its result does not parse. */
export function applyFix(fixture: Fixture, report: Report, fixId: string): MarkedFiles {
  const fix = report.fixes.find(({ id }) => id === fixId);
  if (fix === undefined)
    throw new Error(`no fix "${fixId}"; there are: ${report.fixes.map(({ id }) => id).join(', ')}`);
  const files = applyChanges(unmarked(fixture), fix.changes());
  for (const [name, text] of Object.entries(files)) expect(syntaxErrorsOf(name, text), text).toEqual([]);
  return files;
}

/**
 * Applies the first fix of the first report until nothing is left to fix, and expects the rule to be quiet then.
 *
 * @param fixId only fixes of this id, where it is given
 */
export function applyAllFixes(rule: Rule, fixture: Fixture, sdk?: FixtureSdk, fixId?: string): MarkedFiles {
  let files = unmarked(fixture);
  for (let round = 0; round < 20; round += 1) {
    const [report] = reportsOf(rule, files, sdk);
    if (report === undefined) return files;
    files = applyFix(files, report, fixId ?? report.fixes[0]?.id ?? 'any');
  }
  throw new Error('the fixes do not come to rest');
}

function applyChanges(files: MarkedFiles, changes: readonly Change[]): MarkedFiles {
  const texts = { ...files };
  const ordered = changes
    .map((change, position) => ({ change, position }))
    .toSorted((a, b) => b.change.start - a.change.start || b.position - a.position);
  for (const { change } of ordered) {
    const name = change.file.fileName.replace('/actor/', '');
    const text = texts[name] ?? '';
    texts[name] = text.slice(0, change.start) + change.newText + text.slice(change.end);
  }
  return texts;
}

/** What keeps a text from being parsed. */
export function syntaxErrorsOf(name: string, text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
