import { describe, expect, it } from 'vitest';

import { print } from './print.mjs';
import { readLabels, readReports } from './read.mjs';
import { judge, outcomes } from './score.mjs';
import { missedBars, summarise } from './summary.mjs';

/** Two made-up Actors that share a module: one forgets its counter, the other is fine. */
const LABELS = readLabels(
  [
    {
      repo: 'ann/shop',
      commit: 'c0ffee',
      entry: 'a/main.js',
      files: ['a/main.js', 'shared/save.js'],
      ownState: [{ name: 'sockets', file: 'a/main.js', line: 70, why: 'open', status: 'ephemeral' }],
      findings: [
        { rule: 'missing-migrating-handler', file: 'a/main.js', line: 10, certainty: 'sure', why: 'counter' },
        { rule: 'process-exit', file: 'a/main.js', line: 50, certainty: 'sure', why: 'exit' },
        { rule: 'unawaited-lifecycle', file: 'a/main.js', line: 30, certainty: 'arguable', why: 'late' },
      ],
      notable_non_findings: [{ file: 'a/main.js', line: 48, why: 'awaited by the caller' }],
    },
    {
      repo: 'ann/shop',
      commit: 'c0ffee',
      entry: 'b/main.js',
      files: ['b/main.js', 'shared/save.js'],
      ownState: [],
      findings: [],
      notable_non_findings: [],
    },
  ]
    .map((label) => JSON.stringify(label))
    .join('\n'),
);

interface Found {
  readonly rule: string;
  readonly at: string;
  readonly severity?: string;
  readonly related?: readonly string[];
}

const place = (at: string) => {
  const [file, line] = at.split(':');
  const position = { line: Number(line), column: 1 };
  return { file, range: { start: position, end: position } };
};

/** What the linter would print for these findings. */
const reports = (...found: readonly Found[]) =>
  readReports(
    JSON.stringify({
      version: 1,
      findings: found.map(({ rule, at, severity = 'warning', related = [] }) => ({
        ruleId: rule,
        severity,
        message: 'is lost',
        file: place(at).file,
        range: place(at).range,
        related: related.map((where) => ({ message: 'here', file: place(where).file, range: place(where).range })),
        fixes: [],
      })),
    }),
  );

const verdictOf = (found: Found) => judge('ann/shop', LABELS, reports(found)).map(({ verdict }) => verdict)[0];
const counterMetBy = (found: Found) => outcomes(LABELS, reports(found))[0];
const summaryOf = (...found: readonly Found[]) => summarise(LABELS, new Map([['ann/shop', reports(...found)]]));

describe('a sure mistake', () => {
  it('is found by a rule of its family within two lines', () => {
    expect(counterMetBy({ rule: 'unpersisted-state', at: 'a/main.js:12' })?.byLine).toBe(true);
    expect(counterMetBy({ rule: 'unpersisted-state', at: 'a/main.js:8' })?.byLine).toBe(true);
  });

  it('is not found three lines away, in another file or by another family', () => {
    expect(counterMetBy({ rule: 'unpersisted-state', at: 'a/main.js:13' })?.byLine).toBe(false);
    expect(counterMetBy({ rule: 'unpersisted-state', at: 'b/main.js:10' })?.byLine).toBe(false);
    expect(counterMetBy({ rule: 'unawaited-write', at: 'a/main.js:10' })?.byLine).toBe(false);
  });

  it('is told apart when only a related location is on it', () => {
    const met = counterMetBy({ rule: 'missing-migrating-handler', at: 'a/main.js:20', related: ['a/main.js:11'] });
    expect(met).toMatchObject({ byLine: false, byRelated: true, loud: false });
  });

  it('is found by an information, and not at warning', () => {
    const met = counterMetBy({ rule: 'missing-migrating-handler', at: 'a/main.js:10', severity: 'information' });
    expect(met).toMatchObject({ byLine: true, loud: false });
  });

  it('counts once when two Actors share the file it is in', () => {
    const [first] = LABELS;
    expect(outcomes(first === undefined ? [] : [first, { ...first, entry: 'c/main.js' }], [])).toHaveLength(2);
  });

  it('is not made of an arguable one', () => {
    expect(outcomes(LABELS, []).map(({ finding }) => finding.rule)).toEqual([
      'missing-migrating-handler',
      'process-exit',
    ]);
  });
});

