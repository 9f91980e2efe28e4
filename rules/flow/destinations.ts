import { ts } from 'ts-morph';

import { takersOf } from './arguments.ts';
import { calledExpression, callForm, functionMethod } from './call-forms.ts';
import type { WrittenArgument } from './call-forms.ts';
import type { Code } from './code.ts';
import { globalNameOf } from './globals.ts';
import { LIMITS } from './limits.ts';
import { isCall } from '../syntax/file-index.ts';
import type { Call } from '../syntax/file-index.ts';
import { functionAround } from '../syntax/functions.ts';
import { isAccess, memberNameOf, methodOf, outermost, outermostAwaited, propertyNameOf } from '../syntax/operands.ts';
import { declaredNames, patternPart } from '../syntax/patterns.ts';

/** Where a value is given to a call of something that is not the project's: which argument, and where in it. */
export interface Destination {
  readonly call: Call;
  readonly index: number;
  /** The way to the value in the argument: `requestHandler` of an options object. */
  readonly path: readonly string[];
}

/** What is known of where a value goes. */
export interface Destinations {
  readonly given: readonly Destination[];
  /** False where it goes where it is not followed. */
  readonly isAll: boolean;
}

/**
 * Follows a value to the calls that get it: directly, in an object, a list, a constant, through the project's own
 * functions and what they return.
 *
 * @param through the calls that lead to it: what a function returns is followed to that one of its callers only
 */
export function destinationsOf(
  code: Code,
  value: ts.Expression | ts.MethodDeclaration | ts.FunctionDeclaration,
  through: readonly Call[] = [],
): Destinations {
  const search = new Search(code, through);
  search.start(value);
  return search;
}

class Search implements Destinations {
  readonly given: Destination[] = [];
  isAll = true;
  readonly #code: Code;
  readonly #through: readonly Call[];
  readonly #seen = new Set<ts.Node>();

  constructor(code: Code, through: readonly Call[]) {
    this.#code = code;
    this.#through = through;
  }

  start(value: ts.Expression | ts.MethodDeclaration | ts.FunctionDeclaration): void {
    if (ts.isFunctionDeclaration(value)) this.#fromName(value.name, [], 0);
    else if (!ts.isMethodDeclaration(value)) this.#from(value, [], 0);
    else if (ts.isObjectLiteralExpression(value.parent)) this.#fromProperty(value, [], 0);
    else this.#fromName(value.name, [], 0);
  }

