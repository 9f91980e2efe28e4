import type { Variant } from './measure.ts';
import type { Program } from './program.ts';
import { behavioursOf } from './records.ts';
import type { Behaviour, RunRecord } from './records.ts';

/** A variant that does something else than its program: a fault of the rewriting. */
export interface Changed extends Variant {
  readonly sentence: string;
}

/** Runs programs and variants, and tells which of the variants does something else. */
export function changedBehaviours(variants: readonly Variant[], root: string): readonly Changed[] {
  const programs = [...new Set(variants.map(({ program }) => program))];
  const before = new Map<Program, Behaviour>();
  for (const [index, behaviour] of behavioursOf(programs, root).entries()) {
    const program = programs[index];
    if (program !== undefined) before.set(program, behaviour);
  }
  const after = behavioursOf(
    variants.map(({ variant }) => variant),
    root,
  );
  return variants.flatMap((each, index) => {
    const one = before.get(each.program);
    const other = after[index];
    const sentence = one && other && (differenceOf(one.first, other.first) ?? differenceOf(one.second, other.second));
    return sentence === undefined ? [] : [{ ...each, sentence }];
  });
}

function differenceOf(one: RunRecord, other: RunRecord): string | undefined {
  const count = Math.max(one.lines.length, other.lines.length);
  for (let index = 0; index < count; index += 1) {
    const [before = 'nothing', after = 'nothing'] = [one.lines[index], other.lines[index]];
    if (before !== after) return `line ${index + 1}: "${before}" became "${after}"`;
  }
  return undefined;
}
