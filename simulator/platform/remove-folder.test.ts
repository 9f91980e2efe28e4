import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeFolder } from './remove-folder.ts';

test('a folder goes with the folders in it that may not be written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'to-remove-'));
  const readOnly = join(folder, 'cache', 'of something');
  mkdirSync(readOnly, { recursive: true });
  writeFileSync(join(readOnly, 'file'), '');
  chmodSync(readOnly, 0o500);
  await removeFolder(folder);
  expect(existsSync(folder)).toBe(false);
  // What is not there is removed already.
  await removeFolder(folder);
});
