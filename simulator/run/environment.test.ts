import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runEnvironment } from './environment.ts';

test('the platform wins over what is inherited, and what it takes out is gone', () => {
  const environment = runEnvironment({
    inherited: { PATH: '/bin', APIFY_TOKEN: 'mine', CRAWLEE_STORAGE_DIR: 'mine', UNSET: undefined },
    takenOut: ['CRAWLEE_STORAGE_DIR'],
    platform: { APIFY_TOKEN: 'the run’s' },
    preload: '/preload.cjs',
  });
  expect(environment).toEqual({ PATH: '/bin', APIFY_TOKEN: 'the run’s', NODE_OPTIONS: '--require "/preload.cjs"' });
});

test('Node requires the preload from a path with blanks and quotes, after what was required before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preload-'));
  const strange = join(folder, process.platform === 'win32' ? "a 'b' c" : 'a "b" \\c');
  mkdirSync(strange);
  writeFileSync(join(folder, 'first.cjs'), 'globalThis.order = ["first"];');
  writeFileSync(join(strange, 'preload.cjs'), 'globalThis.order.push("preload");');
  const environment = runEnvironment({
    inherited: { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(join(folder, 'first.cjs'))}` },
    takenOut: [],
    platform: {},
    preload: join(strange, 'preload.cjs'),
  });
  const printed = execFileSync(process.execPath, ['-p', 'order.join()'], { env: environment, encoding: 'utf8' });
  expect(printed.trim()).toBe('first,preload');
  rmSync(folder, { recursive: true });
});
