import { parseArgs } from 'node:util';

import { measured, together, variantsOf } from './measure.ts';
import type { Measured, Variant } from './measure.ts';
import { changedBehaviours } from './prove.ts';
import { behavioursOf } from './records.ts';
import { folderPrograms } from './programs/folders.ts';
import { allPrograms } from './programs/index.ts';
import type { Program, Rewriting } from './program.ts';
import { sampleOf } from './random.ts';
import { listOf, markdownOf, tableOf } from './report.ts';
import { rewritings } from './rewritings/index.ts';
import { syntaxErrors } from './syntax.ts';

/** `node bench/metamorphic/run.mjs`: see its README for the options. Gives the exit code. */
export async function command(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      list: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      prove: { type: 'boolean', default: false },
      records: { type: 'boolean', default: false },
      variants: { type: 'boolean', default: false },
      only: { type: 'string' },
      program: { type: 'string' },
      rule: { type: 'string' },
      pairs: { type: 'string' },
      seed: { type: 'string', default: '1' },
      checkouts: { type: 'string' },
      sample: { type: 'string', default: '8' },
    },
  });
  const seed = Number(values.seed);
  const forms = rewritings.filter(
    ({ name, group }) => values.only === undefined || `${group}: ${name}`.includes(values.only),
  );
  const asked = (programs: readonly Program[]): readonly Program[] =>
    programs.filter(({ name }) => values.program === undefined || name.includes(values.program));
  const variants =
    values.checkouts === undefined
      ? variantsOf(
          asked(allPrograms(root)),
          values.pairs === undefined ? forms : pairsOf(forms, Number(values.pairs), seed),
        )
      : asked(folderPrograms(values.checkouts)).flatMap((program) =>
          variantsOf([program], sampleOf(forms, Number(values.sample), `${seed} ${program.name}`)),
        );
  const broken = new Map(
    variants.map((each) => [each, syntaxErrors(each.variant)] as const).filter(([, errors]) => errors.length > 0),
  );
  for (const [{ program, rewriting }, errors] of broken)
    console.log(`NOT A PROGRAM: ${rewriting.name} of ${program.name}: ${errors.join('; ')}`);
  if (values.records) for (const line of recordLines(asked(allPrograms(root)), root)) console.log(line);
  if (values.prove)
    return proven(
      variants.filter((each) => !broken.has(each)),
      root,
      values.variants,
    );
  const start = Date.now();
  const results = await measured(variants.filter((each) => !broken.has(each)));
  const shown = results.filter((each) => values.rule === undefined || concerns(each, values.rule));
  for (const line of tableOf(shown)) console.log(line);
  if (values.list) for (const line of listOf(shown, values.variants)) console.log(line);
  if (values.markdown) for (const line of markdownOf(shown)) console.log(line);
  console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`);
  return broken.size > 0 ? 1 : 0;
}

function pairsOf(forms: readonly Rewriting[], count: number, seed: number): readonly Rewriting[] {
  const all = forms.flatMap((first) => forms.map((second) => together(first, second)));
  return sampleOf(all, count, String(seed));
}

function concerns({ original, difference }: Measured, rule: string): boolean {
  return [...original, ...(difference?.added ?? [])].some((said) => said.rule === rule);
}

function recordLines(programs: readonly Program[], root: string): readonly string[] {
  return behavioursOf(programs, root).flatMap(({ first, second }, index) => [
    `${programs[index]?.name}: ${first.lines.length} and ${second.lines.length} lines`,
    ...(programs.length === 1 ? [...first.lines, '', ...second.lines] : [`    ${first.lines.at(-1)}`]),
  ]);
}

/** Runs every variant, and tells those that do something else. */
function proven(variants: readonly Variant[], root: string, withCode: boolean): number {
  const changed = changedBehaviours(variants, root);
  for (const { rewriting, program, variant, sentence } of changed) {
    console.log(`${rewriting.group}: ${rewriting.name} of ${program.name}: ${sentence}`);
    if (withCode) for (const [name, text] of Object.entries(variant.files)) console.log(`--- ${name}\n${text}`);
  }
  console.log(`${variants.length - changed.length} of ${variants.length} variants do what the program did`);
  return changed.length > 0 ? 1 : 0;
}
