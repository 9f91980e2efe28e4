import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isolatedCopy } from './isolated-copy.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'isolated-')));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('the copy of an Actor in a workspace runs with the packages of the folder above, and has no storage', async () => {
  write('shop/node_modules/hoisted/index.js', 'module.exports = "hoisted";');
  write('shop/actors/one/node_modules/own/index.js', 'module.exports = "own";');
  write('shop/actors/one/src/main.js', 'console.log(require("hoisted"), require("own"), __dirname);');
  write('shop/actors/one/.actor/actor.json', '{}');
  write('shop/actors/one/storage/datasets/default/1.json', '{}');
  write('shop/actors/one/.git/HEAD', '');
  // As where TMPDIR is a folder of the Actor's.
  const into = join(folder, 'shop/actors/one/tmp/copy');
  mkdirSync(into, { recursive: true });
  const copy = await isolatedCopy(join(folder, 'shop/actors/one'), into);
  expect(readdirSync(copy).toSorted((a, b) => a.localeCompare(b))).toEqual(['.actor', 'node_modules', 'src']);
  const printed = execFileSync(process.execPath, ['src/main.js'], { cwd: copy, encoding: 'utf8' });
  expect(printed.trim()).toBe(`hoisted own ${join(copy, 'src')}`);
  rmSync(into, { recursive: true });
  expect(existsSync(join(folder, 'shop/node_modules/hoisted/index.js'))).toBe(true);
});

test('what cannot be copied is told in a sentence', async () => {
  await expect(isolatedCopy(join(folder, 'gone'), join(folder, 'into'))).rejects.toThrow(
    /gone could not be copied for --isolated: ENOENT/,
  );
});
