import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from './fakes/command.ts';
import { planTargets } from './targets.ts';

const files = { 'a/package.json': '{}', 'a/src/x.js': '', 'a/src/y.js': '', 'b/z.js': '' };

function plan(...given: string[]): {
  readonly roots: readonly string[];
  readonly paths: readonly (readonly string[])[];
} {
  const cwd = folderWith(files);
  const short = (path: string): string => path.slice(cwd.length + 1) || '.';
  const { targets } = planTargets(given, cwd);
  return { roots: targets.map(({ root }) => short(root)), paths: targets.map(({ paths }) => paths.map(short)) };
}

test('no path means the working directory', () => {
  expect(plan().roots).toEqual(['.']);
});

test('a path alone is opened itself, several files of one package together', () => {
  expect(plan('a/src/x.js', 'b').roots).toEqual(['a/src/x.js', 'b']);
  expect(plan('a/src/x.js', 'a/src/y.js')).toEqual({ roots: ['a'], paths: [['a/src/x.js', 'a/src/y.js']] });
});

test('what lies in another path is not opened twice', () => {
  expect(plan('a', 'a/src/x.js', 'b/z.js', '.').roots).toEqual(['.']);
  expect(plan('a', 'a').roots).toEqual(['a']);
});

test('a link is asked for by both its names', () => {
  const cwd = folderWith(files);
  symlinkSync(join(cwd, 'a'), join(cwd, 'link'));
  expect(planTargets(['link'], cwd).targets).toEqual([
    { root: join(cwd, 'link'), paths: [join(cwd, 'link'), join(cwd, 'a')] },
  ]);
});

test('what cannot be linted is said, the rest is planned', () => {
  const cwd = folderWith(files);
  const { targets, problems } = planTargets(['none', '/dev/null', 'a'], cwd);
  expect(targets.map(({ root }) => root)).toEqual([join(cwd, 'a')]);
  expect(problems).toEqual([
    'none: there is no such file or folder; check the path',
    '/dev/null: it is neither a file nor a folder; give one of these',
  ]);
});
