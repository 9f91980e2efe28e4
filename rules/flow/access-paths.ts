import { ts } from 'ts-morph';

import { isAssignment } from '../syntax/assignments.ts';
import { givenFor } from './arguments.ts';
import type { Binding } from './bindings.ts';
import type { Code } from './code.ts';
import { isFollowed, isHolder, isNewValue, valueOf } from './holders.ts';
import { handedOut, itemOf, literalOfMethod } from './path-steps.ts';
import { distinct } from './places.ts';
import type { Path, Place } from './places.ts';
import { functionAround, isFunctionNode } from '../syntax/functions.ts';
import { partsOf } from '../syntax/literals.ts';
import {
  accessBy,
  awaited,
  bare,
  memberNameOf,
  methodOf,
  outermostAwaited,
  propertyNameOf,
} from '../syntax/operands.ts';
import { patternPart } from '../syntax/patterns.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import { returnsOf } from './value-flow.ts';

/** How many aliases are followed: a list handed to a function that hands it on. */
const FURTHEST = 8;

/** What is asked of an expression: the place itself, or the object that it refers to, `through` the expression. */
interface Question {
  readonly path: Path;
  readonly through: boolean;
  /** Whether it is about what a function returns: a new object is then the place of who calls. */
  readonly returned: boolean;
  readonly depth: number;
}

/** Resolves expressions to the places that they name. */
export class AccessPaths {
  readonly #code: Code;

  constructor(code: Code) {
    this.#code = code;
  }

  /**
   * The places that an expression may name.
   *
   * @param through whether the object is meant that the expression refers to, as in `list.push(x)`, not what refers to it
   */
  of(expression: ts.Expression, through = false): readonly Place[] {
    return distinct(this.#of(expression, { path: [], through, returned: false, depth: 0 }));
  }

  /** The binding that a name declares or stands for, aliases not followed. */
  bindingOf(name: ts.Node): Binding | undefined {
    const symbol = this.#code.symbolOf(name);
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
    return symbol && declaration && { symbol, name: symbol.name, declaration };
  }

  #of(expression: ts.Expression, question: Question): readonly Place[] {
    if (question.depth > FURTHEST) return [];
    const place = awaited(expression);
    if (ts.isIdentifier(place)) return this.#ofName(place, question);
    if (ts.isPropertyAccessExpression(place)) return this.#ofMember(place, question);
    if (ts.isElementAccessExpression(place)) return this.#of(place.expression, inside(question, memberNameOf(place)));
    if (place.kind === ts.SyntaxKind.ThisKeyword) return this.#ofThis(place, question);
    if (ts.isCallExpression(place)) return this.#ofCall(place, question);
    if (ts.isObjectLiteralExpression(place)) return this.#ofLiteral(place, question);
    if (ts.isNewExpression(place)) return this.#ofInstances([place], question) ?? [];
    if (ts.isConditionalExpression(place))
      return [...this.#of(place.whenTrue, question), ...this.#of(place.whenFalse, question)];
    if (ts.isBinaryExpression(place)) return this.#ofBinary(place, question);
    return [];
  }

  /** `cached ?? list`, `(all[key] ??= [])` */
  #ofBinary(expression: ts.BinaryExpression, question: Question): readonly Place[] {
    const { kind } = expression.operatorToken;
    if (!refers(question)) return [];
    if (kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.CommaToken)
      return this.#of(expression.right, question);
    const chooses =
      kind === ts.SyntaxKind.QuestionQuestionToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.AmpersandAmpersandToken;
    if (chooses) return [...this.#of(expression.left, question), ...this.#of(expression.right, question)];
    const defaults = kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
    return defaults ? this.#of(expression.left, question) : [];
  }

  /** What collections hand out is theirs; of the project's own functions, what they return. */
  #ofCall(call: ts.CallExpression, question: Question): readonly Place[] {
    const functions = this.#code.calledFunctions(call).filter((fn) => !ts.isConstructorDeclaration(fn));
    if (functions.length > 0) {
      if (!refers(question)) return [];
      const asked = { ...next(question), returned: true };
      return functions.flatMap((fn) => returnsOf(fn)).flatMap((value) => this.#of(value, asked));
    }
    const method = refers(question) ? methodOf(call) : undefined;
    const key = method && handedOut(this.#code, method.name, call);
    return method === undefined || key === undefined
      ? []
      : this.#of(method.object, { ...question, path: [...key, ...question.path] });
  }

  #ofMember(access: ts.PropertyAccessExpression, question: Question): readonly Place[] {
    const member = this.bindingOf(access.name);
    if (member !== undefined && isHolder(member.declaration) && !this.#isPutInto(member.declaration))
      return this.#ofBinding(member, question);
    if (member !== undefined && ts.isAccessor(member.declaration) && !isSdkNode(member.declaration))
      return this.#ofAccessor(member, question);
    return this.#of(access.expression, inside(question, access.name.text));
  }

  /** `options.page = 1`, where `const options = {}`: a part of that object, though TypeScript takes it for a declaration. */
  #isPutInto(declaration: ts.Declaration): boolean {
    const place: ts.Node = ts.isBinaryExpression(declaration) ? declaration.left : declaration;
    const holder = ts.isPropertyAccessExpression(place) ? this.bindingOf(place.expression) : undefined;
    const value = holder && valueOf(holder.declaration);
    return value !== undefined && ts.isObjectLiteralExpression(bare(value));
  }

  /** `job.page`, where `get page() { return this.#page; }`. */
  #ofAccessor({ symbol }: Binding, question: Question): readonly Place[] {
    const accessors = (symbol.declarations ?? []).filter(ts.isAccessor);
    const read = accessors.filter(ts.isGetAccessorDeclaration).flatMap((getter) => returnsOf(getter));
    return read.flatMap((value) => this.#of(value, next(question)));
  }

  #ofName(name: ts.Identifier, question: Question): readonly Place[] {
    const binding = this.bindingOf(name);
    return binding === undefined ? [] : this.#ofBinding(binding, question);
  }

