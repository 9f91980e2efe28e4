import { ts } from 'ts-morph';

import type { Region } from './regions.ts';

/** The first line of a region: what a person reads as its name, without the code in it. */
export function headOf({ head }: Region): { readonly node: ts.Node } {
  if (ts.isNewExpression(head) || ts.isCallExpression(head)) return { node: head.expression };
  if (ts.isForStatement(head)) return { node: head.initializer ?? head.condition ?? head.statement };
  if (ts.isForOfStatement(head) || ts.isForInStatement(head)) return { node: head.initializer };
  if (ts.isWhileStatement(head) || ts.isDoStatement(head)) return { node: head.expression };
  return { node: ts.isFunctionDeclaration(head) && head.name !== undefined ? head.name : head };
}
