import { ts } from 'ts-morph';

import { AccessPaths } from './access-paths.ts';
import { takersOf } from './arguments.ts';
import type { Code } from './code.ts';
import { calledGlobal } from './call-forms.ts';
import { LIMITS } from './limits.ts';
import { knownSteps } from './places.ts';
import { collecting, partTaken, takesItems } from './path-steps.ts';
import { isCall } from '../syntax/file-index.ts';
import type { Call } from '../syntax/file-index.ts';
import { functionAround, isFunctionNode } from '../syntax/functions.ts';
import { accessBy, bare, isAccess, isWrapper, methodOf, outermost, propertyNameOf } from '../syntax/operands.ts';
import { declaredNames, patternPart } from '../syntax/patterns.ts';

/** The way to a value in what holds it; empty for the whole, and where it is not known. */
type Way = readonly string[];

/** A name that has a value, or the call of a function that returns it. */
type Heir =
  | { readonly kind: 'name'; readonly symbol: ts.Symbol; readonly way: Way }
  | { readonly kind: 'call'; readonly name: ts.MemberName; readonly way: Way };

/** Where a value is in an expression. */
interface Held {
  readonly node: ts.Node;
  readonly way: Way;
}

/**
 * The names under which a binding's value is used: its own, its aliases, and variables and parameters whose value is made
 * from it. A result counts through the function that returns it: the name by which that is called is a use too.
 *
 * @param way only the uses of this part of the value, and those of which it is not plain which part they mean
 */
export function usesOf(code: Code, symbol: ts.Symbol, way: Way = []): readonly ts.MemberName[] {
  const found = new Uses(code);
  found.follow(symbol, 0, way);
  return [...found.uses];
}

/** These uses of a value, and all that `usesOf` would find from there. */
export function usesFrom(code: Code, names: readonly ts.MemberName[]): readonly ts.MemberName[] {
  const found = new Uses(code);
  for (const name of names) found.take(name, 0, []);
  return [...found.uses];
}

class Uses {
  readonly uses = new Set<ts.MemberName>();
  readonly #code: Code;
  readonly #paths: AccessPaths;
  readonly #seen = new Map<ts.Symbol | ts.Node, Set<string>>();

  constructor(code: Code) {
    this.#code = code;
    this.#paths = new AccessPaths(code);
  }

  follow(symbol: ts.Symbol, depth: number, way: Way): void {
    if (this.#isSeen(symbol, way)) return;
    for (const reference of this.#code.referencesOf(symbol)) this.take(reference, depth, way);
  }

  take(use: ts.MemberName, depth: number, way: Way): void {
    const held = heldBy(this.#code, use, way);
    if (held === undefined || this.#isSeen(use, way)) return;
    this.uses.add(use);
    if (depth >= LIMITS.aliases) return;
    for (const heir of this.#heirsOf(held)) {
      if (heir.kind === 'name') this.follow(heir.symbol, depth + 1, heir.way);
      else this.take(heir.name, depth + 1, heir.way);
    }
  }

  #isSeen(key: ts.Symbol | ts.Node, way: Way): boolean {
    const ways = this.#seen.get(key) ?? new Set();
    this.#seen.set(key, ways);
    const text = way.join('.');
    if (ways.has(text)) return true;
    ways.add(text);
    return false;
  }

  /** The variables and parameters that take a value, and the names by which what returns it is called. */
  #heirsOf(start: Held): readonly Heir[] {
    const heirs: Heir[] = [];
    let held: Held | undefined = start;
    while (held !== undefined) {
      const { node, way }: Held = held;
      const { parent } = node;
      if (isAccess(parent) && parent.expression === node) heirs.push(...this.#itemsTaken(parent));
      const taken = this.#takenAt(node, parent, way);
      if (taken !== undefined) return [...heirs, ...taken];
      held = this.#outer(node, parent, way);
    }
    return heirs;
  }

  /** What takes the value where it stands; `undefined` where it goes on into what is around it. */
  #takenAt(node: ts.Node, parent: ts.Node, way: Way): readonly Heir[] | undefined {
    if (ts.isVariableDeclaration(parent)) return parent.initializer === node ? this.#declared(parent.name, way) : [];
    if (ts.isForOfStatement(parent)) return parent.expression === node ? this.#loopVariables(parent) : [];
    if (ts.isBinaryExpression(parent) && parent.right === node && assigns(parent)) return this.#assigned(parent, way);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)) {
      const fn = ts.isArrowFunction(parent) ? parent : functionAround(parent);
      if (fn !== undefined && collecting(fn) !== undefined) return undefined;
      return calledNames(this.#code, parent).map((name) => ({ kind: 'call' as const, name, way }));
    }
    if (!isCall(parent) || parent.expression === node) return undefined;
    return isConversion(this.#code, parent) ? undefined : this.#parameters(parent, node, way);
  }

  /** The expression around a value that holds it too, or is made from it. */
  #outer(node: ts.Node, parent: ts.Node, way: Way): Held | undefined {
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)) {
      const fn = ts.isArrowFunction(parent) ? parent : functionAround(parent);
      const call = fn && collecting(fn);
      return call && { node: outermost(call), way: [] };
    }
    if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
      const name = propertyNameOf(parent.name);
      return { node: outermost(parent.parent), way: name === undefined ? [] : [name, ...way] };
    }
    if (ts.isSpreadAssignment(parent)) return { node: outermost(parent.parent), way };
    if (isFunctionNode(parent) || (!ts.isExpression(parent) && !ts.isTemplateSpan(parent))) return undefined;
    const keeps = isWrapper(parent) || ts.isAwaitExpression(parent) || ts.isConditionalExpression(parent);
    return { node: parent, way: keeps || isChoice(parent) ? way : [] };
  }

  /** The items that a callback gets: `rows.forEach((row) => …)`, and what a promise brings to `then`. */
  #itemsTaken(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): readonly Heir[] {
    const call = outermost(access).parent;
    const method = ts.isCallExpression(call) ? methodOf(call)?.name : undefined;
    const place = method === undefined ? undefined : takesItems(method);
    const [callback] = ts.isCallExpression(call) ? call.arguments : [];
    if (place === undefined || callback === undefined) return [];
    return this.#code.functionsOf(callback).flatMap((fn) => {
      const parameter = fn.parameters[place];
      return parameter === undefined ? [] : this.#declared(parameter.name, []);
    });
  }

  #parameters(call: Call, argument: ts.Node, way: Way): readonly Heir[] {
    return takersOf(this.#code, argument, call).flatMap(({ name, taken, within }) => {
      const left = leftOf(way, taken);
      return left === undefined ? [] : this.#named(name, [...within, ...left]);
    });
  }

  /** `place = value`: what the place is in, by the way to it. */
  #assigned({ left, operatorToken }: ts.BinaryExpression, way: Way): readonly Heir[] {
    const own = operatorToken.kind === ts.SyntaxKind.EqualsToken ? way : [];
    return this.#paths.of(bare(left)).flatMap(({ binding, path }) => {
      const known = knownSteps(path);
      const isKnown = known.length === path.length;
      return [{ kind: 'name' as const, symbol: binding.symbol, way: isKnown ? [...known, ...own] : known }];
    });
  }

  #loopVariables({ initializer }: ts.ForOfStatement): readonly Heir[] {
    if (!ts.isVariableDeclarationList(initializer)) return [];
    return initializer.declarations.flatMap(({ name }) => this.#declared(name, []));
  }

  #declared(pattern: ts.BindingName, way: Way): readonly Heir[] {
    return declaredNames(pattern).flatMap((name) => {
      const taken = name === pattern ? [] : (patternPart(name.parent).path ?? []);
      const left = leftOf(way, taken);
      return left === undefined ? [] : this.#named(name, left);
    });
  }

  /** A parameter property is two: the parameter and the field. */
  #named(name: ts.Identifier, way: Way): readonly Heir[] {
    const { parent } = name;
    const symbols =
      ts.isParameter(parent) && ts.isParameterPropertyDeclaration(parent, parent.parent)
        ? this.#code.checker.getSymbolsOfParameterPropertyDeclaration(parent, name.text)
        : [this.#code.symbolOf(name)];
    return symbols.flatMap((symbol) => (symbol === undefined ? [] : [{ kind: 'name' as const, symbol, way }]));
  }
}

