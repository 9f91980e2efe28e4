import { ts } from 'ts-morph';

import { isRead } from '../syntax/assignments.ts';
import { handsOver } from './promise-chains.ts';
import type { Code } from './code.ts';
import { functionAround, unitOf } from '../syntax/functions.ts';
import { bare, isWrapper } from '../syntax/operands.ts';
import type { FunctionNode, Unit } from '../syntax/functions.ts';
import { isOverwritten } from './overwritten.ts';

/**
 * What becomes of a promise. `kept`: something else has it now, such as an array, a field, a function that we do not know;
 * whether it waits cannot be said, so nothing is said.
 */
export type Fate =
  | { readonly kind: 'awaited'; readonly unit: Unit }
  | { readonly kind: 'returned'; readonly by: FunctionNode }
  | { readonly kind: 'kept' }
  | { readonly kind: 'dropped'; readonly drop: Drop };

/**
 * How a promise is dropped. `iteration`: a `forEach` calls back and waits for nothing. `array`: an array of promises is
 * awaited, which waits for none of them. `overwritten`: each round of a loop puts its promise in the place of the one before.
 */
export type DropForm = 'statement' | 'void' | 'unused' | 'iteration' | 'array' | 'overwritten';

/** A promise that nobody waits for. */
export interface Drop {
  readonly form: DropForm;
  /** The call whose promise is dropped: what a person would await. */
  readonly call: ts.Expression;
  /** The call with its `.then`, `.catch`, `.finally`: where an `await` belongs. */
  readonly promise: ts.Expression;
  /** The promise is one of several in an array. */
  readonly several: boolean;
}

/** A promise on its way up the tree. */
interface Carried {
  readonly call: ts.Expression;
  readonly promise: ts.Expression;
  readonly several: boolean;
}

const KEPT: readonly Fate[] = [{ kind: 'kept' }];

/** How often a promise is followed from one variable into the next. */
const FURTHEST = 6;

/**
 * What becomes of the promise that an expression is.
 *
 * @param call the expression, mostly a call
 * @param several true where the expression is an array of promises
 */
export function fatesOf(code: Code, call: ts.Expression, several = false): readonly Fate[] {
  return new Follower(code).climb(call, { call, promise: call, several });
}

class Follower {
  readonly #code: Code;
  readonly #variables = new Set<ts.Symbol>();

  constructor(code: Code) {
    this.#code = code;
  }

  climb(current: ts.Expression, carried: Carried): readonly Fate[] {
    const { parent } = current;
    if (isWrapper(parent)) return this.climb(parent, carried);
    if (ts.isAwaitExpression(parent)) return this.#awaited(parent, carried);
    if (ts.isExpressionStatement(parent) || ts.isForStatement(parent)) return dropped('statement', carried);
    if (ts.isVoidExpression(parent)) return dropped('void', carried);
    if (ts.isBinaryExpression(parent)) return this.#inBinary(parent, current, carried);
    if (ts.isConditionalExpression(parent)) return parent.condition === current ? KEPT : this.climb(parent, carried);
    if (ts.isPropertyAccessExpression(parent)) return this.#member(parent, carried);
    if (ts.isCallExpression(parent)) return this.#argument(parent, current);
    if (ts.isArrayLiteralExpression(parent)) return this.climb(parent, { ...carried, several: true });
    if (ts.isSpreadElement(parent) && ts.isArrayLiteralExpression(parent.parent)) {
      return this.climb(parent.parent, carried);
    }
    if (ts.isReturnStatement(parent)) return returned(parent, carried);
    if (ts.isArrowFunction(parent) && parent.body === current) return returned(current, carried);
    if (ts.isVariableDeclaration(parent) && parent.initializer === current) {
      return ts.isIdentifier(parent.name) ? this.#variable(parent.name, carried) : KEPT;
    }
    return KEPT;
  }

  #awaited(node: ts.AwaitExpression, carried: Carried): readonly Fate[] {
    if (carried.several && isArray(this.#code, node.expression)) return dropped('array', carried);
    return [{ kind: 'awaited', unit: unitOf(node) }];
  }

  #inBinary(parent: ts.BinaryExpression, current: ts.Expression, carried: Carried): readonly Fate[] {
    const { kind } = parent.operatorToken;
    if (kind === ts.SyntaxKind.CommaToken && parent.left === current) return dropped('statement', carried);
    if (kind === ts.SyntaxKind.CommaToken || isShortCircuit(kind)) return this.climb(parent, carried);
    return kind === ts.SyntaxKind.EqualsToken ? this.#assigned(parent, current, carried) : KEPT;
  }

