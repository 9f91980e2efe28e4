import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { exitFollows } from '../effects/exits.ts';
import { functionAround, unitOf } from '../../syntax/functions.ts';
import type { Drop } from '../../flow/promises/fates.ts';

/** A call that is started and left to itself on purpose: the process lives until it is done, where the module does not end it. */
export function isLeftOnPurpose(code: Code, drop: Drop): boolean {
  if (drop.form === 'iteration') return false;
  if (isRequestListener(drop.call) || hasOwnErrorHandling(code, drop)) return true;
  return ts.isSourceFile(unitOf(drop.call)) && !exitFollows(code, drop.call);
}

/** `work().catch(this.fatal)`: work in the background, whose failure someone deals with, and which goes on by design. */
function hasOwnErrorHandling(code: Code, { promise }: Drop): boolean {
  if (!ts.isCallExpression(promise) || !ts.isPropertyAccessExpression(promise.expression)) return false;
  const [handler] = promise.arguments;
  if (promise.expression.name.text !== 'catch' || handler === undefined) return false;
  const named = ts.isPropertyAccessExpression(handler) && handler.expression.kind === ts.SyntaxKind.ThisKeyword;
  return named || (ts.isIdentifier(handler) && code.functionsOf(handler).length > 0);
}

/** Work that a server's request starts may go on after the answer; the server keeps the process alive. */
function isRequestListener(node: ts.Node): boolean {
  const fn = functionAround(node);
  const [request, response] = fn?.parameters ?? [];
  if (request === undefined || response === undefined) return false;
  return /^_?req(?:uest)?$/u.test(request.name.getText()) && /^_?res(?:ponse)?$/u.test(response.name.getText());
}