  #ofBinding(binding: Binding, question: Question): readonly Place[] {
    const own = [{ binding, path: question.path }];
    if (!refers(question)) return own;
    return this.#ofField(binding, question) ?? this.#aliased(binding, next(question)) ?? own;
  }

  /** A field of the class of which a variable holds an instance is a place of its own, whoever holds the instance. */
  #ofField({ declaration }: Binding, question: Question): readonly Place[] | undefined {
    if (ts.isParameter(declaration) || !isHolder(declaration)) return undefined;
    const value = valueOf(declaration);
    const made = value === undefined ? [] : this.#code.valuesOf(value);
    return this.#ofInstances(made, question);
  }

  #ofInstances(made: readonly ts.Node[], question: Question): readonly Place[] | undefined {
    const [first, ...path] = question.path;
    const fields = first === undefined ? [] : made.flatMap((each) => this.#fieldOf(each, first) ?? []);
    if (fields.length === 0) return undefined;
    return fields.flatMap((field) => this.#ofBinding(field, { ...next(question), path }));
  }

  #fieldOf(value: ts.Node, name: string): Binding | undefined {
    if (!ts.isNewExpression(value) && !ts.isClassLike(value)) return undefined;
    const symbol = this.#code.checker.getTypeAtLocation(value).getProperty(name);
    const declared = symbol?.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration);
    const field = declared && this.bindingOf(declared);
    return field !== undefined && isHolder(field.declaration) ? field : undefined;
  }

  /** The places that an alias stands for; `undefined` for a binding that holds a value of its own. */
  #aliased({ symbol, declaration }: Binding, question: Question): readonly Place[] | undefined {
    if (ts.isBindingElement(declaration)) return this.#destructured(declaration, question);
    if (ts.isParameter(declaration)) return this.#passed(declaration, symbol, question);
    if (ts.isVariableDeclaration(declaration)) {
      const list = declaration.parent.parent;
      if (ts.isForOfStatement(list)) return this.#of(list.expression, inside(question, undefined));
    }
    const first = valueOf(declaration);
    if (first !== undefined && this.#isOnlyAwaited(first)) return undefined;
    if (first !== undefined && ts.isObjectLiteralExpression(bare(first))) return this.#putIn(bare(first), question);
    const values = [first, ...this.#assigned(symbol, declaration)].filter((each) => each !== undefined);
    const followed = values.map((value) => (isFollowed(value) ? this.#of(value, question) : []));
    // One value of its own, such as a list that it starts with, and the binding is a place of its own.
    if (followed.length === 0 || followed.some((places) => places.length === 0)) return undefined;
    return followed.flat();
  }

  /** `const state = await pending`: a promise that is waited for here alone is no other name of what it brings. */
  #isOnlyAwaited(value: ts.Expression): boolean {
    const awaiting = bare(value);
    const pending = ts.isAwaitExpression(awaiting) ? bare(awaiting.expression) : undefined;
    const name = pending !== undefined && ts.isPropertyAccessExpression(pending) ? pending.name : pending;
    const holder = name !== undefined && ts.isIdentifier(name) ? this.bindingOf(name) : undefined;
    if (pending === undefined || holder === undefined) return false;
    const type = this.#code.checker.getTypeAtLocation(pending);
    const others = this.#code
      .referencesOf(holder.symbol)
      .filter((use) => use !== name && use !== ts.getNameOfDeclaration(holder.declaration));
    return (
      this.#code.checker.getAwaitedType(type) !== type && others.every((use) => isAssignment(accessBy(use).parent))
    );
  }

  /** What was there before an object and was put into it keeps its place: the `seen` of `const context = { seen }`. */
  #putIn(literal: ts.Expression, question: Question): readonly Place[] | undefined {
    const places = this.#of(literal, { ...question, returned: true });
    const isNew = places.every(({ binding }) => isNewValue(valueOf(binding.declaration)));
    return places.length > 0 && isNew ? places : undefined;
  }

  /** What is assigned to a field, or to a variable that has no first value. */
  #assigned(symbol: ts.Symbol, declaration: ts.Declaration): readonly ts.Expression[] {
    if (valueOf(declaration) !== undefined) return [];
    return this.#code.referencesOf(symbol).flatMap((name) => {
      const { parent } = accessBy(name);
      return isAssignment(parent) && parent.left === accessBy(name) ? [parent.right] : [];
    });
  }

  #destructured(element: ts.BindingElement, question: Question): readonly Place[] | undefined {
    const { holder, path: steps } = patternPart(element);
    if (ts.isParameter(holder)) return this.#passed(element, this.#code.symbolOf(element.name), question);
    if (!ts.isVariableDeclaration(holder)) return undefined;
    const path = [...(steps ?? [undefined]), ...question.path];
    const list = holder.parent.parent;
    if (ts.isForOfStatement(list)) return this.#of(list.expression, { ...question, path: [undefined, ...path] });
    const initial = holder.initializer;
    const places = initial !== undefined && isFollowed(initial) ? this.#of(initial, { ...question, path }) : [];
    return places.length === 0 ? undefined : places;
  }

  /** What a parameter stands for; a new value, given to what lives on behind the call, has its place there. */
  #passed(
    taker: ts.ParameterDeclaration | ts.BindingElement,
    symbol: ts.Symbol | undefined,
    question: Question,
  ): readonly Place[] | undefined {
    const given = this.#given(taker, question);
    const isKept =
      given.length === 0 &&
      ((ts.isParameter(taker) && ts.isParameterPropertyDeclaration(taker, taker.parent)) ||
        (symbol !== undefined && this.#isCaptured(taker, symbol)));
    return isKept ? undefined : given;
  }

  /** Whether a function inside the one that takes a parameter uses it. */
  #isCaptured(taker: ts.Declaration, symbol: ts.Symbol): boolean {
    const fn = patternPart(taker).holder.parent;
    return this.#code.referencesOf(symbol).some((use) => functionAround(use) !== fn);
  }

  /** The places of what callers give for a parameter; of a callback, the items that it is called with. */
  #given(taker: ts.ParameterDeclaration | ts.BindingElement, question: Question): readonly Place[] {
    const { holder, path } = patternPart(taker);
    if (!ts.isParameter(holder) || !isFunctionNode(holder.parent)) return [];
    const item = itemOf(holder);
    if (item !== undefined)
      return this.#of(item, { ...question, path: [undefined, ...(path ?? [undefined]), ...question.path] });
    return this.#code.callersOf(holder.parent).flatMap((call) => {
      const { operands } = givenFor(this.#code, taker, call);
      return operands.flatMap((each) =>
        this.#of(each.expression, { ...question, path: [...each.path, ...question.path] }),
      );
    });
  }

  /** A property of an object that is written here: what it is given, or the property itself where that is a new value. */
  #ofLiteral(literal: ts.ObjectLiteralExpression, question: Question): readonly Place[] {
    const [first, ...rest] = question.path;
    if (first === undefined) return [];
    const inner = { ...question, path: rest };
    return partsOf(literal, first).found.flatMap(({ element }) => {
      // What a spread copies refers to the same objects.
      if (ts.isSpreadAssignment(element)) return refers(inner) ? this.#of(element.expression, question) : [];
      if (!ts.isObjectLiteralElementLike(element)) return [];
      const places = refers(inner) ? this.#ofProperty(element, inner) : [];
      if (places.length > 0) return places;
      const own = element.name && this.bindingOf(element.name);
      return own === undefined || question.returned ? [] : [{ binding: own, path: rest }];
    });
  }

  #ofProperty(property: ts.ObjectLiteralElementLike, question: Question): readonly Place[] {
    if (ts.isShorthandPropertyAssignment(property)) return this.#of(property.name, question);
    const initial = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    const leads = initial !== undefined && (isFollowed(initial) || ts.isObjectLiteralExpression(bare(initial)));
    return leads ? this.#of(initial, question) : [];
  }

  /** In a method of an object that is written in the code, `this` is what holds the object. */
  #ofThis(node: ts.Node, question: Question): readonly Place[] {
    let fn = functionAround(node);
    while (fn !== undefined && ts.isArrowFunction(fn)) fn = functionAround(fn);
    const literal = fn && literalOfMethod(fn);
    return literal === undefined ? [] : this.#held(literal, next(question));
  }

  /** The places of a literal by what holds it. */
  #held(value: ts.Expression, question: Question): readonly Place[] {
    if (question.depth > FURTHEST) return [];
    const literal = outermostAwaited(value);
    const { parent } = literal;
    if (ts.isVariableDeclaration(parent)) {
      const holder = ts.isIdentifier(parent.name) ? this.bindingOf(parent.name) : undefined;
      return holder === undefined ? [] : [{ binding: holder, path: question.path }];
    }
    if (isAssignment(parent) && parent.right === literal) return this.#of(parent.left, question);
    if (ts.isPropertyDeclaration(parent)) {
      const field = this.bindingOf(parent.name);
      return field === undefined ? [] : [{ binding: field, path: question.path }];
    }
    if (ts.isPropertyAssignment(parent))
      return this.#held(parent.parent, inside(question, propertyNameOf(parent.name)));
    const fn = ts.isArrowFunction(parent) ? parent : ts.isReturnStatement(parent) ? functionAround(parent) : undefined;
    const callers = fn === undefined ? [] : this.#code.callersOf(fn);
    const held = callers.flatMap((call) => this.#held(call, next(question)));
    return held.length > 0 || !ts.isObjectLiteralExpression(value) ? held : this.#ofLiteral(value, question);
  }
}

function inside(question: Question, name: string | undefined): Question {
  return { ...question, path: [name, ...question.path] };
}

/** Whether it is about the object that an expression refers to, or a part of that. */
function refers({ path, through }: Question): boolean {
  return through || path.length > 0;
}

function next(question: Question): Question {
  return { ...question, depth: question.depth + 1 };
}
