import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSourceFile, writeSourceFile, type SourceFile } from './source-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'actor-state-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function read(path: string): SourceFile {
  const source = readSourceFile(path);
  if (typeof source === 'string') throw new Error(source);
  return source;
}

test('keeps byte order mark and mode, and leaves nothing beside the file', () => {
  const path = file('main.js', '\uFEFFsave();\r\n');
  chmodSync(path, 0o777);
  const source = read(path);
  expect(source.text).toBe('save();\r\n');
  expect(writeSourceFile(source, 'await save();\r\n')).toBeUndefined();
  expect(readFileSync(path, 'utf8')).toBe('\uFEFFawait save();\r\n');
  expect(statSync(path).mode & 0o777).toBe(0o777);
  expect(readdirSync(folder)).toEqual(['main.js']);
});

test('follows a link and leaves it a link', () => {
  const path = file('main.js', 'a');
  const link = join(folder, 'link.js');
  symlinkSync(path, link);
  expect(writeSourceFile(read(link), 'b')).toBeUndefined();
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('b');
});

test('does not overwrite what somebody else changed meanwhile', () => {
  const path = file('main.js', 'a');
  const source = read(path);
  writeFileSync(path, 'theirs');
  expect(writeSourceFile(source, 'ours')).toMatch(/changed while it was being fixed/);
  expect(readFileSync(path, 'utf8')).toBe('theirs');
});

test('says why a file cannot be had', () => {
  expect(readSourceFile(file('latin.js', new Uint8Array([0x27, 0xe9, 0x27])))).toBe('it is not written in UTF-8');
  expect(readSourceFile(join(folder, 'none.js'))).toBe('it is gone');
  const source = read(file('gone.js', 'a'));
  rmSync(source.path);
  expect(writeSourceFile(source, 'b')).toBe('it is gone');
});

test.skipIf(process.getuid?.() === 0)('says that a file may not be written (not as root, who may)', () => {
  const path = file('main.js', 'a');
  chmodSync(path, 0o444);
  expect(writeSourceFile(read(path), 'b')).toMatch(/may not be written/);
});
