import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { allRules } from './all-rules.ts';
import { fixFixtures } from '../fixes/persist/fixtures.ts';
import { reportsOf } from './expect-reports.ts';
import { examplesOf } from './page-examples.ts';
import type { PageExample } from './page-examples.ts';
import { CATALOGUE, pageOf } from './page-of.ts';
import type { Rule } from './rule.ts';

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', CATALOGUE), 'utf8'));
const releases = readFileSync(new URL('releases.md', CATALOGUE), 'utf8');
/** The fixes that several rules share are tested by fixtures of their own. */
const persistFixes = new Set(fixFixtures().flatMap(({ after }) => Object.keys(after)));
const readme = readFileSync(new URL('../../README.md', CATALOGUE), 'utf8');

it('each folder of the catalogue is a rule, and each rule has a folder', () => {
  const folders = readdirSync(CATALOGUE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(allRules.map(({ id }) => id).toSorted());
});

describe.each(allRules.map((rule) => ({ id: rule.id, rule })))('$id is whole:', ({ id, rule }) => {
  const page = pageOf(id);
  const examples = examplesOf(page);

  it('its page has the sections of every page', () => {
    const headings = [...page.matchAll(/^## (.*)$/gmu)].map(([, heading]) => heading);
    for (const heading of ['What it finds', 'Why it matters', 'Examples', 'When it is safe to turn it off']) {
      expect(headings).toContain(heading);
    }
  });

  it('it is in the settings, the table of the README and the table of releases', () => {
    expect(manifest).toHaveProperty(['contributes', 'configuration', 'properties', `actorState.rules.${id}`]);
    expect(readme).toContain(`[\`${id}\`](rules/catalogue/${id}/rule.md)`);
    expect(releases).toMatch(new RegExp(`^\\| \`${id}\` `, 'mu'));
  });

  it('its tests say what it is quiet on', () => {
    expect(testsOf(id)).toMatch(/(?:describe|it|test)(?:\.\w+\([^\n]*\))?\([^\n]*\b[Qq]uiet\b/u);
  });

  it('each fix that its examples offer is tested by its id, or by applying all', () => {
    const tests = testsOf(id);
    const isTested = (fixId: string): boolean =>
      persistFixes.has(fixId) || tests.includes(`'${fixId}'`) || tests.includes('applyAllFixes(');
    expect([...fixIdsOf(rule, examples)].filter((fixId) => !isTested(fixId))).toEqual([]);
  });

  it('the page says what its fixes do, or it has none', () => {
    if (fixIdsOf(rule, examples).size > 0) expect(page).toMatch(/^## What the fix(?:es)? do(?:es)?$/mu);
  });

  it('each bad example is run, and so is the good one after it, which does not show the loss', () => {
    if (!claimsLoss(rule) || /^Not run: /mu.test(page)) return;
    const bad = examples.filter(({ verdict }) => verdict === 'bad');
    expect(bad.length).toBeGreaterThan(0);
    for (const example of bad) {
      const { line, run } = example;
      const next = examples[examples.indexOf(example) + 1];
      expect(run, `the bad example on line ${line} claims a loss, and is not run`).toBeDefined();
      expect(next?.verdict, `what follows the bad example on line ${line}`).toBe('good');
      const seen = run?.seen.map(({ what }) => what);
      expect(
        next?.run?.seen.map(({ what }) => what),
        `behind line ${line}, the same is looked at`,
      ).toEqual(seen);
      expect(next?.run?.seen, `behind line ${line}, it is not seen`).not.toEqual(run?.seen);
    }
  });
});

/** Above a hint a rule says that something is lost, so it has to show it. */
function claimsLoss({ defaultSeverity }: Rule): boolean {
  return defaultSeverity !== 'hint';
}

function fixIdsOf(rule: Rule, examples: readonly PageExample[]): ReadonlySet<string> {
  const bad = examples.filter(({ verdict }) => verdict === 'bad');
  const reports = bad.flatMap(({ files, sdk }) => reportsOf(rule, files, sdk));
  return new Set(reports.flatMap(({ fixes }) => fixes.map(({ id }) => id)));
}

function testsOf(id: string): string {
  const folder = new URL(`${id}/`, CATALOGUE);
  const tests = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  return tests.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
}
