import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programOf } from './command.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'my programs '));
  for (const name of ['npm', 'npm.CMD', 'node.EXE']) writeFileSync(join(folder, name), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

function onWindows(...command: readonly string[]) {
  const environment = { Path: ['/nowhere', folder].join(delimiter), PATHEXT: '.EXE;.CMD' };
  return programOf(command, tmpdir(), environment, 'win32');
}

test('on Windows a script of the shell is started by the shell, with its words in quotes', () => {
  expect(onWindows('npm', 'run', 'my start', 'a"b')).toEqual({
    file: `"${join(folder, 'npm.CMD')}"`,
    args: ['run', '"my start"', '"a""b"'],
    shell: true,
  });
});

test('on Windows a program is started by itself, and one that is not there as it was named', () => {
  expect(onWindows('node', 'my main.js')).toEqual({
    file: join(folder, 'node.EXE'),
    args: ['my main.js'],
    shell: false,
  });
  expect(onWindows('gone', 'a')).toEqual({ file: 'gone', args: ['a'], shell: false });
});

test('elsewhere the system finds it', () => {
  expect(programOf(['npm', 'start'], tmpdir(), {}, 'linux')).toEqual({ file: 'npm', args: ['start'], shell: false });
});
