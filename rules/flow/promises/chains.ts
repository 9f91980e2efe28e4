import { ts } from 'ts-morph';

import type { Code } from '../code.ts';
import { endsProcess } from '../process-ends.ts';
import { isFunctionNode, isWithin, visit } from '../../syntax/functions.ts';
import { bare } from '../../syntax/operands.ts';

/** The methods of a promise whose result is again the promise. */
export function isChainWord(name: string): boolean {
  return name === 'then' || name === 'catch' || name === 'finally';
}

/**
 * Whether a `.then`, `.catch` or `.finally` tells someone that the promise has settled: it calls the `resolve` or the
 * callback of a function around it, goes on with the work, keeps count, or ends the process. Then the promise is waited
 * for, though not by `await`.
 */
export function handsOver(code: Code, chain: ts.CallExpression): boolean {
  const word = ts.isPropertyAccessExpression(chain.expression) ? chain.expression.name.text : '';
  return chain.arguments.some((argument) => {
    const handler = bare(argument);
    if (isFunctionNode(handler)) return goesOn(code, handler, word !== 'catch');
    return ts.isIdentifier(handler) && isParameter(code, handler);
  });
}

/**
 * Whether a callback tells someone that it is done.
 *
 * @param counts whether a change of what lies outside the callback is enough
 */
export function goesOn(code: Code, handler: ts.Node, counts: boolean): boolean {
  let found = false;
  visit(handler, (node) => {
    if (found) return false;
    if (ts.isCallExpression(node)) found = tells(code, node, handler);
    else if (counts) found = changes(code, node, handler);
    return !found;
  });
  return found;
}

function tells(code: Code, call: ts.CallExpression, handler: ts.Node): boolean {
  if (endsProcess(code, call)) return true;
  const callee = call.expression;
  if (ts.isIdentifier(callee) && isParameter(code, callee, handler)) return true;
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'delete') return true;
  // Calls a function that it stands in: the next turn of a hand-made loop.
  return code.calledFunctions(call).some((fn) => isWithin(handler, fn) && fn !== handler);
}

/** A variable from outside that is set or counted. */
function changes(code: Code, node: ts.Node, handler: ts.Node): boolean {
  const target = targetOf(node);
  if (target === undefined) return false;
  if (ts.isPropertyAccessExpression(target)) return target.expression.kind === ts.SyntaxKind.ThisKeyword;
  const declaration = ts.isIdentifier(target) ? code.symbolOf(target)?.valueDeclaration : undefined;
  return declaration !== undefined && !isWithin(declaration, handler);
}

/** What an assignment, `++` or `--` changes. */
export function targetOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator } = node;
    return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken
      ? node.operand
      : undefined;
  }
  const assigns =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
  return assigns ? node.left : undefined;
}

/** A parameter of a function around `handler`, or of any where none is given. */
function isParameter(code: Code, name: ts.Identifier, handler?: ts.Node): boolean {
  const declaration = code.symbolOf(name)?.valueDeclaration;
  if (declaration === undefined || !ts.isParameter(declaration)) return false;
  return handler === undefined || !isWithin(declaration, handler);
}
