import { ts } from 'ts-morph';

import { isRead } from '../../syntax/assignments.ts';
import type { Code } from '../code.ts';
import { isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';

/**
 * Whether each round of a loop gives a variable another value, and nothing in the loop looks at the one before: behind the
 * loop only the last is left. Quiet where a round may be the only one that assigns, and where other functions read it.
 */
export function isOverwritten(code: Code, assignment: ts.BinaryExpression, name: ts.Identifier): boolean {
  const loop = loopThatRepeats(assignment.parent);
  const symbol = code.symbolOf(name);
  if (loop === undefined || symbol === undefined) return false;
  const reads = code.referencesOf(symbol).filter(isRead);
  return reads.every((read) => unitOf(read) === unitOf(name) && !isWithin(read, loop));
}

/** The loop whose rounds all come to a statement, and go on behind it. */
function loopThatRepeats(statement: ts.Node): ts.IterationStatement | undefined {
  for (let node = statement; !ts.isSourceFile(node) && !isFunctionNode(node); node = node.parent) {
    const { parent } = node;
    if (ts.isIterationStatement(parent, false)) return parent;
    if (ts.isBlock(parent) && leavesLoop(parent.statements.at(-1))) return undefined;
    if (!ts.isBlock(parent) && !(ts.isTryStatement(parent) && parent.tryBlock === node)) return undefined;
  }
  return undefined;
}

function leavesLoop(last: ts.Statement | undefined): boolean {
  return last !== undefined && (ts.isBreakStatement(last) || ts.isReturnStatement(last) || ts.isThrowStatement(last));
}
