import { describe, expect, it } from 'vitest';

import { applyFix, placeOf, reportsOf } from './expect-reports.ts';
import { ruleList, rules } from './index.ts';
import { examplesOf } from './page-examples.ts';
import { pageOf } from './page-of.ts';

it('each rule names its page by its own id', () => {
  for (const { id, page } of rules) expect(page).toBe(`rules/catalogue/${id}/rule.md`);
});

describe.each(ruleList.map((rule) => ({ id: rule.id, rule })))('the page of $id', ({ rule }) => {
  it('begins with the id, and says what the summary says', () => {
    const page = pageOf(rule.id);
    expect(page.split('\n')[0]).toBe(`# ${rule.id}`);
    expect(page).toContain(rule.summary);
  });

  it('has a bad and a good example', () => {
    const verdicts = examplesOf(pageOf(rule.id)).map(({ verdict }) => verdict);
    expect(verdicts).toContain('bad');
    expect(verdicts).toContain('good');
  });

  it('has bad examples that the rule flags, and whose fixes it accepts', () => {
    for (const { verdict, sdk, files, flagged, line } of examplesOf(pageOf(rule.id))) {
      if (verdict !== 'bad') continue;
      const reports = reportsOf(rule, files, sdk);
      expect(flagged, `the places that the fence on line ${line} names`).not.toEqual([]);
      expect(
        reports.map((report) => placeOf(report).replace(/:\d+$/u, '')).toSorted(),
        `example on line ${line}`,
      ).toEqual(flagged.toSorted());
      for (const report of reports) {
        for (const { id } of report.fixes) {
          const after = reportsOf(rule, applyFix(files, report, id), sdk);
          expect(after.length, `example on line ${line}, after the fix "${id}"`).toBeLessThan(reports.length);
        }
      }
    }
  });

  it('has good examples that the rule is quiet on', () => {
    for (const { verdict, sdk, files, line } of examplesOf(pageOf(rule.id))) {
      if (verdict !== 'good') continue;
      const messages = reportsOf(rule, files, sdk).map(({ message }) => message);
      expect(messages, `example on line ${line}`).toEqual([]);
    }
  });
});
