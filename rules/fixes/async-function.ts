import { ts } from 'ts-morph';

import type { Change } from './changes.ts';
import { isAsync } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { insertion, startOf, textOf } from './changes.ts';

/** The edits that make a function async; `undefined` for what cannot be: constructors, accessors, generators. */
export function asyncChanges(fn: FunctionNode): readonly Change[] | undefined {
  if (ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return undefined;
  if (!ts.isArrowFunction(fn) && fn.asteriskToken !== undefined) return undefined;
  if (isAsync(fn)) return [];
  const type = typeChanges(fn);
  return type && [insertion(fn.getSourceFile(), placeOfAsync(fn), 'async '), ...type];
}

/** Before the word `function`, a method's name, an arrow's parameters: behind `export`, `static` and their kin. */
function placeOfAsync(fn: FunctionNode): number {
  if (ts.isMethodDeclaration(fn)) return startOf(fn.name);
  const file = fn.getSourceFile();
  const keyword = fn.getChildren(file).find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
  return keyword === undefined ? startOf(fn) : keyword.getStart(file);
}

function typeChanges(fn: FunctionNode): readonly Change[] | undefined {
  const { type } = fn;
  if (type === undefined || type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UnknownKeyword) {
    return [];
  }
  if (ts.isTypePredicateNode(type)) return undefined;
  if (/^Promise\b/u.test(textOf(type))) return [];
  const file = fn.getSourceFile();
  return [insertion(file, startOf(type), 'Promise<'), insertion(file, type.end, '>')];
}
