import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { progressBeforeWritesIn } from '../../actor/losses/progress-before-write.ts';
import type { ProgressBeforeWrite } from '../../actor/losses/progress-before-write.ts';
import { isFunctionNode, isWithin, visit, visitUnit } from '../../syntax/functions.ts';
import type { Mutation } from '../../flow/mutations.ts';
import type { RegionState, StateVariable } from '../../actor/state/own-state.ts';
import type { Region } from '../../actor/regions/regions.ts';
import { isInRegion } from '../../actor/state/significance.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isSleepName } from '../../sdk/words.ts';
import { awaited, methodOf, outermostAwaited } from '../../syntax/operands.ts';

/**
 * Whether a region goes on where it was once these variables are kept.
 *
 * A crawler does, for its queue is kept. A loop does if its position is among what is kept. A loop over a list starts over
 * from the first item, and what it had gathered would be gathered twice, unless it asks what is kept whether an item is done.
 */
export function goesOn(actor: ActorModel, state: RegionState, kept: readonly StateVariable[]): boolean {
  const { region } = state;
  if (region.kind === 'request handlers') return true;
  if (region.kind !== 'loop') return false;
  if (isQueueDriven(actor, region)) return true;
  const { head } = region;
  if (ts.isForOfStatement(head) || ts.isForInStatement(head)) return skipsWhatIsDone(actor, head.statement, kept);
  if (!ts.isIterationStatement(head, false)) return false;
  const owned = state.variables.filter(({ owner }) => owner !== undefined);
  const positions = kept.flatMap((variable) => {
    const mutations = positionOf(actor, variable);
    return mutations === undefined ? [] : [{ mutations, early: progressBeforeWritesIn(actor, variable, state) }];
  });
  if (!positions.every(({ mutations, early }) => movesOnLast(mutations, head, early))) return false;
  return positions.length > 0 || owned.some((variable) => positionOf(actor, variable) !== undefined);
}

/** The changes that move the loop on: those of a variable, or of the properties of an object, that say where the work is. */
function positionOf(
  actor: ActorModel,
  { binding, significance, mutations }: StateVariable,
): readonly Mutation[] | undefined {
  if (significance.position.length === 0) return undefined;
  const whole = mutations.filter(({ isWhole, kind }) => isWhole || kind === 'remove');
  if (whole.length > 0) return whole;
  const names = new Set(significance.position.flatMap((call) => propertiesIn(actor, call, binding.symbol)));
  const moves = mutations.filter(
    ({ kind, node }) =>
      (kind === 'step' || kind === 'set') && propertiesIn(actor, node, binding.symbol).some((name) => names.has(name)),
  );
  return moves.length > 0 ? moves : undefined;
}

/** `page` for `state.page`. */
function propertiesIn(actor: ActorModel, root: ts.Node, symbol: ts.Symbol): readonly string[] {
  const names: string[] = [];
  visit(root, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return;
    if (actor.code.symbolOf(node.expression) === symbol) names.push(node.name.text);
  });
  return names;
}

function isQueueDriven(actor: ActorModel, region: Region): boolean {
  return actor.files.some((file) =>
    indexOf(file).calls.some(
      (call) =>
        isInRegion(call, region) &&
        actor.code.rolesOf(call).some((role) => role.kind === 'read' && role.store === 'request-queue'),
    ),
  );
}

/** `if (done.has(item)) continue;` before the first thing that a round waits for. */
function skipsWhatIsDone(actor: ActorModel, body: ts.Statement, kept: readonly StateVariable[]): boolean {
  if (!ts.isBlock(body)) return false;
  for (const statement of body.statements) {
    if (ts.isIfStatement(statement) && isJump(statement.thenStatement) && asks(actor, statement.expression, kept))
      return true;
    if (waits(statement)) return false;
  }
  return false;
}

function isJump(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && ts.isContinueStatement(last);
}

function asks(actor: ActorModel, condition: ts.Expression, kept: readonly StateVariable[]): boolean {
  const symbols = new Set(kept.map(({ binding }) => binding.symbol));
  let found = false;
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression: collection, name } = node.expression;
      const symbol = ts.isIdentifier(collection) ? actor.code.symbolOf(collection) : undefined;
      found ||= symbol !== undefined && symbols.has(symbol) && ['has', 'includes'].includes(name.text);
    }
    ts.forEachChild(node, look);
  };
  look(condition);
  return found;
}

/**
 * Whether a round moves the position on when its work is done. Moved on before, the work under way would be skipped by the
 * next process, since what is saved says that it is done. An early mark is moved behind its write.
 */
function movesOnLast(
  mutations: readonly Mutation[],
  loop: ts.IterationStatement,
  early: readonly ProgressBeforeWrite[],
): boolean {
  return mutations.every(({ node }) => {
    if (!isWithin(node, loop)) return false;
    const moved = early.find(({ mark }) => isWithin(node, mark));
    if (isWithin(node, loop.statement))
      return !waitsAfter(moved === undefined ? node : outermostAwaited(moved.write), loop);
    return ts.isForStatement(loop)
      ? loop.incrementor !== undefined && isWithin(node, loop.incrementor)
      : ts.isDoStatement(loop);
  });
}

function waitsAfter(change: ts.Node, loop: ts.IterationStatement): boolean {
  let node = change;
  while (node !== loop) {
    const { parent } = node;
    if (isFunctionNode(parent) || ts.isAwaitExpression(parent)) return true;
    if (parent !== loop && ts.isIterationStatement(parent, false) && waits(parent)) return true;
    if (ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent)) {
      const rest = parent.statements.filter(({ pos }) => pos >= node.end);
      if (rest.some(waits)) return true;
      if (rest.some(endsRound)) return false;
    }
    node = parent;
  }
  return false;
}

function endsRound(statement: ts.Statement): boolean {
  return ts.isContinueStatement(statement) || ts.isBreakStatement(statement) || ts.isReturnStatement(statement);
}

/** `sleep(1000)`, `new Promise((done) => setTimeout(done, 1000))` */
function onlyWaits(expression: ts.Expression): boolean {
  const waiting = awaited(expression);
  if (ts.isNewExpression(waiting)) return ts.isIdentifier(waiting.expression) && waiting.expression.text === 'Promise';
  if (!ts.isCallExpression(waiting)) return false;
  const name = ts.isIdentifier(waiting.expression) ? waiting.expression.text : methodOf(waiting)?.name;
  return name !== undefined && isSleepName(name);
}

/** Whether a statement awaits something other than the time. */
function waits(statement: ts.Node): boolean {
  let found = false;
  const look = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node) && !onlyWaits(node.expression)) found = true;
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) found = true;
  };
  look(statement);
  visitUnit(statement, look);
  return found;
}
