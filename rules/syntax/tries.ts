import { ts } from 'ts-morph';

import { isFunctionNode } from './functions.ts';

/** A `try` around a node, and the part of it that holds the node. */
export interface Trying {
  readonly statement: ts.TryStatement;
  readonly part: 'try' | 'catch' | 'finally';
}

/** The `try` statements around a node within its function, the innermost first. */
export function triesAround(node: ts.Node): readonly Trying[] {
  const found: Trying[] = [];
  for (let current = node; !ts.isSourceFile(current) && !isFunctionNode(current); current = current.parent) {
    const { parent } = current;
    if (!ts.isTryStatement(parent)) continue;
    const part = parent.tryBlock === current ? 'try' : parent.finallyBlock === current ? 'finally' : 'catch';
    found.push({ statement: parent, part });
  }
  return found;
}

/** The `catch` that gets what is thrown at a node; `undefined` where its function has none. */
export function catchAround(node: ts.Node): ts.CatchClause | undefined {
  return triesAround(node).find(({ statement, part }) => part === 'try' && statement.catchClause !== undefined)
    ?.statement.catchClause;
}
