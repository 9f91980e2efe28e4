import { differenceOf } from './compare.ts';
import type { Difference } from './compare.ts';
import { findingsOf } from './findings.ts';
import type { Said } from './findings.ts';
import type { Program, Rewriting } from './program.ts';

/** A program, written in another way. */
export interface Variant {
  readonly program: Program;
  readonly rewriting: Rewriting;
  readonly variant: Program;
}

export interface Measured extends Variant {
  /** What was said of the program as it was. */
  readonly original: readonly Said[];
  readonly difference: Difference | undefined;
}

/** Every program in every form that fits it. */
export function variantsOf(programs: readonly Program[], rewritings: readonly Rewriting[]): readonly Variant[] {
  return programs.flatMap((program) =>
    rewritings.flatMap((rewriting) => {
      const variant = rewriting.rewrite(program);
      return variant === undefined ? [] : [{ program, rewriting, variant }];
    }),
  );
}

/** Two rewritings, one after the other. */
export function together(first: Rewriting, second: Rewriting): Rewriting {
  return {
    name: `${first.name} + ${second.name}`,
    group: first.group,
    keepsNames: first.keepsNames && second.keepsNames,
    rewrite: (program) => {
      const once = first.rewrite(program);
      return once && second.rewrite(once);
    },
  };
}

/** Compares what is said of each variant with what is said of its program. */
export async function measured(variants: readonly Variant[]): Promise<readonly Measured[]> {
  const programs = [...new Set(variants.map(({ program }) => program))];
  const before = new Map((await findingsOf(programs)).map((said, index) => [programs[index], said]));
  const after = await findingsOf(variants.map(({ variant }) => variant));
  return variants.map((each, index) => {
    const original = before.get(each.program) ?? [];
    return { ...each, original, difference: differenceOf(original, after[index] ?? [], each.rewriting.keepsNames) };
  });
}
