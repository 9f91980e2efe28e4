import { ts } from 'ts-morph';

import type { Change } from './changes.ts';
import type { ActorModel } from '../actor/actor-model.ts';
import type { ProgressBeforeWrite } from '../actor/losses/progress-before-write.ts';
import { isWithin, unitOf, visit } from '../syntax/functions.ts';
import { awaited, outermostAwaited } from '../syntax/operands.ts';
import { isChangingMethod } from '../flow/collection-calls.ts';
import type { Mutation } from '../flow/mutations.ts';
import { isInRegion } from '../actor/state/significance.ts';
import { movedBehind } from './moved-statement.ts';

/**
 * The edits of a fix, with which early marks come to stand behind the write of their items. What else the loop changes between
 * the two moves along, so that all that is saved in a moment says the same of an item.
 *
 * @param changes what the fix changes beside, also in the marks themselves
 * @returns `undefined` where it is not plain that the code then does what it did
 */
export function marksBehindWrites(
  actor: ActorModel,
  marks: readonly ProgressBeforeWrite[],
  changes: readonly Change[] = [],
): readonly Change[] | undefined {
  const done = new Set<ts.Statement>();
  let result = changes;
  for (const early of marks.toSorted((a, b) => a.mark.pos - b.mark.pos)) {
    const [mark, write] = [statementOf(early.mark), statementOf(early.write)];
    if (mark === undefined || write === undefined) return undefined;
    if (done.has(mark)) continue;
    const statements = movable(actor, early, mark, write);
    const moved = statements && movedBehind(statements, write, result);
    if (statements === undefined || moved === undefined) return undefined;
    for (const statement of statements) done.add(statement);
    result = moved;
  }
  return result;
}

/** The statement that is nothing but a mark or a write. */
function statementOf(node: ts.Node): ts.ExpressionStatement | undefined {
  const { parent } = outermostAwaited(node);
  return ts.isExpressionStatement(parent) ? parent : undefined;
}

/** The mark, and what moves along; `undefined` where what stands between it and the write may depend on it. */
function movable(
  actor: ActorModel,
  early: ProgressBeforeWrite,
  mark: ts.Statement,
  write: ts.Statement,
): readonly ts.Statement[] | undefined {
  const { state } = early;
  if (!ts.isBlock(mark.parent) || write.parent !== mark.parent || isTried(early)) return undefined;
  const { statements } = mark.parent;
  const all = statements.slice(statements.indexOf(mark), statements.indexOf(write) + 1);
  const mutations = state.variables.flatMap((variable) => variable.mutations);
  const changesOf = (statement: ts.Statement): readonly Mutation[] =>
    mutations.filter(({ node }) => node.parent === statement);
  const moved = all.filter((statement) => changesOf(statement).length > 0);
  const staying = all.filter((statement) => !moved.includes(statement));
  if (!staying.every((each) => isStraight(each) && !mayChange(each))) return undefined;
  const symbols = new Set(moved.flatMap(changesOf).map(({ binding }) => binding.symbol));
  const isAskedFor = [...symbols].some((symbol) =>
    actor.code.referencesOf(symbol).some((use) => isWithinAny(use, staying) || isInOtherFunction(use, early)),
  );
  return isAskedFor ? undefined : moved;
}

/** An error on the way to the write is caught, and the work goes on: behind it, the mark would not be made. */
function isTried({ mark, state: { region } }: ProgressBeforeWrite): boolean {
  for (let node: ts.Node = mark; node !== region.head && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isTryStatement(node.parent) && node.parent.tryBlock === node) return true;
  }
  return false;
}

/** What runs through to its end, unless it throws: no jump leaves the round before the write. */
function isStraight(statement: ts.Statement): boolean {
  return (
    ts.isVariableStatement(statement) ||
    (ts.isExpressionStatement(statement) && ts.isCallExpression(awaited(statement.expression)))
  );
}

/** Whether a statement may change something that a mark is made from: of what type it is may not be known. */
function mayChange(statement: ts.Statement): boolean {
  let changes = false;
  visit(statement, (node) => {
    changes ||=
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      isChangingMethod(node.expression.name.text);
  });
  return changes;
}

function isWithinAny(node: ts.Node, statements: readonly ts.Statement[]): boolean {
  return statements.some((statement) => isWithin(node, statement));
}

/** A function that the loop calls, maybe on the way from the mark to the write. */
function isInOtherFunction(use: ts.Node, { mark, state: { region } }: ProgressBeforeWrite): boolean {
  return unitOf(use) !== unitOf(mark) && isInRegion(use, region) && !isWithin(use, region.head);
}
