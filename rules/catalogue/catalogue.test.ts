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

  it('a loss that it claims is shown by a run of a bad example, and not by the good one after it', () => {
    if (!claimsLoss(rule) || /^Not run: /mu.test(page)) return;
    const pairs = runPairsOf(examples);
    expect(pairs.length, 'a bad example that is run, followed by a good one that is run').toBeGreaterThan(0);
    for (const [bad, good] of pairs) {
      expect(good.run?.seen.map(({ what }) => what)).toEqual(bad.run?.seen.map(({ what }) => what));
      expect(good.run?.seen, `the good example on line ${good.line} shows what the bad one shows`).not.toEqual(
        bad.run?.seen,
      );
    }
  });
});

/** Above information a rule says that something is lost, so it has to show it. */
function claimsLoss({ defaultSeverity }: Rule): boolean {
  return defaultSeverity !== 'information' && defaultSeverity !== 'hint';
}

/** Each bad example that is run, with the next example that is run: its good one. */
function runPairsOf(examples: readonly PageExample[]): readonly (readonly [PageExample, PageExample])[] {
  const run = examples.filter((example) => example.run !== undefined);
  return run.flatMap((example, index) => {
    const next = run[index + 1];
    return example.verdict === 'bad' && next?.verdict === 'good' ? [[example, next] as const] : [];
  });
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
