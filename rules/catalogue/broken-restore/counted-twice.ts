import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import type { RestoredPart } from '../../actor/records/restored-records.ts';
import type { Code } from '../../flow/code.ts';
import { readsFrom } from '../../flow/forward-slice.ts';
import type { RestoredReads } from '../../flow/forward-slice.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import { placeWords } from '../../syntax/call-words.ts';
import { bare, isAccess } from '../../syntax/operands.ts';
import { termsWith } from '../../syntax/sums.ts';
import type { Report } from '../rule.ts';

/** What came back is added to itself: `let count = saved.count; count += saved.count`, or the size of a restored collection. */
export function countedTwice({ code }: ActorModel, parts: readonly RestoredPart[]): readonly Report[] {
  return [...addedCounts(code, parts), ...parts.flatMap((part) => addedSizes(code, part))];
}

function addedCounts(code: Code, parts: readonly RestoredPart[]): readonly Report[] {
  return parts.flatMap(({ field, reads: { uses } }) =>
    uses.flatMap((use): readonly Report[] => {
      if (use.kind !== 'computed' || use.by.operatorToken.kind !== ts.SyntaxKind.PlusEqualsToken) return [];
      const { by: step } = use;
      const before = parts.find(
        (other) =>
          other.field === field && other.reads.wholes.includes(step.left) && code.order.mayRunBefore(other.place, step),
      );
      if (before === undefined) return [];
      return [
        {
          node: step,
          severity: 'warning',
          message: `${placeWords(step.left)} starts from what was restored, and here that is added to it again: each migration doubles it`,
          related: [{ node: before.place, message: 'it has it from here already' }],
          fixes: [],
        },
      ];
    }),
  );
}

/** `const seen = new Set(saved); const before = seen.size; … seen.size + before`: it holds what came back already. */
function addedSizes(code: Code, { reads }: RestoredPart): readonly Report[] {
  return [reads, ...copiesOf(code, reads)].flatMap(({ fields }) => {
    const sizes = ['size', 'length'].flatMap((name) => fields.get(name) ?? []);
    const kept = new Map(sizes.flatMap((size) => namesFor(code, size).map((name) => [name, size] as const)));
    return sizes.filter(isAccess).flatMap((size): readonly Report[] => {
      const [again] = termsWith(size).flatMap((term) => kept.get(term) ?? []);
      if (again === undefined) return [];
      return [
        {
          node: size,
          severity: 'warning',
          message: `${placeWords(size.expression)} holds what was restored, and here its size from the start is added to it again: after a migration that counts twice`,
          related: [{ node: again, message: 'the size from the start' }],
          fixes: [],
        },
      ];
    });
  });
}

/** The expressions that have a size under a name of their own. */
function namesFor(code: Code, size: ts.Node): readonly ts.Expression[] {
  return readsFrom(code, size)
    .wholes.map(bare)
    .filter((whole) => whole !== size);
}

/**
 * What is done with the collections that a list is put into: `new Set(…)`, `[...saved]`. A list may be put into itself, as in
 * `found = [...found, id]`.
 */
function copiesOf(code: Code, { uses }: RestoredReads, met = new Set<ts.Node>()): readonly RestoredReads[] {
  return uses.flatMap((use): readonly RestoredReads[] => {
    if (use.kind === 'copied') return isCollection(code, use.into) ? [readsFrom(code, use.into)] : [];
    if (use.kind !== 'spread' || !ts.isArrayLiteralExpression(use.into) || met.has(use.into)) return [];
    met.add(use.into);
    const list = readsFrom(code, use.into);
    return [list, ...copiesOf(code, list, met)];
  });
}

function isCollection(code: Code, made: ts.NewExpression): boolean {
  return ['Set', 'Map', 'Array'].includes(calledGlobal(code, made) ?? '');
}
