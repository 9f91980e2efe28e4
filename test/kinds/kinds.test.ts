import { describe, expect, it } from 'vitest';

import { syntaxErrorsOf } from '../../rules/catalogue/expect-reports.ts';
import { ruleIds } from '../../rules/catalogue/index.ts';
import { openPrograms } from './open.ts';
import { differencesOf, kindPrograms } from './programs.ts';

const programs = kindPrograms(import.meta.dirname);
const open: ReadonlyMap<string, string> = new Map(
  Object.entries(openPrograms).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
);

describe('a program of a kind that is known to be judged wrongly', () => {
  const settled = programs.filter(({ name }) => !open.has(name));

  it.each(settled)('$name', (program) => {
    expect(differencesOf(program)).toEqual([]);
  });

  it.each(programs.filter(({ name }) => open.has(name)))('is still judged wrongly: $name', (program) => {
    expect(differencesOf(program), `it is judged rightly now: take it out of open.ts`).not.toEqual([]);
  });

  it('is there for each entry of the list of open ones', () => {
    const names = new Set(programs.map(({ name }) => name));
    expect([...open.keys()].filter((name) => !names.has(name))).toEqual([]);
  });

  it('has a name of its own, can be parsed, and expects findings of rules that there are', () => {
    expect(new Set(programs.map(({ name }) => name)).size).toBe(programs.length);
    for (const { name, files, expected } of programs) {
      for (const [file, text] of Object.entries(files))
        expect(syntaxErrorsOf(file, text), `${name} ${file}`).toEqual([]);
      expect(ruleIds, name).toEqual(expect.arrayContaining(expected.map(({ ruleId }) => ruleId)));
    }
  });
});