  #assigned(assignment: ts.BinaryExpression, current: ts.Expression, carried: Carried): readonly Fate[] {
    if (assignment.right !== current || !ts.isIdentifier(assignment.left)) return KEPT;
    const asValue = this.climb(assignment, carried);
    if (!asValue.every(isDropped)) return asValue;
    const fates = this.#variable(assignment.left, carried);
    const isLost = !fates.every(isDropped) && isOverwritten(this.#code, assignment, assignment.left);
    return isLost ? [...dropped('overwritten', carried), ...fates] : fates;
  }

  #member(access: ts.PropertyAccessExpression, carried: Carried): readonly Fate[] {
    const call = access.parent;
    if (!ts.isCallExpression(call) || call.expression !== access || carried.several) return KEPT;
    if (!isChainWord(access.name.text)) return KEPT;
    return handsOver(this.#code, call) ? KEPT : this.climb(call, { ...carried, promise: call });
  }

  #argument(call: ts.CallExpression, current: ts.Expression): readonly Fate[] {
    if (call.expression === current || !isPromiseCombinator(call.expression)) return KEPT;
    return this.climb(call, { call, promise: call, several: false });
  }

  /** A variable's promise is kept where one use of it keeps it. */
  #variable(name: ts.Identifier, carried: Carried): readonly Fate[] {
    const symbol = this.#code.symbolOf(name);
    if (symbol === undefined || isExported(symbol)) return KEPT;
    if (this.#variables.has(symbol) || this.#variables.size >= FURTHEST) return KEPT;
    this.#variables.add(symbol);
    const uses = this.#code.referencesOf(symbol).filter((use) => isRead(use) && !this.#isIdle(use));
    const fates = uses.flatMap((use) => this.climb(use, { ...carried, promise: use }));
    const others = fates.filter((fate) => !isDropped(fate));
    if (others.length > 0) return others;
    const chained = fates.find((fate) => isDropped(fate) && !ts.isIdentifier(bare(fate.drop.promise)));
    return chained === undefined ? dropped('unused', carried) : [chained];
  }

  /** A use that only tells of the promise: a log, the length of the array. */
  #isIdle(use: ts.MemberName): boolean {
    const { parent } = use;
    if (ts.isPropertyAccessExpression(parent)) return parent.expression === use && parent.name.text === 'length';
    return ts.isCallExpression(parent) && parent.expression !== use && isLog(this.#code, parent);
  }
}

function isShortCircuit(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function isDropped(fate: Fate): fate is Extract<Fate, { kind: 'dropped' }> {
  return fate.kind === 'dropped';
}

function dropped(form: DropForm, carried: Carried): readonly Fate[] {
  return [{ kind: 'dropped', drop: { form, ...carried } }];
}

/** An array of promises that is returned is left to those who get it: they rarely forget it. */
function returned(node: ts.Node, carried: Carried): readonly Fate[] {
  const by = functionAround(node);
  return by === undefined || carried.several ? KEPT : [{ kind: 'returned', by }];
}

/** The methods of a promise whose result is again the promise. */
export function isChainWord(name: string): boolean {
  return name === 'then' || name === 'catch' || name === 'finally';
}

/** `Promise.all` and its kin: they wait for what they are given. */
function isPromiseCombinator(callee: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === 'Promise' &&
    ['all', 'allSettled', 'any', 'race', 'resolve'].includes(callee.name.text)
  );
}

/** Whether TypeScript knows that a value is an array. */
export function isArray(code: Code, expression: ts.Expression): boolean {
  const type = code.checker.getTypeAtLocation(expression);
  return code.checker.isArrayType(type) || code.checker.isTupleType(type);
}

/** A call that only tells: of the SDK's log, or of the console. */
export function isLog(code: Code, call: ts.CallExpression): boolean {
  const callee = call.expression;
  const onConsole =
    ts.isPropertyAccessExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    ['console', 'log', 'logger'].includes(callee.expression.text);
  return onConsole || code.roleOf(call, 'log') !== undefined;
}

function isExported(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (declaration) =>
      ts.isVariableDeclaration(declaration) &&
      (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0,
  );
}
