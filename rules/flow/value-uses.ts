import { ts } from 'ts-morph';

import { takersOf } from './arguments.ts';
import type { Taker } from './arguments.ts';
import type { Code } from './code.ts';
import type { Call } from '../syntax/file-index.ts';
import { functionAround, isFunctionNode } from '../syntax/functions.ts';
import { awaited, outermost } from '../syntax/operands.ts';
import { LIMITS } from './limits.ts';
import { mayMean, partTaken } from './value-parts.ts';

/** What changes the form of a value: JavaScript's own, and lodash by the name that everyone gives it. */
const CONVERTERS = new Set(['Object', 'Array', 'Set', 'Map', 'JSON', 'Buffer', 'String', 'structuredClone', '_']);

/**
 * The names under which a binding's value is used: its own, its aliases, and variables and parameters whose value is made
 * from it. A result counts through the function that returns it: the name by which that is called is a use too.
 *
 * @param part only the uses of this property of the value, and those of which it is not plain which property they mean
 */
export function usesOf(symbol: ts.Symbol, code: Code, part?: string): readonly ts.MemberName[] {
  const found = new Uses(code);
  found.follow(symbol, 0, part);
  return [...found.uses];
}

/** These uses of a value, and all that `usesOf` would find from there. */
export function usesFrom(names: readonly ts.MemberName[], code: Code): readonly ts.MemberName[] {
  const found = new Uses(code);
  for (const name of names) found.take(name, 0, undefined);
  return [...found.uses];
}

class Uses {
  readonly uses = new Set<ts.MemberName>();
  readonly #code: Code;
  readonly #seen = new Set<ts.Symbol>();

  constructor(code: Code) {
    this.#code = code;
  }

  take(use: ts.MemberName, depth: number, part: string | undefined): void {
    if (this.uses.has(use)) return;
    this.uses.add(use);
    if (depth >= LIMITS.aliases) return;
    // What takes the whole value has the part under its name; what takes the part has it as a whole.
    const left = partTaken(use) === undefined ? part : undefined;
    for (const heir of heirsOf(use, this.#code, left)) {
      if ('kind' in heir) this.take(heir, depth + 1, left);
      else this.follow(heir, depth + 1, isPicked(heir) ? undefined : left);
    }
  }

  follow(symbol: ts.Symbol, depth: number, part: string | undefined): void {
    if (this.#seen.has(symbol)) return;
    this.#seen.add(symbol);
    for (const reference of this.#code.referencesOf(symbol))
      if (mayMean(reference, part)) this.take(reference, depth, part);
  }
}

/** The variables and parameters that take a value made from this use, and the names by which what returns it is called. */
function heirsOf(use: ts.MemberName, code: Code, part: string | undefined): readonly (ts.Symbol | ts.MemberName)[] {
  let node: ts.Node = use;
  for (;;) {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent)) return parent.initializer === node ? declaredBy(parent.name, code, part) : [];
    if (ts.isForOfStatement(parent) && parent.expression === node) return loopVariables(parent, code);
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      if (parent.arguments?.some((argument) => argument === node) === true && !isConversion(parent, code))
        return parametersFor(parent, node, code, part);
      node = parent;
      continue;
    }
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      return calledNames(parent, code);
    if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
      const taken = propertyTakers(parent, node, code);
      if (taken.length > 0) return taken;
      node = parent.parent;
      continue;
    }
    if (!ts.isExpression(parent) && !ts.isSpreadAssignment(parent) && !ts.isTemplateSpan(parent)) return [];
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      return parent.right === node ? symbolsIn(parent.left, code) : [];
    }
    if (isFunctionNode(parent)) return [];
    node = parent;
  }
}

/** What a call makes of its argument is the same value in another form: `Object.values(found)`, `_.uniq(rows)`. */
function isConversion(call: Call, code: Code): boolean {
  const callee = awaited(call.expression);
  const owner = ts.isPropertyAccessExpression(callee) ? awaited(callee.expression) : callee;
  return ts.isIdentifier(owner) && CONVERTERS.has(owner.text) && code.calledFunctions(call).length === 0;
}

function symbolsIn(target: ts.Expression, code: Code): readonly ts.Symbol[] {
  const place = awaited(target);
  const name = ts.isPropertyAccessExpression(place) ? place.name : place;
  const symbol = ts.isIdentifier(name) ? code.symbolOf(name) : undefined;
  return symbol === undefined ? [] : [symbol];
}

/** @param part of a pattern, only what takes this property */
function declaredBy(name: ts.BindingName, code: Code, part?: string): readonly ts.Symbol[] {
  if (!ts.isIdentifier(name)) {
    return name.elements.flatMap((element) =>
      ts.isBindingElement(element) && mayTake(element, part) ? declaredBy(element.name, code) : [],
    );
  }
  const symbol = code.symbolOf(name);
  return symbol === undefined ? [] : [symbol];
}

function mayTake({ propertyName, name, dotDotDotToken }: ts.BindingElement, part: string | undefined): boolean {
  const key = propertyName ?? name;
  return part === undefined || dotDotDotToken !== undefined || !ts.isIdentifier(key) || key.text === part;
}

/** A part of a pattern: what it takes is a part of the value already. */
function isPicked({ valueDeclaration }: ts.Symbol): boolean {
  return valueDeclaration !== undefined && ts.isBindingElement(valueDeclaration);
}

function loopVariables(loop: ts.ForOfStatement, code: Code): readonly ts.Symbol[] {
  const list = loop.initializer;
  return ts.isVariableDeclarationList(list) ? list.declarations.flatMap(({ name }) => declaredBy(name, code)) : [];
}

/** @param part of a pattern, only what takes this property */
function parametersFor(call: Call, argument: ts.Node, code: Code, part: string | undefined): readonly ts.Symbol[] {
  return symbolsOf(
    takersOf(argument, call, code).filter(
      ({ taken: [first] }) => part === undefined || first === undefined || first === part,
    ),
    code,
  );
}

/** `handle({ state })`: the part of the callee's pattern that takes this property. */
function propertyTakers(
  property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  value: ts.Node,
  code: Code,
): readonly ts.Symbol[] {
  const call = outermost(property.parent).parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return [];
  return symbolsOf(
    takersOf(value, call, code).filter(({ within }) => within.length === 0),
    code,
  );
}

function symbolsOf(takers: readonly Taker[], code: Code): readonly ts.Symbol[] {
  return takers.flatMap(({ name }) => code.symbolOf(name) ?? []);
}

/** The names by which the function around a node is called. */
export function calledNames(from: ts.Node, code: Code): readonly ts.MemberName[] {
  const fn = ts.isArrowFunction(from) ? from : functionAround(from);
  if (fn === undefined) return [];
  return code.callersOf(fn).flatMap(({ expression }) => {
    const callee = awaited(expression);
    if (ts.isPropertyAccessExpression(callee)) return [callee.name];
    return ts.isIdentifier(callee) ? [callee] : [];
  });
}
