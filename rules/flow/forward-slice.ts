import { ts } from 'ts-morph';

import { isAssignment } from '../syntax/assignments.ts';
import type { Code } from './code.ts';
import type { Call } from '../syntax/file-index.ts';
import { functionAround, isFunctionNode } from '../syntax/functions.ts';
import { outermostAwaited } from '../syntax/operands.ts';
import { isLog } from './logs.ts';

/** What a program does with a value that came back: a record that was read, an object of `useState`. */
export interface RestoredReads {
  /** The parts that are taken from it by name, each with the places: `saved.page`, the `page` of a pattern. */
  readonly fields: ReadonlyMap<string, readonly ts.Node[]>;
  /** Uses of the whole value: the call with its defaults, and each name that stands for it. */
  readonly wholes: readonly ts.Expression[];
  /** False where it goes where it is not followed: then all of it may be read. */
  readonly isFollowed: boolean;
}

/** How often a value is followed from one name into the next. */
const FURTHEST = 6;

/** Follows what a call brings through variables, patterns, returns and arguments to the parts that are read. */
export function readsOf(call: Call, code: Code): RestoredReads {
  const reads = new Reads(code);
  reads.follow(call, 0);
  return reads;
}

class Reads implements RestoredReads {
  readonly fields = new Map<string, ts.Node[]>();
  readonly wholes: ts.Expression[] = [];
  isFollowed = true;
  readonly #code: Code;
  readonly #seen = new Set<ts.Node>();

  constructor(code: Code) {
    this.#code = code;
  }

  /** Follows one use of the value. */
  follow(use: ts.Expression, depth: number): void {
    if (this.#seen.has(use)) return;
    this.#seen.add(use);
    const value = outermostDefaulted(use);
    this.wholes.push(value);
    if (depth > FURTHEST) this.isFollowed = false;
    else this.#into(value, value.parent, depth);
  }

  #into(value: ts.Expression, parent: ts.Node, depth: number): void {
    if (ts.isPropertyAccessExpression(parent) && parent.expression === value) this.#field(parent.name.text, parent);
    else if (ts.isElementAccessExpression(parent) && parent.expression === value) this.#element(parent);
    else if (ts.isVariableDeclaration(parent) && parent.initializer === value) this.#name(parent.name, depth);
    else if (isAssignment(parent)) this.#assigned(parent, value, depth);
    else if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === value))
      this.#returned(parent, depth);
    else if (ts.isCallExpression(parent)) this.#argument(parent, value, depth);
    else if (!isTest(value, parent) && !this.#isWritten(value)) this.isFollowed = false;
  }

  /** Where it goes into a record again: that reads nothing. */
  #isWritten(value: ts.Node): boolean {
    let node = value;
    while (isPartOfLiteral(node.parent)) node = node.parent;
    return ts.isCallExpression(node.parent) && this.#code.roleOf(node.parent, 'write') !== undefined;
  }

  #field(name: string, place: ts.Node): void {
    this.fields.set(name, [...(this.fields.get(name) ?? []), place]);
  }

  #element(access: ts.ElementAccessExpression): void {
    const { argumentExpression: name } = access;
    if (ts.isStringLiteralLike(name)) this.#field(name.text, access);
    else this.isFollowed = false;
  }

  #name(name: ts.BindingName, depth: number): void {
    if (ts.isIdentifier(name)) {
      const symbol = this.#code.symbolOf(name);
      if (symbol !== undefined) this.#uses(symbol, name, depth);
      return;
    }
    for (const element of name.elements) {
      if (ts.isOmittedExpression(element)) continue;
      const key = element.propertyName ?? element.name;
      if (ts.isArrayBindingPattern(name) || element.dotDotDotToken !== undefined || !ts.isIdentifier(key)) {
        this.isFollowed = false;
      } else this.#field(key.text, element);
    }
  }

  #uses(symbol: ts.Symbol, declared: ts.Node, depth: number): void {
    for (const reference of this.#code.referencesOf(symbol)) {
      if (reference === declared || isDeclared(reference)) continue;
      const { parent } = reference;
      const isField = ts.isPropertyAccessExpression(parent) && parent.name === reference;
      this.follow(isField ? parent : reference, depth + 1);
    }
  }

  /** Into a variable, or into a field of the project's own class. */
  #assigned(assignment: ts.BinaryExpression, value: ts.Expression, depth: number): void {
    const { left } = assignment;
    if (left === value) return;
    const isOwn = ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword;
    const name = isOwn ? left.name : left;
    const isName = ts.isIdentifier(name) || ts.isPrivateIdentifier(name);
    const symbol = isName ? this.#code.symbolOf(name) : undefined;
    if (symbol === undefined) this.isFollowed = false;
    else this.#uses(symbol, name, depth);
  }

  #returned(from: ts.Node, depth: number): void {
    const fn = isFunctionNode(from) ? from : functionAround(from);
    const callers = fn === undefined ? [] : this.#code.callersOf(fn);
    if (callers.length === 0) this.isFollowed = false;
    for (const call of callers) this.follow(call, depth + 1);
  }

  #argument(call: ts.CallExpression, value: ts.Expression, depth: number): void {
    if (isLog(this.#code, call) || this.#code.roleOf(call, 'write') !== undefined) return;
    const position = call.arguments.findIndex((each) => each === value);
    const functions = position === -1 ? [] : this.#code.calledFunctions(call);
    const parameters = functions.flatMap((fn) => fn.parameters[position] ?? []);
    if (parameters.length === 0) this.isFollowed = false;
    for (const { name, dotDotDotToken } of parameters) {
      if (dotDotDotToken === undefined) this.#name(name, depth + 1);
      else this.isFollowed = false;
    }
  }
}

function isPartOfLiteral(node: ts.Node): boolean {
  return (
    ts.isObjectLiteralElementLike(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isSpreadElement(node)
  );
}

/** The expression around a use that has the same value, a default behind `||` or `??` included. */
export function outermostDefaulted(use: ts.Expression): ts.Expression {
  let value = outermostAwaited(use);
  while (isDefaulted(value, value.parent)) value = outermostAwaited(value.parent);
  return value;
}

function isDefaulted(value: ts.Expression, parent: ts.Node): parent is ts.BinaryExpression {
  if (!ts.isBinaryExpression(parent) || parent.left !== value) return false;
  const { kind } = parent.operatorToken;
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
}

/** Where the value is only asked whether it is there, or not used at all. */
function isTest(value: ts.Expression, parent: ts.Node): boolean {
  if (ts.isExpressionStatement(parent) || ts.isTypeOfExpression(parent)) return true;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === value;
  if (ts.isPrefixUnaryExpression(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === value;
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return parent.left === value;
  return kind >= ts.SyntaxKind.EqualsEqualsToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken;
}

/** Where a name is declared, imported or exported: no use of its value. */
function isDeclared({ parent }: ts.MemberName): boolean {
  return (
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyDeclaration(parent)
  );
}
