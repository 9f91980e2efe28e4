import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { CycleMemo } from './cycle-memo.ts';
import type { DeclaredValues } from './declared-values.ts';
import { ElementValues } from './element-values.ts';
import { ANY_ELEMENT } from './given-values.ts';
import { calledGlobal } from './call-forms.ts';
import { putInto } from './operands.ts';
import { placeArguments, placedAt } from './placed-arguments.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import { partsOf } from '../syntax/literals.ts';
import { propertyNameOf } from '../syntax/operands.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import type { Members, Values } from './value-flow.ts';

/** Finds what a value holds under a name: in literals, instances, classes, modules and the SDK's types. */
export class MemberValues {
  readonly #code: Code;
  readonly #values: Values;
  readonly #declared: DeclaredValues;
  readonly #elements: ElementValues;
  readonly #answers: CycleMemo;
  /** By the member's name: what holds it may hold itself, as in `options = { ...options }`. */
  readonly #members = new Map<string, (value: ts.Node, answer: () => Members) => Members>();
  /** The symbols of modules that were met: of a CommonJS module TypeScript tells none by its file. */
  readonly #modules = new Map<ts.SourceFile, ts.Symbol>();

  constructor(code: Code, values: Values, declared: DeclaredValues, answers: CycleMemo) {
    this.#code = code;
    this.#values = values;
    this.#declared = declared;
    this.#elements = new ElementValues(code, values);
    this.#answers = answers;
  }

