import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import type * as Sarif from 'sarif';
import { describe, expect, test } from 'vitest';
import { ruleIds, type Finding, type TextEdit } from '../../rules/index.ts';
import { actorState, DROPPED_SAVE, folderWith, PACKAGE } from '../fakes/command.ts';
import { finding, report, view } from '../fakes/reports.ts';
import { sarif } from './sarif.ts';

/** The standard's own schema. It is written in draft 4; what it uses of it is the same in draft 7, but for its name. */
function standardSchema(): object {
  const schema: unknown = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  if (typeof schema !== 'object' || schema === null || !('id' in schema)) throw new Error('no schema');
  const { id, ...rest } = schema;
  return { ...rest, $id: id, $schema: 'http://json-schema.org/draft-07/schema#' };
}

const isUri = (text: string): boolean => URL.canParse(text);
const valid = new Ajv({
  strict: false,
  // One of the schema's patterns is none with the flag.
  unicodeRegExp: false,
  formats: {
    uri: isUri,
    'uri-reference': (text: string) => !/[\s\\]/.test(text) && URL.canParse(text, 'file:///'),
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
}).compile<Sarif.Log>(standardSchema());

/** A log that the schema accepts. */
function checked(text: string): Sarif.Run {
  const log: unknown = JSON.parse(text);
  if (!valid(log)) throw new Error(JSON.stringify(valid.errors));
  const [run, ...others] = log.runs;
  if (run === undefined || others.length > 0) throw new Error('not one run');
  return run;
}

function runOf(given: Parameters<typeof report>[0], quiet = false): Sarif.Run {
  return checked(sarif(report(given), view({ quiet })).stdout);
}

const fix = { id: 'await', title: 'Add await', kind: 'quickfix', safe: true } as const;
const range = finding().range;

describe('a log that the standard accepts', () => {
  test('of nothing at all names the rules', () => {
    const { results, tool, columnKind, invocations } = runOf({});
    expect({ results, columnKind }).toEqual({ results: [], columnKind: 'utf16CodeUnits' });
    expect(tool.driver.rules?.map(({ id }) => id)).toEqual(ruleIds);
    expect(tool.driver.rules?.find(({ id }) => id === 'unawaited-write')).toMatchObject({
      shortDescription: { text: 'A write to a storage, or a charge, that nobody waits for' },
      defaultConfiguration: { level: 'warning' },
    });
    expect(invocations).toMatchObject([{ executionSuccessful: true }]);
  });

  test('has the page of each rule that it reports, and no path of this machine', () => {
    const { tool } = runOf({ findings: [finding()] });
    const helps = tool.driver.rules?.flatMap(({ help }) => help ?? []) ?? [];
    expect(helps).toMatchObject([
      {
        text: 'A write to a storage, or a charge, that nobody waits for',
        markdown: expect.stringMatching(/^# unawaited-write\n[^]*## Why it matters\n/),
      },
    ]);
    expect(JSON.stringify(tool)).not.toContain('file:///');
    expect(tool.driver.rules?.map(({ helpUri }) => helpUri)).toEqual(ruleIds.map(() => undefined));
  });

  test('of findings says where, how bad and what else', () => {
    const related = [{ message: 'changed here', file: '/made/shop/b c.js', range }];
    const findings = [finding({ related }), finding({ severity: 'hint' }), finding({ file: '/elsewhere/x.js' })];
    const { results = [], tool, originalUriBaseIds } = runOf({ findings });
    expect(results.map(({ level }) => level)).toEqual(['warning', 'note', 'warning']);
    const [first, , outside] = results;
    expect(first).toMatchObject({
      ruleId: 'unawaited-write',
      message: { text: 'Nobody waits for this save.' },
      suppressions: [],
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'shop/src/main.js', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 3, endLine: 5, endColumn: 13 },
          },
        },
      ],
      relatedLocations: [
        { message: { text: 'changed here' }, physicalLocation: { artifactLocation: { uri: 'shop/b%20c.js' } } },
      ],
    });
    expect(tool.driver.rules?.[first?.ruleIndex ?? -1]?.id).toBe('unawaited-write');
    expect(originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: pathToFileURL('/made/').href } });
    expect(outside?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({
      uri: pathToFileURL('/elsewhere/x.js').href,
    });
  });

  test('of fixes says what each would change, file by file', () => {
    const mendable = finding({ fixes: [fix, { ...fix, id: 'return' }] });
    const start = { line: 4, character: 2 };
    const insertion = { file: mendable.file, range: { start, end: start }, newText: 'await ' };
    const elsewhere = { file: '/made/shop/b.js', range, newText: '' };
    const edits = new Map<Finding, ReadonlyMap<string, readonly TextEdit[]>>([
      [mendable, new Map([['await', [insertion, elsewhere]]])],
    ]);
    expect(runOf({ findings: [mendable], edits }).results?.[0]?.fixes).toEqual([
      {
        description: { text: 'Add await' },
        properties: { safe: true },
        artifactChanges: [
          {
            artifactLocation: { uri: 'shop/src/main.js', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 5, startColumn: 3, endLine: 5, endColumn: 3 },
                insertedContent: { text: 'await ' },
              },
            ],
          },
          {
            artifactLocation: { uri: 'shop/b.js', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 5, startColumn: 3, endLine: 5, endColumn: 13 },
                insertedContent: { text: '' },
              },
            ],
          },
        ],
      },
    ]);
  });

  test('of what is suppressed says so, and why', () => {
    const suppressed = [
      { ...finding(), justification: 'a heartbeat' },
      { ...finding(), justification: undefined },
    ];
    expect(runOf({ suppressed }).results?.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: 'inSource', justification: 'a heartbeat' }],
      [{ kind: 'inSource' }],
    ]);
  });

  test('of what was skipped or could not be read says it of the run', () => {
    const notices = [{ file: '/made/big.js', reason: 'too large' }];
    expect(runOf({ notices, problems: ['none: there is no such file'] }).invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'none: there is no such file' } },
          {
            level: 'warning',
            message: { text: 'too large' },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'big.js' } } }],
          },
        ],
      },
    ]);
  });

  test('quiet has errors only, suppressed ones too', () => {
    const error = finding({ severity: 'error' });
    const suppressed = [finding(), error].map((each) => ({ ...each, justification: undefined }));
    const { results } = runOf({ findings: [finding(), error], suppressed }, true);
    expect(results?.map(({ level }) => level)).toEqual(['error', 'error']);
  });
});

