import { ts } from 'ts-morph';

import type { ActorModel } from './actor-model.ts';
import { isWithin, unitOf } from './functions.ts';
import type { Mutation } from './mutations.ts';
import type { RegionState, StateVariable } from './own-state.ts';
import { isInRegion } from './significance.ts';

/** A kept position or seen-mark that a loop moves on before it waits for the write of that round's items. */
export interface EarlyMark {
  readonly name: string;
  readonly mark: ts.ExpressionStatement;
  readonly write: ts.ExpressionStatement;
  readonly region: RegionState['region'];
}

/**
 * The marks that stand before an awaited write of the same block. Only in a loop, where one round follows the other: the
 * handlers of a crawler run side by side, and a mark before the write keeps one from doing what another one does.
 */
export function earlyMarksOf(actor: ActorModel): readonly EarlyMark[] {
  return actor.regions
    .filter(({ region }) => region.kind === 'loop')
    .flatMap(({ region, variables }) =>
      variables.filter(isKeptMark).flatMap(({ binding, mutations }) => {
        const marks = mutations.filter(({ node }) => isInRegion(node, region));
        // Moved on in several places, it is not plain which of them counts.
        const [mark, ...others] = marks;
        if (mark === undefined || others.length > 0) return [];
        const statements = earlyStatements(mark, actor);
        return statements === undefined ? [] : [{ name: binding.name, ...statements, region }];
      }),
    );
}

/** Kept over a migration, and what is skipped or where the work goes on depends on it. */
function isKeptMark({ owner, significance, mutations }: StateVariable): boolean {
  if (owner === undefined || owner.kind === 'restored') return false;
  return mutations.every(
    ({ kind }) =>
      (kind === 'add' && significance.decides.has('output')) || (kind === 'step' && significance.position.length > 0),
  );
}

function earlyStatements(
  { node }: Mutation,
  { persistence }: ActorModel,
): Pick<EarlyMark, 'mark' | 'write'> | undefined {
  const mark = node.parent;
  if (!ts.isExpressionStatement(mark) || !ts.isBlock(mark.parent)) return undefined;
  const { statements } = mark.parent;
  const later = statements.slice(statements.indexOf(mark) + 1);
  const write = later.find((statement): statement is ts.ExpressionStatement => {
    if (!ts.isExpressionStatement(statement) || !ts.isAwaitExpression(statement.expression)) return false;
    return persistence.saves.some(
      ({ call, store }) => store === 'dataset' && unitOf(call) === unitOf(mark) && isWithin(call, statement),
    );
  });
  return write && { mark, write };
}
