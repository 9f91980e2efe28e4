import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { CycleMemo } from './cycle-memo.ts';
import type { DeclaredValues } from './declared-values.ts';
import { indexOf } from '../syntax/file-index.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import type { Members, Values } from './value-flow.ts';

/** Finds what a value holds under a name: in literals, instances, classes, modules and the SDK's types. */
export class MemberValues {
  readonly #code: Code;
  readonly #values: Values;
  readonly #declared: DeclaredValues;
  readonly #answers: CycleMemo;
  /** By the member's name: what holds it may hold itself, as in `options = { ...options }`. */
  readonly #members = new Map<string, (value: ts.Node, answer: () => Members) => Members>();
  /** The symbols of modules that were met: of a CommonJS module TypeScript tells none by its file. */
  readonly #modules = new Map<ts.SourceFile, ts.Symbol>();

  constructor(code: Code, values: Values, declared: DeclaredValues, answers: CycleMemo) {
    this.#code = code;
    this.#values = values;
    this.#declared = declared;
    this.#answers = answers;
  }

  /** Where the value of a symbol comes from; `use` where it is not known. */
  ofSymbol(symbol: ts.Symbol, use: ts.Node): readonly ts.Node[] {
    const declarations = symbol.declarations ?? [];
    if (declarations.length === 0) return [use];
    for (const declaration of declarations) if (ts.isSourceFile(declaration)) this.#modules.set(declaration, symbol);
    return declarations.flatMap((declaration) => this.#declared.of(declaration));
  }

  /** The functions that a value holds, under whatever names. */
  functionsIn(value: ts.Node): readonly ts.Node[] {
    if (ts.isObjectLiteralExpression(value)) {
      return value.properties.flatMap((property) => this.#declared.of(property)).filter(isFunctionNode);
    }
    if (ts.isArrayLiteralExpression(value)) {
      const elements = [...value.elements, ...this.#pushedTo(value)].filter((element) => !ts.isSpreadElement(element));
      return elements.flatMap((element) => this.#values.of(element)).filter(isFunctionNode);
    }
    if (ts.isClassLike(value) || isFunctionNode(value)) return [];
    return this.#typeOf(value)
      .getProperties()
      .flatMap((property) => this.ofSymbol(property, value))
      .filter(isFunctionNode);
  }

  /** What is pushed to a list that starts as this literal. */
  #pushedTo(list: ts.ArrayLiteralExpression): readonly ts.Expression[] {
    const holder = list.parent;
    if (!ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return [];
    const symbol = this.#code.symbolOf(holder.name);
    return (indexOf(list.getSourceFile()).callsByName.get('push') ?? []).flatMap((call) => {
      const receiver = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined;
      const isOurs = receiver !== undefined && ts.isIdentifier(receiver) && this.#code.symbolOf(receiver) === symbol;
      return isOurs ? [...(call.arguments ?? [])] : [];
    });
  }

  /** The member of a value; `undefined` where it is not known. */
  of(value: ts.Node, name: string): Members {
    const known = this.#members.get(name) ?? this.#answers.table<ts.Node, Members>(undefined);
    this.#members.set(name, known);
    return known(value, () => this.#member(value, name));
  }

  #member(value: ts.Node, name: string): Members {
    if (ts.isObjectLiteralExpression(value)) return this.#propertyOf(value, name);
    if (ts.isNewExpression(value)) {
      return this.#values
        .of(value.expression)
        .filter(ts.isClassLike)
        .flatMap((declaration) => this.#instanceMember(declaration, name));
    }
    if (ts.isClassLike(value) && !isSdkNode(value)) {
      return value.members.filter((member) => named(member, name)).flatMap((member) => this.#declared.of(member));
    }
    if (ts.isEnumDeclaration(value)) return value.members.filter((member) => member.name.getText() === name);
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

  #propertyOf(value: ts.ObjectLiteralExpression, name: string): readonly ts.Node[] | undefined {
    const property = value.properties.find((each) => each.name !== undefined && named(each, name));
    if (property !== undefined) return this.#declared.of(property);
    const spread = value.properties
      .filter(ts.isSpreadAssignment)
      .flatMap((each) => this.#values.of(each.expression))
      .flatMap((each) => this.of(each, name) ?? []);
    return spread.length > 0 ? spread : undefined;
  }

  #instanceMember(declaration: ts.ClassLikeDeclaration, name: string): readonly ts.Node[] {
    const member = declaration.members.find((each) => named(each, name));
    return member === undefined ? [] : this.#declared.of(member);
  }
}

function named(member: ts.ClassElement | ts.ObjectLiteralElementLike, name: string): boolean {
  const own = member.name;
  return (
    own !== undefined &&
    (ts.isIdentifier(own) || ts.isStringLiteral(own) || ts.isPrivateIdentifier(own)) &&
    own.text === name
  );
}
