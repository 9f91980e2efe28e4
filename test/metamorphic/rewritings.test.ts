import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { measured, variantsOf } from './measure.ts';
import type { Variant } from './measure.ts';
import { allPrograms } from './programs/index.ts';
import { changedBehaviours } from './prove.ts';
import type { Rewriting } from './program.ts';
import { sampleOf } from './random.ts';
import { listOf } from './report.ts';
import { rewritings } from './rewritings/index.ts';
import { syntaxErrors } from './syntax.ts';

const ROOT = join(import.meta.dirname, '../..');
const programs = allPrograms(ROOT);
const pairs = programs.flatMap((program) => rewritings.map((rewriting) => ({ program, rewriting })));

/** Of a hundred variants: what the analysis reaches today. It only rises. */
const STABLE = 97;

test('no two rewritings have one name', () => {
  const all = rewritings.map(({ group, name }) => `${group}: ${name}`);
  expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
});

describe.each(rewritings)('$group: $name', (rewriting) => {
  const own = firstVariants(rewriting, 4);

  test('fits some program, and gives another that parses', () => {
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(isTheSame).map(({ program }) => program.name)).toEqual([]);
    expect(
      own.flatMap(({ program, variant }) => syntaxErrors(variant).map((error) => `${program.name}: ${error}`)),
    ).toEqual([]);
  });
});

test('a variant does what the program did, when both are run beside an SDK that records', () => {
  const changed = changedBehaviours(
    rewritings.flatMap((rewriting) => firstVariants(rewriting, 4)),
    ROOT,
  );
  expect(
    changed.map(({ rewriting, program, sentence }) => `${rewriting.name} of ${program.name}: ${sentence}`),
  ).toEqual([]);
});

test('what a program means decides, not how it is written', async () => {
  const results = await measured(
    sampleOf(pairs, 600, 'the sample of npm test').flatMap(({ program, rewriting }) =>
      variantsOf([program], [rewriting]),
    ),
  );
  const unstable = results.filter(({ difference }) => difference !== undefined);
  const percent = 100 - (100 * unstable.length) / results.length;
  expect(percent, listOf(unstable, false).join('\n')).toBeGreaterThanOrEqual(STABLE);
});

/** Variants of some programs that it fits. */
function firstVariants(rewriting: Rewriting, count: number): readonly Variant[] {
  const found: Variant[] = [];
  for (const program of sampleOf(programs, programs.length, rewriting.name)) {
    found.push(...variantsOf([program], [rewriting]));
    if (found.length >= count) break;
  }
  return found;
}

function isTheSame({ program, variant }: Variant): boolean {
  return JSON.stringify(program.files) === JSON.stringify(variant.files);
}
