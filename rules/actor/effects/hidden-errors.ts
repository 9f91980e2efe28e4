import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { ownCallsOf } from '../own-code.ts';
import { operandAt } from '../../flow/arguments.ts';
import { boundCallsOf, boundOperands } from '../../flow/bound-calls.ts';
import type { Code } from '../../flow/code.ts';
import { isFunctionNode, unitOf, visit } from '../../syntax/functions.ts';
import { triesAround } from '../../syntax/tries.ts';

/** An exit that ends the run well in a `finally`, though the error of its `try` is on its way. */
export interface HiddenError {
  /** The exit, or the call in the `finally` that leads to it. */
  readonly call: ts.CallExpression;
  /** The exit itself. */
  readonly exit: ts.CallExpression;
  readonly guarded: ts.TryStatement;
}

/** How many calls are followed from an exit to the `finally` that makes it. */
const FURTHEST = 3;

/** The errors that an Actor's exits hide, once for each exit in a `finally`. An exit with a code or a message may tell of them. */
export function hiddenErrorsOf(actor: ActorModel): readonly HiddenError[] {
  const { code } = actor;
  const exits = ownCallsOf(actor)
    .filter(ts.isCallExpression)
    .filter((call) => code.roleOf(call, 'lifecycle')?.word === 'exit');
  const found = exits.flatMap((exit) =>
    plainPlacesOf(code, exit).flatMap((place) => hiddenBy(code, place, exit, FURTHEST)),
  );
  return [...new Map(found.map((each) => [each.call, each])).values()];
}

/** The places from which an exit is made with nothing. */
function plainPlacesOf(code: Code, exit: ts.CallExpression): readonly ts.CallExpression[] {
  const operand = operandAt(code, exit, { index: 0 });
  if (operand === undefined) return [exit];
  return boundCallsOf(code, exit, [operand.expression])
    .filter((bound) => bound.path.length > 1 && boundOperands(code, operand, bound).length === 0)
    .flatMap(({ path: [place] }) => (ts.isCallExpression(place) ? [place] : []));
}

function hiddenBy(code: Code, call: ts.CallExpression, exit: ts.CallExpression, depth: number): readonly HiddenError[] {
  const guarded = triesAround(call).find(({ part }) => part === 'finally')?.statement;
  if (guarded !== undefined) return letsErrorsThrough(code, guarded) ? [{ call, exit, guarded }] : [];
  const unit = unitOf(call);
  if (depth === 0 || !isFunctionNode(unit) || !code.graphAround(call).isReachable(call)) return [];
  // A function that exits and does more is one that the work is done in, not a way to say exit.
  if (!isOnlyCall(call, unit)) return [];
  return code
    .callersOf(unit)
    .flatMap((caller) => (ts.isCallExpression(caller) ? hiddenBy(code, caller, exit, depth - 1) : []));
}

function isOnlyCall(call: ts.CallExpression, unit: ts.Node): boolean {
  let isOnly = true;
  visit(unit, (node) => {
    if (ts.isCallExpression(node) && node !== call && !isPartOf(node, call)) isOnly = false;
    return isOnly;
  });
  return isOnly;
}

function isPartOf(node: ts.Node, call: ts.CallExpression): boolean {
  return ts.findAncestor(node, (each) => each === call) !== undefined;
}

/** Without a `catch`, or with one that may throw: what is caught is dealt with. */
function letsErrorsThrough(code: Code, { catchClause }: ts.TryStatement): boolean {
  if (catchClause === undefined) return true;
  let throws = false;
  visit(catchClause.block, (node) => {
    if (isFunctionNode(node)) return false;
    throws ||= ts.isThrowStatement(node) || (ts.isCallExpression(node) && alwaysThrows(code, node));
    return !throws;
  });
  return throws;
}

/** A function whose work is to throw: `rethrow(error)`. */
function alwaysThrows(code: Code, call: ts.CallExpression): boolean {
  const called = code.calledFunctions(call);
  return (
    called.length > 0 &&
    called.every(({ body }) => body !== undefined && ts.isBlock(body) && body.statements.some(ts.isThrowStatement))
  );
}
