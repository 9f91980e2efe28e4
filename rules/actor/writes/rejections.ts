import { ts } from 'ts-morph';

import { isFunctionNode, visit } from '../../syntax/functions.ts';
import { bare } from '../../syntax/operands.ts';
import type { FloatingWrite } from './floating-writes.ts';

/**
 * Whether something takes the rejection of a write that nobody waits for: a `.catch` on the way, or a `try` around the awaited
 * write in a function on the way. Else it ends the process.
 */
export function isRejectionHandled({ drop, write, through }: FloatingWrite): boolean {
  if (hasCatch(drop.promise)) return true;
  return [write.call, ...through].some(
    (call) => call !== drop.call && (isTried(call) || hasCatch(outermostLink(call))),
  );
}

/** `.catch(…)` or `.then(…, …)` somewhere in a chain, with a handler that does not throw itself. */
function hasCatch(chain: ts.Expression): boolean {
  for (let link = bare(chain); ts.isCallExpression(link) && ts.isPropertyAccessExpression(link.expression);) {
    const { expression: callee } = link;
    const handler = link.arguments[callee.name.text === 'catch' ? 0 : 1];
    if (/^(?:catch|then)$/u.test(callee.name.text) && handler !== undefined && !throws(handler)) return true;
    link = bare(callee.expression);
  }
  return false;
}

/** The whole chain that a promise begins. */
function outermostLink(promise: ts.Expression): ts.Expression {
  const access = promise.parent;
  const isLink = ts.isPropertyAccessExpression(access) && access.expression === promise;
  return isLink && ts.isCallExpression(access.parent) ? outermostLink(access.parent) : promise;
}

/** Awaited in a `try` whose `catch` lets the function go on. */
function isTried(call: ts.CallExpression): boolean {
  if (!ts.isAwaitExpression(outermostLink(call).parent)) return false;
  for (let node: ts.Node = call; !isFunctionNode(node) && !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== node || parent.catchClause === undefined) continue;
    return !throws(parent.catchClause.block);
  }
  return false;
}

function throws(handler: ts.Node): boolean {
  let found = false;
  visit(handler, (node) => {
    found ||= ts.isThrowStatement(node);
    return !found && (node === handler || !isFunctionNode(node));
  });
  return found;
}
