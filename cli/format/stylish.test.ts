import { expect, test } from 'vitest';
import { finding, report, view } from '../fakes/reports.ts';
import { stylish } from './stylish.ts';

const related = {
  message: '`page` moves on here',
  file: '/made/shop/src/main.js',
  range: { start: { line: 8, character: 4 }, end: { line: 8, character: 8 } },
};
const elsewhere = { ...related, file: '/made/shop/src/routes.js', message: '`count` is changed here' };
const safe = { id: 'await', title: 'Add await', kind: 'quickfix', safe: true } as const;

test('lists findings under their file, with what belongs to them and a summary', () => {
  const findings = [
    finding({ related: [related, elsewhere] }),
    finding({
      severity: 'error',
      range: { start: { line: 10, character: 0 }, end: { line: 10, character: 1 } },
      fixes: [safe],
    }),
    finding({ file: '/made/b.js', severity: 'information', ruleId: 'missing-migrating-handler' }),
  ];
  expect(stylish(report({ findings }), view()).stdout).toBe(
    [
      'shop/src/main.js',
      '   5:3  warning  Nobody waits for this save.  unawaited-write',
      '                 9:5  `page` moves on here',
      '                 shop/src/routes.js:9:5  `count` is changed here',
      '  11:1  error    Nobody waits for this save.  unawaited-write',
      '',
      'b.js',
      '  5:3  info  Nobody waits for this save.  missing-migrating-handler',
      '',
      '✖ 3 findings (1 error, 1 warning, 1 info)',
      '  1 of them can be fixed with the --fix option; your editor may offer more fixes.',
      '',
    ].join('\n'),
  );
});

test('prints nothing when there is nothing', () => {
  expect(stylish(report(), view())).toEqual({ stdout: '', stderr: '' });
});

test('says on stderr what was skipped, so that stdout holds findings alone', () => {
  const notices = [{ file: '/made/shop/big.js', reason: 'skipped: too large' }];
  expect(stylish(report({ notices }), view())).toEqual({ stdout: '', stderr: 'shop/big.js: skipped: too large\n' });
});

test('shows errors only when quiet', () => {
  const findings = [finding(), finding({ severity: 'error', message: 'Lost.' })];
  const notices = [{ file: '/made/shop/big.js', reason: 'skipped: too large' }];
  const { stdout, stderr } = stylish(report({ findings, notices }), view({ quiet: true }));
  expect(stdout).toContain('✖ 1 finding (1 error, 0 warnings)');
  expect(stdout).not.toContain('Nobody waits');
  expect(stderr).toBe('');
});

test('says what --fix did', () => {
  expect(stylish(report({ fixed: { fixes: 2, files: 1 } }), view()).stdout).toBe('Applied 2 fixes in 1 file.\n');
});

test('colours when asked to', () => {
  const { stdout } = stylish(report({ findings: [finding({ severity: 'error' })] }), view({ colour: true }));
  expect(stdout).toContain('\u001B[31merror\u001B[0m');
});