  /** Where the value of a symbol comes from; `use` where it is not known. */
  ofSymbol(symbol: ts.Symbol, use: ts.Node): readonly ts.Node[] {
    const declarations = symbol.declarations ?? [];
    if (declarations.length === 0) return [use];
    for (const declaration of declarations) if (ts.isSourceFile(declaration)) this.#modules.set(declaration, symbol);
    return declarations.flatMap((declaration) => this.#declared.of(declaration));
  }

  /** What a method of a collection hands out. */
  takenBy(call: ts.CallExpression): Members {
    return this.#elements.takenBy(call);
  }

  /** The functions that a value holds, under whatever names. */
  functionsIn(value: ts.Node): readonly ts.Node[] {
    if (ts.isObjectLiteralExpression(value)) {
      return value.properties.flatMap((property) => this.#declared.of(property)).filter(isFunctionNode);
    }
    if (ts.isArrayLiteralExpression(value)) return (this.of(value, ANY_ELEMENT) ?? []).filter(isFunctionNode);
    if (ts.isClassLike(value) || isFunctionNode(value)) return [];
    return this.#typeOf(value)
      .getProperties()
      .flatMap((property) => this.ofSymbol(property, value))
      .filter(isFunctionNode);
  }

  /** The member of a value; `undefined` where it is not known. */
  of(value: ts.Node, name: string): Members {
    const known = this.#members.get(name) ?? this.#answers.table<ts.Node, Members>(undefined);
    this.#members.set(name, known);
    return known(value, () => this.#member(value, name));
  }

  #member(value: ts.Node, name: string): Members {
    if (ts.isObjectLiteralExpression(value)) return this.#partOf(value, name);
    if (ts.isArrayLiteralExpression(value) && /^\d+$/u.test(name)) return this.#partOf(value, name);
    const held = this.#elements.of(value, name);
    if (held !== undefined || name === ANY_ELEMENT) return held;
    if (ts.isParameter(value) && value.dotDotDotToken !== undefined) return this.#ofRest(value, name);
    if (ts.isCallExpression(value) && calledGlobal(this.#code, value) === 'Object.assign') {
      return this.#assigned(value, name);
    }
    if (ts.isNewExpression(value)) return this.#ofInstance(value, name);
    if (ts.isClassLike(value) && !isSdkNode(value)) return this.#ofClass(value, name);
    if (ts.isEnumDeclaration(value)) return value.members.filter((member) => propertyNameOf(member.name) === name);
    const member = this.#typeOf(value).getProperty(name);
    return member && this.ofSymbol(member, value);
  }

  /** The type whose properties a value has: of a class its static side, of a module its exports. */
  #typeOf(value: ts.Node): ts.Type {
    const { checker } = this.#code;
    const symbol = ts.isSourceFile(value)
      ? this.#modules.get(value)
      : ts.isClassLike(value) && value.name !== undefined
        ? checker.getSymbolAtLocation(value.name)
        : undefined;
    return symbol === undefined ? this.awaitedType(value) : checker.getTypeOfSymbolAtLocation(symbol, value);
  }

  /** A value's type once it has arrived: `of` looks through `await`, so a promise stands for what it brings. */
  awaitedType(value: ts.Node): ts.Type {
    const { checker } = this.#code;
    const module = ts.isSourceFile(value) ? checker.getSymbolAtLocation(value) : undefined;
    const type = module === undefined ? checker.getTypeAtLocation(value) : checker.getTypeOfSymbol(module);
    const arrived = checker.getAwaitedType(type) ?? type;
    return arrived.isTypeParameter() ? (checker.getBaseConstraintOfType(arrived) ?? arrived) : arrived;
  }

  /** What a literal has under a name; what it spreads, and cannot be looked into, is among it as it stands. */
  #partOf(value: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, name: string): Members {
    const { found, isAll } = partsOf(value, name);
    const parts = found.map(({ element, name: inner }): Members => {
      if (ts.isSpreadAssignment(element) || ts.isSpreadElement(element)) return this.#inSpread(element, inner);
      return ts.isObjectLiteralElementLike(element) ? this.#declared.of(element) : this.#values.of(element);
    });
    const known = [
      ...parts.flatMap((each) => each ?? []),
      ...(found.length === 0 ? putInto(this.#code, value, name).flatMap((each) => this.#values.of(each)) : []),
    ];
    if (known.every((each) => ts.isSpreadAssignment(each) || ts.isSpreadElement(each)))
      return isFresh(value) && isAll && known.length === 0 ? [] : undefined;
    return known;
  }

  #inSpread(element: ts.SpreadAssignment | ts.SpreadElement, name: string): readonly ts.Node[] {
    const holders = this.#values.of(element.expression);
    return holders.flatMap((holder) => this.of(holder, name) ?? [element]);
  }

  /** `Object.assign({}, defaults, options)`: the last that has it, or may have it. */
  #assigned(call: ts.CallExpression, name: string): Members {
    const found = call.arguments
      .flatMap((each) => (ts.isSpreadElement(each) ? [each] : this.#values.of(each)))
      .map((value) => (ts.isSpreadElement(value) ? undefined : this.of(value, name)));
    const known = found.flatMap((each) => each ?? []);
    if (known.length === 0) return undefined;
    return found.every((each) => each !== undefined) ? known : [...known, call];
  }

  /** What callers give at a place of a rest parameter. */
  #ofRest(parameter: ts.ParameterDeclaration, name: string): Members {
    const fn = parameter.parent;
    if (!isFunctionNode(fn) || !/^\d+$/u.test(name)) return undefined;
    const place = fn.parameters.indexOf(parameter) + Number(name);
    const found = this.#code.callersOf(fn).flatMap((call): readonly ts.Node[] => {
      const given = placedAt(placeArguments(this.#code, call), place);
      return typeof given === 'string' ? [parameter] : this.#values.ofPart(given, parameter);
    });
    return found.length > 0 ? found : undefined;
  }

  #ofInstance(made: ts.NewExpression, name: string): Members {
    const classes = this.#values.of(made.expression);
    const own = classes.filter(ts.isClassLike).flatMap((each) => this.#ofClass(each, name) ?? []);
    return own.length > 0 || classes.some(ts.isClassLike) ? own : undefined;
  }

  #ofClass(declaration: ts.ClassLikeDeclaration, name: string): Members {
    const members = declaration.members.filter((member) => propertyNameOf(member.name) === name);
    if (members.length > 0) return members.flatMap((member) => this.#declared.of(member));
    const { checker } = this.#code;
    const inherited = checker.getTypeAtLocation(declaration).getProperty(name);
    return inherited === undefined ? [] : this.ofSymbol(inherited, declaration);
  }
}

/** An object that only who takes it apart gets: what is not written in it is not there. */
function isFresh({ parent }: ts.Node): boolean {
  return (
    ts.isCallExpression(parent) ||
    ts.isNewExpression(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isBinaryExpression(parent)
  );
}
