import { ts } from 'ts-morph';

/** How a call is called in a sentence: `save()`. */
export function callWords(call: ts.Expression): string {
  const callee = ts.isCallExpression(call) ? call.expression : call;
  if (ts.isIdentifier(callee)) return `${callee.text}()`;
  return ts.isPropertyAccessExpression(callee) ? `${callee.name.text}()` : 'this call';
}
