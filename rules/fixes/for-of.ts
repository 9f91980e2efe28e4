import { ts } from 'ts-morph';

import type { Change } from './changes.ts';
import type { Code } from '../flow/code.ts';
import { isFunctionNode, unitOf, visit, visitUnit } from '../syntax/functions.ts';
import { insertion, replacement, startOf, textOf } from './changes.ts';
import { isLog } from '../flow/logs.ts';

type Callback = ts.ArrowFunction | ts.FunctionExpression;

/**
 * The edits that make a `for…of` of a `forEach` whose callback is written into it; `undefined` where the two would differ:
 * a Map, `this`, a third parameter, a value that is returned. Also where a comment would be lost.
 */
export function forOfChanges(code: Code, call: ts.CallExpression): readonly Change[] | undefined {
  const [callback] = call.arguments;
  if (callback === undefined || call.arguments.length > 1) return undefined;
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return undefined;
  const head = headOf(code, call, callback);
  const place = placeOf(call);
  const returns = returnChanges(code, callback);
  if (head === undefined || place === undefined || returns === undefined || usesThis(callback)) return undefined;
  const file = call.getSourceFile();
  const { body } = callback;
  // What the loop's head and end are written anew from may hold comments: those would be gone.
  if (hasComment(file, place.start, startOf(body)) || hasComment(file, body.end, place.end)) return undefined;
  const [opening, closing] = ts.isBlock(body) ? ['', ''] : bracesAround(body);
  return [
    replacement(file, place.start, startOf(body), `${place.opening}${head} ${opening}`),
    ...returns,
    replacement(file, body.end, place.end, `${closing}${place.closing}`),
  ];
}

function hasComment(file: ts.SourceFile, start: number, end: number): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, file.languageVariant, file.text, undefined, start);
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (scanner.getTokenStart() >= end) return false;
    if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia) return true;
  }
  return false;
}

/** The callback may be an expression alone; its promise is then awaited too. */
function bracesAround(body: ts.Expression): readonly [string, string] {
  if (ts.isAwaitExpression(body) || ts.isVoidExpression(body)) return ['{ ', '; }'];
  return ts.isCallExpression(body) ? ['{ await ', '; }'] : ['{ await (', '); }'];
}

/** What is replaced around the callback's body: the statement, or the body of an arrow function that is nothing else. */
function placeOf(
  call: ts.CallExpression,
): { readonly start: number; readonly end: number; readonly opening: string; readonly closing: string } | undefined {
  let node: ts.Node = call;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isVoidExpression(node.parent) ||
    ts.isAwaitExpression(node.parent)
  ) {
    node = node.parent;
  }
  const { parent } = node;
  const isLast = ts.isReturnStatement(parent) && isLastOfFunction(parent);
  if (ts.isExpressionStatement(parent) || isLast) {
    return { start: startOf(parent), end: parent.end, opening: '', closing: '' };
  }
  if (ts.isArrowFunction(parent) && parent.body === node) {
    return { start: startOf(node), end: node.end, opening: '{ ', closing: ' }' };
  }
  return undefined;
}

function isLastOfFunction(statement: ts.Statement): boolean {
  const block = statement.parent;
  return ts.isBlock(block) && isFunctionNode(block.parent) && block.statements.at(-1) === statement;
}

function headOf(code: Code, call: ts.CallExpression, callback: Callback): string | undefined {
  const access = call.expression;
  if (!ts.isPropertyAccessExpression(access)) return undefined;
  const names = callback.parameters.map(nameOf);
  if (names.length > 2 || names.includes(undefined) || isReused(access.expression, callback)) return undefined;
  const isEach = access.name.text === 'each';
  if (!isEach && isKeyed(code, access.expression, names.length)) return undefined;
  const receiver = textOf(access.expression);
  const items = isEach ? `${receiver}.toArray()` : receiver;
  if (access.questionDotToken !== undefined) {
    return isEach || names.length > 1 ? undefined : `for (const ${names[0] ?? '_item'} of ${items} ?? [])`;
  }
  const [item, index] = isEach ? [names[1], names[0]] : names;
  return index === undefined
    ? `for (const ${item ?? '_item'} of ${items})`
    : `for (const [${index}, ${item ?? '_item'}] of ${items}.entries())`;
}

function nameOf(parameter: ts.ParameterDeclaration): string | undefined {
  return parameter.initializer === undefined && parameter.dotDotDotToken === undefined
    ? textOf(parameter.name)
    : undefined;
}

/** `rows.forEach((rows) => …)`: in the loop's head the new name would hide the old one. */
function isReused(receiver: ts.Expression, callback: Callback): boolean {
  const outer = new Set<string>();
  visit(receiver, (node) => {
    if (ts.isIdentifier(node)) outer.add(node.text);
  });
  let found = false;
  for (const parameter of callback.parameters) {
    visit(parameter.name, (node) => {
      if (ts.isIdentifier(node) && outer.has(node.text)) found = true;
    });
  }
  return found;
}

/** A Map gives `forEach` its values and `for…of` its entries; a Set has no positions. */
function isKeyed(code: Code, receiver: ts.Expression, parameters: number): boolean {
  const name = code.checker.getTypeAtLocation(receiver).getSymbol()?.name ?? '';
  if (name.endsWith('Map')) return true;
  return parameters > 1 && name.endsWith('Set');
}

function usesThis(callback: Callback): boolean {
  if (ts.isArrowFunction(callback)) return false;
  let found = false;
  visitUnit(callback, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && node.text === 'arguments')) found = true;
  });
  return found;
}

/** Each `return` of the callback goes on with the next item; `undefined` where a loop inside, or a value, forbids it. */
function returnChanges(code: Code, callback: Callback): readonly Change[] | undefined {
  if (!ts.isBlock(callback.body)) return [];
  const changes: Change[] = [];
  let possible = true;
  visitUnit(callback.body, (node) => {
    if (!ts.isReturnStatement(node) || unitOf(node) !== callback) return;
    const change = continueFor(code, node, callback);
    if (change === undefined) possible = false;
    else changes.push(...change);
  });
  return possible ? changes : undefined;
}

function continueFor(code: Code, statement: ts.ReturnStatement, callback: Callback): readonly Change[] | undefined {
  for (let node: ts.Node = statement; node !== callback; node = node.parent) {
    if (ts.isIterationStatement(node, false)) return undefined;
  }
  const file = statement.getSourceFile();
  const start = startOf(statement);
  const { expression } = statement;
  if (expression !== undefined && hasComment(file, start, startOf(expression))) return undefined;
  if (expression === undefined) return [replacement(file, start, start + 'return'.length, 'continue')];
  if (!ts.isAwaitExpression(expression) && !ts.isCallExpression(expression)) return undefined;
  // `return log.error('…')`: nothing to wait for.
  const waits = ts.isAwaitExpression(expression) || isLog(code, expression) ? '' : 'await ';
  return [
    replacement(file, start, startOf(expression), `{ ${waits}`),
    insertion(file, statement.end, `${textOf(statement).endsWith(';') ? '' : ';'} continue; }`),
  ];
}