/** Where a use has the value: `state.page` of `state`, for `page`; `undefined` where it means another part. */
function heldBy(code: Code, use: ts.MemberName, way: Way): Held | undefined {
  let node = outermost(accessBy(use));
  if (isCall(node.parent) && node.parent.expression === node && !ts.isNewExpression(node.parent))
    node = arrived(node.parent);
  let left = way;
  while (left.length > 0) {
    const taken = partTaken(code, node);
    if (taken === undefined) break;
    if (taken.name === undefined) left = [];
    else if (taken.name === left[0]) left = left.slice(1);
    else return undefined;
    node = taken.at;
  }
  return { node, way: left };
}

function arrived(call: ts.Node): ts.Node {
  const outer = outermost(call);
  return ts.isAwaitExpression(outer.parent) ? outermost(outer.parent) : outer;
}

/** What is left of a way behind a part that is taken; `undefined` where the part is another. */
function leftOf(way: Way, taken: Way): Way | undefined {
  return taken.every((step, at) => at >= way.length || step === way[at]) ? way.slice(taken.length) : undefined;
}

function assigns({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `saved ?? state` is one of the two; `a + b` is neither. */
function isChoice(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === ts.SyntaxKind.QuestionQuestionToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandToken
  );
}

/** What a call makes of its argument is the same value in another form: `Object.values(found)`, `_.uniq(rows)`. */
function isConversion(code: Code, call: Call): boolean {
  const [owner] = (calledGlobal(code, call) ?? rootName(call)).split('.');
  return CONVERTERS.has(owner ?? '') && code.calledFunctions(call).length === 0;
}

/** What changes the form of a value: JavaScript's own, and lodash by the name that everyone gives it. */
const CONVERTERS = new Set([
  'Object',
  'Array',
  'Set',
  'Map',
  'JSON',
  'Buffer',
  'String',
  'structuredClone',
  '_',
  'Promise',
]);

function rootName(call: Call): string {
  const object = methodOf(call)?.object ?? bare(call.expression);
  return ts.isIdentifier(object) ? object.text : '';
}

/** The names by which the function around a node is called; of an accessor, those by which it is asked or set. */
export function calledNames(code: Code, from: ts.Node): readonly ts.MemberName[] {
  const fn = ts.isArrowFunction(from) ? from : functionAround(from);
  if (fn === undefined) return [];
  if (ts.isAccessor(fn)) {
    const symbol = code.symbolOf(fn.name);
    return symbol === undefined ? [] : code.referencesOf(symbol).filter((name) => !ts.isAccessor(name.parent));
  }
  return code.callersOf(fn).flatMap(({ expression }) => {
    const callee = bare(expression);
    if (ts.isPropertyAccessExpression(callee)) return [callee.name];
    return ts.isIdentifier(callee) ? [callee] : [];
  });
}