test('the schema tells a wrong log', () => {
  expect(valid({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  expect(valid({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x', informationUri: 'no uri' } } }] })).toBe(
    false,
  );
});

function prints(findings: readonly Finding[]): readonly unknown[] {
  return runOf({ findings }).results?.map(({ partialFingerprints }) => partialFingerprints?.['actorState/v1']) ?? [];
}

describe('a fingerprint', () => {
  const lower = { start: { line: 9, character: 0 }, end: { line: 9, character: 4 } };

  test('stays the same when the finding moves down', () => {
    expect(prints([finding({ range: lower })])).toEqual(prints([finding()]));
  });

  test('is another one for the second of two equal findings, another rule, file or message', () => {
    const all = [
      finding(),
      finding({ range: lower }),
      finding({ ruleId: 'unpersisted-state' }),
      finding({ file: '/made/other.js' }),
      finding({ message: 'Something else.' }),
    ];
    expect(new Set(prints(all)).size).toBe(all.length);
  });
});

test('a real Actor: one finding with its fixes, one that is suppressed', async () => {
  const twice = DROPPED_SAVE.replace(
    'while',
    "// actor-state-disable-next-line unawaited-write -- only a heartbeat\nActor.setValue('BEAT', 1);\nwhile",
  );
  const folder = folderWith({ 'package.json': PACKAGE, 'src/main.js': twice, 'src/broken.json': '{' });
  const { code, stdout } = await actorState(['lint', '--format', 'sarif'], folder);
  expect(code).toBe(1);
  const { results = [] } = checked(stdout);
  expect(results).toMatchObject([
    { ruleId: 'unawaited-write', level: 'error', suppressions: [], fixes: [{}, {}] },
    { ruleId: 'unawaited-write', suppressions: [{ kind: 'inSource', justification: 'only a heartbeat' }] },
  ]);
  const [change] = results[0]?.fixes?.[0]?.artifactChanges ?? [];
  expect(change?.replacements.map(({ insertedContent }) => insertedContent?.text).toSorted()).toEqual([
    'async ',
    'await ',
  ]);
});
