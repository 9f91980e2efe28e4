import { ts } from 'ts-morph';

import { isWithin } from '../syntax/functions.ts';

/** Something that holds a value while the process lives: a variable, a field of a class, an exported property. */
export interface Binding {
  readonly symbol: ts.Symbol;
  readonly name: string;
  /** Where it is declared. */
  readonly declaration: ts.Declaration;
}

/** The variable or parameter whose pattern a part belongs to; what is no part of a pattern itself. */
export function patternHolder(declaration: ts.Declaration): ts.Node {
  let holder: ts.Node = declaration;
  while (ts.isBindingElement(holder)) holder = holder.parent.parent;
  return holder;
}

/** Whether something is declared with `const`, alone or as a part of a pattern. */
export function isConst(declaration: ts.Declaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

/** Whether a binding's declaration stands in one of these nodes. */
export function isDeclaredIn({ declaration }: Binding, nodes: Iterable<ts.Node>): boolean {
  for (const node of nodes) if (isWithin(declaration, node)) return true;
  return false;
}
