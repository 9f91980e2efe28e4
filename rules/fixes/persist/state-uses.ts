import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import { isFunctionNode, isWithin } from '../../syntax/functions.ts';
import { insertion, replacement, startOf, textOf } from '../changes.ts';
import type { KeptVariable } from './kept-variables.ts';

/** Makes of each use of a variable one of a property of the state; `undefined` where one of them cannot be one. */
export function useChanges(
  variable: KeptVariable,
  all: readonly KeptVariable[],
  state: string,
): readonly Change[] | undefined {
  const names = new Set(all.map(({ name }) => name));
  const property = `${state}.${variable.name}`;
  const changes = variable.uses.map((use) =>
    variable.kind === 'set' ? setUse(variable, use, property, names) : plainUse(use, property),
  );
  return changes.includes(undefined) ? undefined : changes.flatMap((each) => each ?? []);
}

function plainUse(use: ts.Identifier, property: string): readonly Change[] | undefined {
  const { parent } = use;
  if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent) || ts.isBindingElement(parent)) return undefined;
  if (ts.isTypeQueryNode(parent) || ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent))
    return undefined;
  const file = use.getSourceFile();
  if (ts.isShorthandPropertyAssignment(parent)) return [insertion(file, use.end, `: ${property}`)];
  return [replacement(file, startOf(use), use.end, property)];
}

/** A Set becomes an array, which JSON keeps: only where all that is asked of it can be asked of an array. */
function setUse(
  variable: KeptVariable,
  use: ts.Identifier,
  property: string,
  names: ReadonlySet<string>,
): readonly Change[] | undefined {
  const { parent } = use;
  const plain = plainUse(use, property);
  if (plain === undefined || variable.isReassigned) return undefined;
  if (ts.isSpreadElement(parent)) return plain;
  if (ts.isForOfStatement(parent) && parent.expression === use) return plain;
  if (ts.isCallExpression(parent)) return textOf(parent.expression) === 'Array.from' ? plain : undefined;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== use || parent.questionDotToken !== undefined)
    return undefined;
  const file = use.getSourceFile();
  const rename = (name: string): readonly Change[] => [
    ...plain,
    replacement(file, startOf(parent.name), parent.name.end, name),
  ];
  const call = ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? parent.parent : undefined;
  switch (parent.name.text) {
    case 'size':
      return call === undefined ? rename('length') : undefined;
    case 'has':
      return call === undefined ? undefined : rename('includes');
    case 'values':
      return call === undefined ? undefined : plain;
    case 'forEach':
      return call?.arguments.some((each) => isFunctionNode(each) && each.parameters.length <= 1) === true
        ? plain
        : undefined;
    case 'add':
      return call === undefined ? undefined : addChanges(call, use, property, names);
    default:
      return undefined;
  }
}

/** `seen.add(id)` keeps one of each; an array has to be asked before. */
function addChanges(
  call: ts.CallExpression,
  use: ts.Identifier,
  property: string,
  names: ReadonlySet<string>,
): readonly Change[] | undefined {
  const [item] = call.arguments;
  const statement = call.parent;
  if (item === undefined || call.arguments.length > 1 || !ts.isExpressionStatement(statement) || !isSimple(item, names))
    return undefined;
  if (
    !ts.isBlock(statement.parent) &&
    !ts.isSourceFile(statement.parent) &&
    !ts.isCaseOrDefaultClause(statement.parent)
  )
    return undefined;
  const file = call.getSourceFile();
  const push = `${property}.push`;
  const guard = isAskedBefore(statement, `${use.text}.has(${textOf(item)})`)
    ? ''
    : `if (!${property}.includes(${textOf(item)})) `;
  return [replacement(file, startOf(call), call.expression.end, `${guard}${push}`)];
}

/** What has no effect, is not rewritten itself, and may so be written twice. */
function isSimple(item: ts.Expression, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(item)) return !names.has(item.text);
  if (ts.isStringLiteralLike(item) || ts.isNumericLiteral(item)) return true;
  if (ts.isPropertyAccessExpression(item))
    return item.expression.kind === ts.SyntaxKind.ThisKeyword || isSimple(item.expression, names);
  if (ts.isTemplateExpression(item)) return item.templateSpans.every(({ expression }) => isSimple(expression, names));
  return ts.isNonNullExpression(item) || ts.isAsExpression(item) ? isSimple(item.expression, names) : false;
}

/** `if (seen.has(id)) continue;` above, or `if (!seen.has(id)) { … }` around, with no wait in between. */
function isAskedBefore(statement: ts.Statement, question: string): boolean {
  const list = statement.parent;
  if (!ts.isBlock(list) && !ts.isSourceFile(list)) return false;
  const around = list.parent;
  if (ts.isBlock(list) && ts.isIfStatement(around) && isWithin(statement, around.thenStatement)) {
    if (textOf(around.expression) === `!${question}` && list.statements[0] === statement) return true;
  }
  const before = list.statements[list.statements.indexOf(statement) - 1];
  if (before === undefined || !ts.isIfStatement(before) || textOf(before.expression) !== question) return false;
  const last = ts.isBlock(before.thenStatement) ? before.thenStatement.statements.at(-1) : before.thenStatement;
  return (
    last !== undefined && (ts.isContinueStatement(last) || ts.isReturnStatement(last) || ts.isBreakStatement(last))
  );
}
