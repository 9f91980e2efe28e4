import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { isFunctionNode, isWithin } from '../syntax/functions.ts';
import { awaited } from '../syntax/operands.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';

/** Something that holds a value while the process lives: a variable, a field of a class, an exported property. */
export interface Binding {
  readonly symbol: ts.Symbol;
  readonly name: string;
  /** Where it is declared. */
  readonly declaration: ts.Declaration;
}

/** How many aliases are followed: a list handed to a function that hands it on. */
const FURTHEST = 6;

/** Tells which bindings an expression belongs to: `state.seen` to `state`, a parameter to what is given for it. */
export class Bindings {
  readonly #code: Code;

  constructor(code: Code) {
    this.#code = code;
  }

  /**
   * The bindings that hold what an expression names. Through a property, an element or a getter such as `map.get(key)`
   * it is still the same binding's; an alias is what it stands for.
   *
   * @param through whether a property of the expression is meant: then what a variable refers to matters, not the variable
   */
  rootsOf(expression: ts.Expression, through = false, depth = 0): readonly Binding[] {
    const place = awaited(expression);
    if (ts.isIdentifier(place)) return this.#ofName(place, through, depth);
    if (ts.isPropertyAccessExpression(place)) return this.#ofMember(place, depth);
    if (ts.isElementAccessExpression(place)) return this.rootsOf(place.expression, true, depth);
    if (ts.isCallExpression(place) && isGetter(place)) return this.rootsOf(place.expression.expression, true, depth);
    return [];
  }

  /** The binding that a name declares or stands for, aliases not followed. */
  bindingOf(name: ts.Node): Binding | undefined {
    const symbol = this.#code.symbolOf(name);
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
    return symbol && declaration && { symbol, name: symbol.name, declaration };
  }

  #ofMember(access: ts.PropertyAccessExpression, depth: number): readonly Binding[] {
    if (access.expression.kind === ts.SyntaxKind.ThisKeyword) {
      const field = this.bindingOf(access.name);
      return field === undefined ? [] : [field];
    }
    const member = this.bindingOf(access.name);
    // A variable that is reached through its module: `import * as counters`, `require('./counters')`; a field of an object.
    if (member !== undefined && (ts.isVariableDeclaration(member.declaration) || isField(member.declaration))) {
      return [member];
    }
    return this.rootsOf(access.expression, true, depth);
  }

  #ofName(name: ts.Identifier, through: boolean, depth: number): readonly Binding[] {
    const binding = this.bindingOf(name);
    if (binding === undefined) return [];
    if (!through || depth >= FURTHEST) return [binding];
    const aliased = this.#aliased(binding.declaration, depth + 1);
    return aliased ?? [binding];
  }

  /** What an alias stands for; `undefined` for a binding that holds a value of its own. */
  #aliased(declaration: ts.Declaration, depth: number): readonly Binding[] | undefined {
    if (ts.isParameter(declaration)) return this.#given(declaration, undefined, depth);
    if (ts.isBindingElement(declaration)) return this.#destructured(declaration, depth);
    if (!ts.isVariableDeclaration(declaration)) return undefined;
    const list = declaration.parent.parent;
    if (ts.isForOfStatement(list)) return this.rootsOf(list.expression, true, depth);
    const initial = declaration.initializer && awaited(declaration.initializer);
    return initial !== undefined && isPlace(initial) ? this.rootsOf(initial, true, depth) : undefined;
  }

  #destructured(element: ts.BindingElement, depth: number): readonly Binding[] | undefined {
    const key = element.propertyName ?? element.name;
    const holder = patternHolder(element);
    if (ts.isParameter(holder)) return this.#given(holder, ts.isIdentifier(key) ? key.text : undefined, depth);
    if (!ts.isVariableDeclaration(holder)) return undefined;
    const initial = holder.initializer && awaited(holder.initializer);
    return initial !== undefined && isPlace(initial) ? this.rootsOf(initial, true, depth) : undefined;
  }

  /** The bindings of the arguments that callers give for a parameter, or for a property of it. */
  #given(parameter: ts.ParameterDeclaration, property: string | undefined, depth: number): readonly Binding[] {
    const fn = parameter.parent;
    if (!isFunctionNode(fn)) return [];
    const position = fn.parameters.indexOf(parameter);
    return this.#code.callersOf(fn).flatMap((call) => {
      const argument = call.arguments?.[position];
      if (argument === undefined) return [];
      if (property === undefined) return this.rootsOf(argument, true, depth);
      const literal = awaited(argument);
      if (!ts.isObjectLiteralExpression(literal)) return this.rootsOf(argument, true, depth);
      const given = literal.properties.find((each) => each.name !== undefined && each.name.getText() === property);
      if (given === undefined) return [];
      if (ts.isShorthandPropertyAssignment(given)) return this.rootsOf(given.name, true, depth);
      return ts.isPropertyAssignment(given) ? this.rootsOf(given.initializer, true, depth) : [];
    });
  }
}

/** A field of one of the project's classes, by its declaration or by `this.field = …`. */
function isField(declaration: ts.Declaration): boolean {
  if (isSdkNode(declaration)) return false;
  if (ts.isPropertyDeclaration(declaration)) return true;
  const place: ts.Node = ts.isBinaryExpression(declaration) ? declaration.left : declaration;
  return ts.isPropertyAccessExpression(place) && place.expression.kind === ts.SyntaxKind.ThisKeyword;
}

/** A name, or a path of properties and elements that starts with one. */
function isPlace(expression: ts.Expression): boolean {
  const place = awaited(expression);
  if (ts.isIdentifier(place)) return true;
  if (ts.isPropertyAccessExpression(place) || ts.isElementAccessExpression(place)) {
    return place.expression.kind === ts.SyntaxKind.ThisKeyword || isPlace(place.expression);
  }
  return ts.isCallExpression(place) && isGetter(place) && isPlace(place.expression.expression);
}

/** A call that hands out what a collection holds, not a copy of it. */
function isGetter(
  call: ts.CallExpression,
): call is ts.CallExpression & { readonly expression: ts.PropertyAccessExpression } {
  return (
    ts.isPropertyAccessExpression(call.expression) &&
    ['get', 'at', 'find', 'values', 'entries', 'filter'].includes(call.expression.name.text)
  );
}

/** The variable or parameter whose pattern a part belongs to; what is no part of a pattern itself. */
export function patternHolder(declaration: ts.Declaration): ts.Node {
  let holder: ts.Node = declaration;
  while (ts.isBindingElement(holder)) holder = holder.parent.parent;
  return holder;
}

/** Whether something is declared with `const`, alone or as a part of a pattern. */
export function isConst(declaration: ts.Declaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

/** Whether a binding's declaration stands in one of these nodes. */
export function isDeclaredIn({ declaration }: Binding, nodes: Iterable<ts.Node>): boolean {
  for (const node of nodes) if (isWithin(declaration, node)) return true;
  return false;
}
