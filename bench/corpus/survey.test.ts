import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { faultsOf } from './faults.mjs';
import { familyOfRule } from './families.mjs';
import { printSurvey } from './print-survey.mjs';
import { readOutput } from './read.mjs';

interface Span {
  readonly from: readonly [line: number, column: number];
  readonly to: readonly [line: number, column: number];
}

/** What the linter would print for one finding and one notice. */
const output = ({ from, to }: Span, reason = 'is a Python Actor: not analysed') =>
  readOutput(
    JSON.stringify({
      version: 1,
      findings: [
        {
          ruleId: 'unawaited-write',
          severity: 'warning',
          message: 'may be cut',
          file: 'main.js',
          range: { start: { line: from[0], column: from[1] }, end: { line: to[0], column: to[1] } },
          related: [],
          fixes: [],
        },
      ],
      notices: [{ file: '.', reason }],
      summary: { files: 3, actors: 1 },
    }),
  );

const faults = (span: Span, text: string | undefined) => faultsOf(output(span), () => text);

describe('a fault', () => {
  it('is no report inside its file, to the end of its last line', () => {
    expect(faults({ from: [1, 1], to: [2, 5] }, 'save();\nexit')).toEqual([]);
  });

  it('is a report in a file that is not there', () => {
    expect(faults({ from: [1, 1], to: [1, 2] }, undefined)).toEqual([
      'main.js:1 unawaited-write: there is no such file',
    ]);
  });

  it('is a report behind the last line, or behind the end of its line', () => {
    expect(faults({ from: [1, 1], to: [3, 1] }, 'save();\nexit')[0]).toContain('has 2 lines, not 3');
    expect(faults({ from: [1, 1], to: [2, 6] }, 'save();\nexit')[0]).toContain('line 2 has 4 characters, not 5');
    expect(faults({ from: [0, 1], to: [1, 2] }, 'save();')[0]).toContain('has 1 lines, not 0');
  });

  it('is a report on nothing', () => {
    expect(faults({ from: [1, 3], to: [1, 3] }, 'save();')[0]).toContain('its range holds no text');
    expect(faults({ from: [2, 1], to: [1, 3] }, 'save();\nexit')[0]).toContain('its range holds no text');
  });

  it('counts lines as the compiler does', () => {
    expect(faults({ from: [4, 1], to: [4, 2] }, 'a\r\nb\rc\u2028d')).toEqual([]);
  });

  it('is a notice that a rule failed, and no other notice', () => {
    const span: Span = { from: [1, 1], to: [1, 2] };
    expect(faultsOf(output(span, 'rule hard-exit failed on this Actor: boom'), () => 'x')).toEqual([
      '.: rule hard-exit failed on this Actor: boom',
    ]);
  });
});

describe('the survey', () => {
  it('counts by rule and severity and lists each report with its place', () => {
    const text = printSurvey([
      { name: 'ann+shop', seconds: 0.5, output: output({ from: [1, 1], to: [1, 2] }), faults: [] },
      { name: 'bob+news', seconds: undefined, output: undefined, faults: ['did not end within 120 s'] },
    ]);
    expect(text).toMatch(/unawaited-write +0 +1 +0 +0/);
    expect(text).toMatch(/ann\+shop +1 +3 +1 +0\.5/);
    expect(text).toContain('ann+shop/main.js:1 unawaited-write (warning) may be cut');
    expect(text).toContain('Faults (1): crashes, hangs, reports without a place\n  bob+news did not end within 120 s');
  });

  it('lists only the rules that were asked for', () => {
    const surveyed = { name: 'ann+shop', seconds: 1, output: output({ from: [1, 1], to: [1, 2] }), faults: [] };
    expect(printSurvey([surveyed], new Set(['hard-exit']))).not.toContain('ann+shop/main.js');
  });

  it('says that a linter hangs, crashes or ends without an answer, and goes on with the next folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'survey-'));
    for (const name of ['crashes', 'fine', 'hangs', 'silent'])
      mkdirSync(join(folder, 'checkouts', name), { recursive: true });
    const linter = join(folder, 'linter.cjs');
    writeFileSync(
      linter,
      `const name = require('node:path').basename(process.cwd());
       if (name === 'hangs') setInterval(() => {}, 1000);
       if (name === 'crashes') { process.exitCode = 134; console.error('out of memory'); }
       if (name === 'fine' || name === 'crashes') console.log(JSON.stringify({ version: 1, findings: [], notices: [], summary: { files: 7, actors: 2 } }));`,
    );
    const { code, stdout } = await survey(join(folder, 'checkouts'), '--linter', linter, '--limit', '8');
    expect(code).toBe(1);
    expect(stdout).toMatch(/fine +2 +7 +0/);
    expect(stdout).toContain('Faults (3)');
    expect(stdout).toContain('crashes ended with 134: out of memory');
    expect(stdout).toContain('hangs did not end within 8 s');
    expect(stdout).toContain('silent ended with 0');
  });

  it('refuses a call without a folder', async () => {
    expect((await survey()).code).toBe(2);
  });
});

describe('the families', () => {
  it('hold every rule of the catalogue', () => {
    const catalogue = resolve(import.meta.dirname, '../../rules/catalogue');
    const ids = readdirSync(catalogue, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.map(({ name }) => name).filter((id) => familyOfRule(id) === undefined)).toEqual([]);
  });
});

const survey = (...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [join(import.meta.dirname, 'survey.mjs'), ...args], (error, stdout) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
    );
  });
