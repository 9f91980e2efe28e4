import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { calledGlobal, calledMethod } from './call-forms.ts';
import { destinationsOf } from './destinations.ts';
import { ANY_ELEMENT } from './given-values.ts';
import { unitOf, visitUnit } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { bare, methodOf, outermost } from '../syntax/operands.ts';
import type { Members, Values } from './value-flow.ts';

/** Finds what lists, sets, maps and generators hold, as far as the code puts it in. */
export class ElementValues {
  readonly #code: Code;
  readonly #values: Values;

  constructor(code: Code, values: Values) {
    this.#code = code;
    this.#values = values;
  }

  /** What a value gives when it is gone through, or under a key; `undefined` where that is not known. */
  of(value: ts.Node, name: string): Members {
    if (ts.isArrayLiteralExpression(value)) return name === ANY_ELEMENT ? this.#inList(value) : undefined;
    if (ts.isNewExpression(value)) return this.#inCollection(value, name);
    return ts.isCallExpression(value) ? this.#ofCall(value, name) : undefined;
  }

  /** The value that a method of a collection hands out; `undefined` where it is none. */
  takenBy(call: ts.CallExpression): Members {
    const method = methodOf(call);
    if (method === undefined) return undefined;
    const [key] = call.arguments;
    if (method.name === 'get' && key !== undefined) {
      const text = constantText(key, this.#values);
      return this.#members(method.object, text ?? ANY_ELEMENT, isCollection);
    }
    return HANDING_OUT.has(method.name) ? this.#members(method.object, ANY_ELEMENT, isCollection) : undefined;
  }

  /** Members of the values that are of a kind; `undefined` where none is known. */
  #members(object: ts.Expression, name: string, isKind: (value: ts.Node) => boolean): Members {
    const values = this.#values.of(object);
    if (values.length === 0 || !values.every(isKind)) return undefined;
    const found = values.map((value) => this.#values.memberOf(value, name));
    const known = found.flatMap((each) => each ?? []);
    return known.length === 0 ? undefined : known;
  }

  #inList(list: ts.ArrayLiteralExpression): Members {
    const given = [...list.elements, ...this.#callsOn(list, 'push'), ...this.#callsOn(list, 'unshift')];
    const known = given.flatMap((element) => {
      if (!ts.isSpreadElement(element)) return this.#values.of(element);
      return this.#elementsOf(element.expression) ?? [element];
    });
    return this.#isFilledElsewhere(list) ? [...known, list.parent] : known;
  }

  /** Whether a list goes where something else may be put into it. */
  #isFilledElsewhere(list: ts.ArrayLiteralExpression): boolean {
    if (!ts.isVariableDeclaration(list.parent) && !ts.isPropertyDeclaration(list.parent)) return false;
    const { given, isAll } = destinationsOf(this.#code, list);
    return !isAll || given.some(({ call }) => calledGlobal(this.#code, call) === undefined);
  }

  #elementsOf(expression: ts.Expression): Members {
    const found = this.#values.of(expression).map((value) => this.#values.memberOf(value, ANY_ELEMENT));
    return found.some((each) => each === undefined) ? undefined : found.flatMap((each) => each ?? []);
  }

  /** `new Map([['list', handleList]])` and what is put in by `set`; `new Set([…])` and `add`. */
  #inCollection(made: ts.NewExpression, name: string): Members {
    const kind = ts.isIdentifier(made.expression) ? made.expression.text : '';
    if (kind === 'Set' || kind === 'WeakSet') {
      if (name !== ANY_ELEMENT) return undefined;
      const [first] = made.arguments ?? [];
      const initial = first === undefined ? [] : (this.#elementsOf(first) ?? [first]);
      return [...initial, ...this.#callsOn(made, 'add').flatMap((each) => this.#values.of(each))];
    }
    if (kind !== 'Map' && kind !== 'WeakMap') return undefined;
    const entries = [...this.#entriesOf(made), ...this.#setsOf(made)];
    const matching = entries.filter(({ key }) => name === ANY_ELEMENT || key === undefined || key === name);
    return matching.flatMap(({ values }) => values);
  }

  #entriesOf(
    made: ts.NewExpression,
  ): readonly { readonly key: string | undefined; readonly values: readonly ts.Node[] }[] {
    const [first] = made.arguments ?? [];
    const entries = first === undefined ? [] : (this.#elementsOf(first) ?? [first]);
    return entries.map((entry) => {
      const [key, value] = ts.isArrayLiteralExpression(entry) ? entry.elements : [];
      if (key === undefined || value === undefined) return { key: undefined, values: [entry] };
      return { key: constantText(key, this.#values), values: this.#values.of(value) };
    });
  }

  #setsOf(
    made: ts.NewExpression,
  ): readonly { readonly key: string | undefined; readonly values: readonly ts.Node[] }[] {
    return this.#methodsOn(made, 'set').flatMap(({ arguments: [key, value] }) =>
      key === undefined || value === undefined
        ? []
        : [{ key: constantText(key, this.#values), values: this.#values.of(value) }],
    );
  }

  #callsOn(value: ts.Expression, name: string): readonly ts.Expression[] {
    return this.#methodsOn(value, name).flatMap((call) => [...call.arguments]);
  }

  /** The calls of a method on what holds a value that is made here. */
  #methodsOn(value: ts.Expression, name: string): readonly ts.CallExpression[] {
    const { parent } = outermost(value);
    const isHolder =
      ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent);
    const symbol = isHolder ? this.#code.symbolOf(parent.name) : undefined;
    if (symbol === undefined) return [];
    return [...this.#code.callsNamed(name)].filter((call): call is ts.CallExpression => {
      const method = ts.isCallExpression(call) ? calledMethod(this.#code, call) : undefined;
      if (method?.name !== name) return false;
      const named = ts.isPropertyAccessExpression(method.object) ? method.object.name : method.object;
      return (ts.isIdentifier(named) || ts.isPrivateIdentifier(named)) && this.#code.symbolOf(named) === symbol;
    });
  }

  /** What a generator yields, and what `Object.values` and its kin give of an object in the code. */
  #ofCall(call: ts.CallExpression, name: string): Members {
    if (name !== ANY_ELEMENT) return undefined;
    const generators = this.#code.calledFunctions(call).filter(isGenerator);
    if (generators.length > 0) return generators.flatMap((fn) => this.#yieldsOf(fn));
    const [first] = call.arguments;
    const global = calledGlobal(this.#code, call);
    if (global === 'Object.values') return first && this.#partsOfObject(first);
    if (global === 'Array.from' || global === 'Iterator.from') return first && this.#elementsOf(first);
    const method = methodOf(call);
    return method !== undefined && SAME_ELEMENTS.has(method.name) ? this.#elementsOf(method.object) : undefined;
  }

  #yieldsOf(fn: FunctionNode): readonly ts.Node[] {
    const found: ts.Node[] = [];
    if (fn.body === undefined) return found;
    visitUnit(fn.body, (node) => {
      if (!ts.isYieldExpression(node) || unitOf(node) !== fn || node.expression === undefined) return;
      const isMany = node.asteriskToken !== undefined;
      found.push(...(isMany ? (this.#elementsOf(node.expression) ?? [node]) : this.#values.of(node.expression)));
    });
    return found;
  }

  #partsOfObject(object: ts.Expression): Members {
    const values = this.#values.of(object);
    if (values.length === 0 || !values.every(ts.isObjectLiteralExpression)) return undefined;
    return values.flatMap((value) => value.properties.flatMap((property) => this.#values.ofDeclaration(property)));
  }
}

function isGenerator(fn: FunctionNode): boolean {
  return 'asteriskToken' in fn && fn.asteriskToken !== undefined;
}

function isCollection(value: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(value)) return true;
  return ts.isNewExpression(value) && ts.isIdentifier(value.expression) && COLLECTIONS.has(value.expression.text);
}

const COLLECTIONS: ReadonlySet<string> = new Set(['Map', 'WeakMap', 'Set', 'WeakSet']);

/** The one text that an expression is. */
export function constantText(expression: ts.Expression, values: Values): string | undefined {
  const [only, ...others] = values.of(expression);
  if (only === undefined || others.length > 0) return undefined;
  if (ts.isStringLiteralLike(only) || ts.isNumericLiteral(only)) return only.text;
  const initial = ts.isEnumMember(only) && only.initializer !== undefined ? bare(only.initializer) : undefined;
  return initial !== undefined && ts.isStringLiteralLike(initial) ? initial.text : undefined;
}

const HANDING_OUT: ReadonlySet<string> = new Set(['at', 'find', 'findLast', 'pop', 'shift']);
const SAME_ELEMENTS: ReadonlySet<string> = new Set([
  'filter',
  'slice',
  'concat',
  'sort',
  'reverse',
  'toSorted',
  'toReversed',
  'values',
]);
