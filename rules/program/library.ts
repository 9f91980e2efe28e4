import type { ts } from 'ts-morph';

/** Whether a node stands in TypeScript's own declarations of JavaScript: Map, Date, Infinity. */
export function isOfLibrary(node: ts.Node): boolean {
  return /\/lib\.[\w.]+\.d\.ts$/u.test(node.getSourceFile().fileName);
}
