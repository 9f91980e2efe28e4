import { ts } from 'ts-morph';

import { bare, isAccess, memberNameOf } from './operands.ts';

/** How a call is called in a sentence: `save()`. */
export function callWords(call: ts.Expression): string {
  const callee = ts.isCallExpression(call) ? bare(call.expression) : call;
  if (ts.isIdentifier(callee)) return `${callee.text}()`;
  const member = isAccess(callee) ? memberNameOf(callee) : undefined;
  return member === undefined ? 'this call' : `${member}()`;
}

/** How a call is called by its whole name, however that is written: `Actor.exit()`; `this call` where it has none. */
export function wholeCallWords(call: ts.Expression): string {
  const name = wholeNameOf(ts.isCallExpression(call) || ts.isNewExpression(call) ? call.expression : call);
  return name === undefined ? 'this call' : `${name}()`;
}

/** The names of what an expression names, however it is written: `process.exit`; `undefined` where one is made at run time. */
export function wholeNameOf(expression: ts.Expression): string | undefined {
  const callee = bare(expression);
  if (ts.isIdentifier(callee)) return callee.text;
  if (callee.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (!isAccess(callee)) return undefined;
  const [owner, member] = [wholeNameOf(callee.expression), memberNameOf(callee)];
  return owner === undefined || member === undefined ? undefined : `${owner}.${member}`;
}

/** How a place is called in a sentence, by its whole name: `` `state.pages` ``. */
export function placeWords(expression: ts.Expression): string {
  const name = wholeNameOf(expression);
  return name === undefined ? 'this value' : `\`${name}\``;
}

/** What a report of a node underlines: of a call what it calls, since its arguments may colour half a file. */
export function underlined(node: ts.Node): { readonly node: ts.Node; readonly until?: ts.Node } {
  return ts.isCallExpression(node) || ts.isNewExpression(node) ? { node, until: node.expression } : { node };
}
