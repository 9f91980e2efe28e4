import { ts } from 'ts-morph';

import type { Fix } from '../../fixes/changes.ts';
import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';
import type { Call } from '../../syntax/file-index.ts';
import { visit } from '../../syntax/functions.ts';

/** In front of the work: where nothing that is declared from there on is used in the listener. */
export function moveFixes(registration: Call, end: ts.Node): readonly Fix[] {
  const [late, work] = [statementAround(registration), statementAround(end)];
  if (late === undefined || work === undefined || late.parent !== work.parent) return [];
  const block = work.parent;
  if (!ts.isExpressionStatement(late) || (!ts.isBlock(block) && !ts.isSourceFile(block))) return [];
  const at = block.statements.indexOf(work);
  const place = block.statements[at - 1];
  const between = block.statements.slice(at, block.statements.indexOf(late));
  if (place === undefined || between.some((statement) => declaresFor(statement, late))) return [];
  const changes = movedBehind([late], place);
  if (changes === undefined) return [];
  return [{ id: 'move', title: 'Register it before the work begins', safe: false, changes: () => changes }];
}

/** Whether a statement declares a name that another one has in it. */
function declaresFor(statement: ts.Statement, other: ts.Statement): boolean {
  const names = new Set<string>();
  visit(other, (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
  });
  let declares = false;
  visit(statement, (node) => {
    const isName = ts.isIdentifier(node) && names.has(node.text);
    declares ||=
      isName &&
      (ts.isVariableDeclaration(node.parent) || ts.isBindingElement(node.parent)) &&
      node.parent.name === node;
    declares ||= isName && (ts.isFunctionDeclaration(node.parent) || ts.isClassDeclaration(node.parent));
  });
  return declares;
}