  /** @param path the way from this expression to the value */
  #from(expression: ts.Expression, path: readonly string[], depth: number): void {
    const node = outermostAwaited(expression);
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (depth > LIMITS.aliases) {
      this.isAll = false;
      return;
    }
    const { parent } = node;
    if (isCall(parent)) this.#fromCall(parent, node, path, depth);
    else if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent))
      this.#fromProperty(parent, path, depth);
    else if (ts.isSpreadAssignment(parent)) this.#from(parent.parent, path, depth);
    else if (ts.isSpreadElement(parent) && isCall(parent.parent)) this.#fromCall(parent.parent, node, path, depth);
    else if (ts.isArrayLiteralExpression(parent))
      this.#from(parent, [String(parent.elements.findIndex((each) => each === node)), ...path], depth);
    else if (ts.isConditionalExpression(parent) || isChoice(parent)) this.#from(parent, path, depth);
    else if (ts.isVariableDeclaration(parent)) this.#fromPattern(parent.name, path, depth);
    else if (ts.isPropertyDeclaration(parent)) this.#fromName(parent.name, path, depth);
    else if (ts.isExportAssignment(parent)) this.#fromExport(parent, path, depth);
    else if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      this.#fromResult(parent, path, depth);
    else if (isAssigned(parent, node)) this.#fromTarget(parent.left, path, depth);
    else if (isAccess(parent) && parent.expression === node) this.#fromMember(parent, path, depth);
    else if (!ts.isExpressionStatement(parent)) this.isAll = false;
  }

  #fromCall(call: Call, node: ts.Expression, path: readonly string[], depth: number): void {
    if (outermost(calledExpression(this.#code, call)) === node || call.expression === node) return;
    const method = methodOf(call);
    const isSame = method?.name === 'freeze' || method?.name === 'assign' || method?.name === 'seal';
    if (isSame && ts.isIdentifier(method.object) && method.object.text === 'Object')
      return this.#from(call, path, depth);
    const called = this.#code.calledFunctions(call);
    if (called.length === 0) {
      if (isReceiver(this.#code, call, node)) return undefined;
      const place = placeAmong(callForm(this.#code, call).given, node, path);
      if (place === undefined) this.isAll = false;
      else this.given.push({ call, ...place });
      return undefined;
    }
    const takers = takersOf(this.#code, node, call);
    if (takers.length === 0) this.isAll = false;
    for (const { name, taken, within } of takers) {
      const left = without(path, taken);
      if (left !== undefined) this.#fromName(name, [...within, ...left], depth + 1);
    }
  }

  #fromProperty(
    property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.MethodDeclaration,
    path: readonly string[],
    depth: number,
  ): void {
    const name = propertyNameOf(property.name);
    if (name === undefined || !ts.isObjectLiteralExpression(property.parent)) this.isAll = false;
    else this.#from(property.parent, [name, ...path], depth);
  }

  #fromPattern(pattern: ts.BindingName, path: readonly string[], depth: number): void {
    for (const name of declaredNames(pattern)) {
      const way = ts.isBindingElement(name.parent) ? patternPart(name.parent).path : [];
      const left = way === undefined ? undefined : without(path, way);
      if (left !== undefined) this.#fromName(name, left, depth);
    }
  }

  #fromName(name: ts.Node | undefined, path: readonly string[], depth: number): void {
    const symbol = name && this.#code.symbolOf(name);
    if (symbol === undefined || name === undefined) {
      this.isAll = false;
      return;
    }
    for (const use of this.#code.referencesOf(symbol)) if (use !== name) this.#fromUse(use, path, depth + 1);
  }

  #fromUse(use: ts.MemberName, path: readonly string[], depth: number): void {
    const { parent } = use;
    if (ts.isPropertyAccessExpression(parent) && parent.name === use) this.#from(parent, path, depth);
    else if (ts.isIdentifier(use) && !isDeclared(use)) this.#from(use, path, depth);
  }

  #fromExport(assignment: ts.ExportAssignment, path: readonly string[], depth: number): void {
    const module = this.#code.checker.getSymbolAtLocation(assignment.getSourceFile());
    const exported = module?.exports?.get(ts.InternalSymbolName.Default);
    if (exported === undefined) this.isAll = false;
    else for (const use of this.#code.referencesOf(exported)) this.#fromUse(use, path, depth + 1);
  }

  #fromResult(from: ts.Node, path: readonly string[], depth: number): void {
    const fn = ts.isArrowFunction(from) ? from : functionAround(from);
    const all = fn === undefined ? [] : this.#code.callersOf(fn);
    const known = all.filter((call) => this.#through.includes(call));
    const callers = known.length > 0 ? known : all;
    if (callers.length === 0) this.isAll = false;
    for (const call of callers) this.#from(call, path, depth + 1);
  }

  /** `options.requestHandler = handle` */
  #fromTarget(target: ts.Expression, path: readonly string[], depth: number): void {
    if (ts.isIdentifier(target)) return this.#fromName(target, path, depth);
    const name = isAccess(target) ? memberNameOf(target) : undefined;
    if (!isAccess(target) || name === undefined) this.isAll = false;
    else if (ts.isIdentifier(target.expression)) this.#fromName(target.expression, [name, ...path], depth);
    else if (ts.isPropertyAccessExpression(target)) this.#fromName(target.name, path, depth);
    return undefined;
  }

  #fromMember(
    access: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    path: readonly string[],
    depth: number,
  ): void {
    const name = memberNameOf(access);
    const [first, ...left] = path;
    const outer = outermostAwaited(access);
    // `handle.bind(this)` is the function still.
    if (name === 'bind' && ts.isCallExpression(outer.parent) && outer.parent.expression === outer)
      this.#from(outer.parent, path, depth);
    else if (first !== undefined && (name === first || name === undefined)) this.#from(access, left, depth);
  }
}

/** `crawler.run.call(crawler)`: what a method is called on goes nowhere. */
function isReceiver(code: Code, call: Call, node: ts.Expression): boolean {
  const at =
    functionMethod(code, call) !== undefined
      ? 0
      : globalNameOf(code, call.expression) === 'Reflect.apply'
        ? 1
        : undefined;
  const given = at === undefined ? undefined : call.arguments?.[at];
  return given !== undefined && outermostAwaited(given) === node;
}

/** Which argument a value is in, and where: a list that is spread brings its elements. */
function placeAmong(
  given: readonly WrittenArgument[],
  node: ts.Expression,
  path: readonly string[],
): Omit<Destination, 'call'> | undefined {
  const index = given.findIndex(({ expression }) => outermostAwaited(expression) === node);
  if (index === -1 || given.slice(0, index).some(({ isSpread }) => isSpread)) return undefined;
  if (given[index]?.isSpread !== true) return { index, path };
  const [first, ...inner] = path;
  const place = Number(first);
  return Number.isInteger(place) ? { index: index + place, path: inner } : undefined;
}

/** The way that is left behind what is taken; `undefined` where something else is taken. */
function without(path: readonly string[], taken: readonly string[]): readonly string[] | undefined {
  return taken.every((step, index) => path[index] === step) ? path.slice(taken.length) : undefined;
}

function isChoice(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.AmpersandAmpersandToken].includes(
      node.operatorToken.kind,
    )
  );
}

function isAssigned(parent: ts.Node, node: ts.Node): parent is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(parent) && parent.right === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** Where a name is declared, imported or exported: no use of its value. */
function isDeclared(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return true;
  return 'name' in parent && parent.name === name && !ts.isShorthandPropertyAssignment(parent);
}