describe('a report', () => {
  it('is right on a sure line, also where harmless code is next to it', () => {
    expect(verdictOf({ rule: 'hard-exit', at: 'a/main.js:49' })).toBe('right');
  });

  it('is a false alarm on harmless code or a line from it, whatever its rule', () => {
    expect(verdictOf({ rule: 'unawaited-write', at: 'a/main.js:47' })).toBe('false-alarm');
    expect(verdictOf({ rule: 'unawaited-write', at: 'a/main.js:49' })).toBe('false-alarm');
    expect(verdictOf({ rule: 'unawaited-write', at: 'a/main.js:46' })).toBe('unlabelled');
  });

  it('is a false alarm anywhere in an Actor without a mistake', () => {
    expect(verdictOf({ rule: 'unawaited-write', at: 'b/main.js:3' })).toBe('false-alarm');
  });

  it('is a false alarm in a module that such an Actor shares', () => {
    expect(verdictOf({ rule: 'unawaited-write', at: 'shared/save.js:3' })).toBe('false-alarm');
  });

  it('counts neither way on an arguable line', () => {
    expect(verdictOf({ rule: 'unawaited-exit', at: 'a/main.js:31' })).toBe('arguable');
  });

  it('is told apart when only a related location is on a sure line', () => {
    expect(verdictOf({ rule: 'unpersisted-state', at: 'a/main.js:20', related: ['a/main.js:10'] })).toBe(
      'right-related',
    );
  });

  it('is a false alarm by its own line though a related location is on a sure one', () => {
    expect(verdictOf({ rule: 'unpersisted-state', at: 'a/main.js:48', related: ['a/main.js:10'] })).toBe('false-alarm');
  });

  it('is outside when its file belongs to no labelled Actor', () => {
    expect(verdictOf({ rule: 'unawaited-write', at: 'other/main.js:3' })).toBe('outside');
  });

  it('on ephemeral state says so', () => {
    const [judged] = judge('ann/shop', LABELS, reports({ rule: 'unpersisted-state', at: 'a/main.js:70' }));
    expect(judged).toMatchObject({ verdict: 'unlabelled', note: 'sockets is ephemeral' });
  });
});

describe('the summary', () => {
  it('takes the mean over the repositories where there is something to measure', () => {
    const [first] = LABELS;
    const bob = first === undefined ? [] : [{ ...first, repo: 'bob/news' }];
    const { recall, precision } = summarise(
      [...LABELS, ...bob],
      new Map([
        ['ann/shop', reports({ rule: 'hard-exit', at: 'a/main.js:50' }, { rule: 'hard-exit', at: 'b/main.js:1' })],
        ['bob/news', []],
      ]),
    );
    expect(recall).toBe(0.25);
    expect(precision).toBe(0.5);
  });

  it('leaves information and hints out of the precision', () => {
    const { precision, onFineActors } = summaryOf(
      { rule: 'hard-exit', at: 'a/main.js:50' },
      { rule: 'interval-as-persistence', at: 'b/main.js:1', severity: 'information' },
    );
    expect({ precision, onFineActors }).toEqual({ precision: 1, onFineActors: 0 });
  });

  it('keeps the mistakes of families without a rule apart', () => {
    const { recall, misses, notYet } = summarise(
      LABELS,
      new Map([['ann/shop', reports({ rule: 'hard-exit', at: 'b/main.js:1' })]]),
      new Set(['state'] as const),
    );
    expect(recall).toBe(0);
    expect(misses.map(({ finding }) => finding.rule)).toEqual(['missing-migrating-handler']);
    expect(notYet.map(({ finding }) => finding.rule)).toEqual(['process-exit']);
  });

  it('leaves out a repository that was not linted', () => {
    expect(summarise(LABELS, new Map())).toMatchObject({ recall: undefined, misses: [], judged: [] });
  });

  it('names a rule that no family holds', () => {
    expect(summaryOf({ rule: 'brand-new', at: 'b/main.js:1' }).unknownRules).toEqual(['brand-new']);
  });

  it('says what of the bar is missed', () => {
    expect(
      missedBars(summaryOf({ rule: 'hard-exit', at: 'a/main.js:50' }, { rule: 'hard-exit', at: 'b/main.js:1' })),
    ).toEqual([
      'precision is 50.0 %, below 95.0 %',
      'recall is 50.0 %, below 90.0 %',
      '1 reports at warning or above on Actors that are fine',
    ]);
    const both = [
      { rule: 'hard-exit', at: 'a/main.js:50' },
      { rule: 'missing-migrating-handler', at: 'a/main.js:10' },
    ];
    expect(missedBars(summaryOf(...both))).toEqual([]);
  });

  it('prints each miss and each false alarm with its place', () => {
    const text = print(summaryOf({ rule: 'hard-exit', at: 'b/main.js:1' }));
    expect(text).toContain('ann/shop a/main.js:10 missing-migrating-handler counter');
    expect(text).toContain('False alarms (1)\n  ann/shop b/main.js:1 hard-exit is lost [this Actor has no mistake]');
  });
});

describe('reading', () => {
  it('says which line of the labels does not fit', () => {
    const [label] = LABELS;
    expect(() => readLabels(`\n${JSON.stringify({ ...label, files: 3 })}`)).toThrow(
      'Line 2 of the labels: files is no list',
    );
  });

  it('refuses a label whose mistake is in no family', () => {
    const odd = { rule: 'odd', file: 'a.js', line: 1, certainty: 'sure', why: '' };
    const label = { repo: 'r', commit: 'c', entry: 'e', files: [], ownState: [], findings: [odd] };
    expect(() => readLabels(JSON.stringify({ ...label, notable_non_findings: [] }))).toThrow('"odd" is in no family');
  });

  it('refuses another version of the output', () => {
    expect(() => readReports('{"version":2,"findings":[]}')).toThrow('version 2');
  });

  it("takes a path with a leading './' for the same file", () => {
    expect(verdictOf({ rule: 'hard-exit', at: './a/main.js:50' })).toBe('right');
  });
});
