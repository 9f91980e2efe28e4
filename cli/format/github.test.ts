import { expect, test } from 'vitest';
import { finding, report, view } from '../fakes/reports.ts';
import { github } from './github.ts';

function annotations(...findings: Parameters<typeof finding>[0][]): readonly string[] {
  return github(report({ findings: findings.map(finding) }), view())
    .stdout.trimEnd()
    .split('\n');
}

test('writes a workflow command for each finding, by its severity', () => {
  expect(annotations({ severity: 'error' }, {}, { severity: 'information' }, { severity: 'hint' })).toEqual(
    ['error', 'warning', 'notice', 'notice'].map(
      (word) =>
        `::${word} file=shop/src/main.js,line=5,endLine=5,col=3,endColumn=13,title=actor-state%3A unawaited-write::Nobody waits for this save.`,
    ),
  );
});

test('leaves columns out where a finding spans lines: the runner rejects them', () => {
  const range = { start: { line: 1, character: 4 }, end: { line: 3, character: 1 } };
  expect(annotations({ range })[0]).toMatch(/file=shop\/src\/main\.js,line=2,endLine=4,title=/);
});

test('escapes what ends a property or a message', () => {
  const [line] = annotations({ file: '/made/a,b:c%.js', message: 'Lost: 100 %,\nall of it\r' });
  expect(line).toContain('file=a%2Cb%3Ac%25.js,');
  expect(line).toMatch(/::Lost: 100 %25,%0Aall of it%0D$/);
});

test('adds related places to the message, and what was skipped as a notice', () => {
  const related = [{ message: 'changed here', file: '/made/shop/b.js', range: finding().range }];
  const notices = [{ file: '/made/big.js', reason: 'too large' }];
  const { stdout } = github(report({ findings: [finding({ related })], notices }), view());
  expect(stdout).toContain('::Nobody waits for this save.%0Ashop/b.js:5:3 changed here\n');
  expect(stdout).toContain('::notice file=big.js,title=actor-state%3A not analysed::too large\n');
});
