import { ts } from 'ts-morph';

import type { AccessPaths } from './access-paths.ts';
import { mayBeSame } from './places.ts';
import type { Place } from './places.ts';
import { isAssignment } from '../syntax/assignments.ts';
import { givenFor } from './arguments.ts';
import { isConst } from './bindings.ts';
import type { Code } from './code.ts';
import { calledGlobal } from './call-forms.ts';
import type { MutationKind } from './mutations.ts';
import { functionAround, isFunctionNode, visit } from '../syntax/functions.ts';
import { accessBy, awaited, bare, methodOf, propertyNameOf } from '../syntax/operands.ts';
import { patternPart } from '../syntax/patterns.ts';
import { returnsOf } from './value-flow.ts';

/** A value that a place gets, with how it is made from the value before. */
export interface NewValue {
  readonly kind: MutationKind;
  readonly value: ts.Expression;
}

/** A property that a new value gives a value to. */
export interface NamedPart {
  readonly name: string;
  readonly value: ts.Expression;
}

/** How often a variable, an argument or a result is followed. */
const FURTHEST = 4;

/** Says of the values that a place gets how they are made from the value before. */
export class NewValues {
  readonly #code: Code;
  readonly #paths: AccessPaths;

  constructor(code: Code, paths: AccessPaths) {
    this.#code = code;
    this.#paths = paths;
  }

  /**
   * The values that an assignment may bring, each as its own: what callers give for a parameter is told apart. `count + 1` is
   * a step of `count`, `[...list, x]` an addition to `list`, `list.slice(1)` takes something out of it.
   */
  of(value: ts.Expression, place: Place, depth = 0): readonly NewValue[] {
    const given = depth < FURTHEST ? this.#alternatives(bare(value)) : [];
    if (given.length > 0) return given.flatMap((each) => this.of(each, place, depth + 1));
    return [{ kind: this.#kindOf(value, place), value }];
  }

  /** The parts in which a new object differs from the one that it copies; `undefined` where it is not made from it. */
  partsOf(value: ts.Expression, place: Place): readonly NamedPart[] | undefined {
    const returned = this.#returned(awaited(value));
    const made = returned.length > 0 ? returned : [value];
    const parts = made.map((each) => (this.#isOf(each, place) ? [] : this.#differences(awaited(each), place)));
    return parts.every((each) => each !== undefined) && parts.some((each) => each.length > 0)
      ? parts.flat()
      : undefined;
  }

  #differences(value: ts.Expression, place: Place): readonly NamedPart[] | undefined {
    if (ts.isObjectLiteralExpression(value)) {
      const copies = value.properties.some((each) => ts.isSpreadAssignment(each) && this.#isOf(each.expression, place));
      return copies ? namedIn(value) : undefined;
    }
    if (!ts.isCallExpression(value) || calledGlobal(this.#code, value) !== 'Object.assign') return undefined;
    const [target, ...sources] = value.arguments;
    if (target === undefined || !ts.isObjectLiteralExpression(target)) return undefined;
    const others = sources.filter((source) => !this.#isOf(source, place));
    if (others.length === sources.length) return undefined;
    const parts = others.map((other) => namedIn(other));
    return parts.every((each) => each !== undefined) ? parts.flat() : undefined;
  }

  #kindOf(value: ts.Expression, place: Place): MutationKind {
    const made = awaited(value);
    const collected = this.#collected(made, place);
    if (collected !== undefined) return collected;
    if (this.#names(made, place)) return 'step';
    return this.#isMadeFrom(made, place, 0) ? 'step' : 'set';
  }

  #collected(made: ts.Expression, place: Place): MutationKind | undefined {
    if (ts.isArrayLiteralExpression(made)) return this.#isExtended(made, place) ? 'add' : undefined;
    if (ts.isNewExpression(made)) {
      const [list] = made.arguments ?? [];
      const held = list && awaited(list);
      return held !== undefined && ts.isArrayLiteralExpression(held) && this.#isExtended(held, place)
        ? 'add'
        : undefined;
    }
    const method = ts.isCallExpression(made) ? methodOf(made) : undefined;
    if (method === undefined || !ts.isCallExpression(made) || !this.#isOf(method.object, place)) return undefined;
    const [first] = made.arguments;
    switch (method.name) {
      case 'concat':
        return 'add';
      case 'slice':
        return first !== undefined && !ts.isPrefixUnaryExpression(first) ? 'remove' : undefined;
      default:
        return undefined;
    }
  }

  /** `[...list, x]` */
  #isExtended({ elements }: ts.ArrayLiteralExpression, place: Place): boolean {
    const copies = elements.filter((each) => ts.isSpreadElement(each) && this.#isOf(each.expression, place));
    return copies.length > 0 && elements.length > copies.length;
  }

  #names(value: ts.Node, place: Place): boolean {
    let names = false;
    visit(value, (node) => {
      names ||= isName(node) && this.#isOf(accessOf(node), place);
    });
    return names;
  }

  /** Whether a value is worked out from the one before, by way of variables and functions: not by what a service answers. */
  #isMadeFrom(value: ts.Expression, place: Place, depth: number): boolean {
    if (depth > FURTHEST) return false;
    let isMade = false;
    visit(value, (node) => {
      if (isMade || isFunctionNode(node) || ts.isAwaitExpression(node)) return false;
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const returned = ts.isCallExpression(node) ? this.#returned(node) : [];
        isMade ||= returned.some((each) => this.#isMadeFrom(each, place, depth + 1));
        return returned.length === 0 && isCalculation(this.#code, node);
      }
      if (!isName(node)) return true;
      isMade ||= this.#isOf(accessOf(node), place);
      if (!isMade && ts.isIdentifier(node))
        isMade = this.#sourcesOf(node).some((source) => this.#isMadeFrom(source, place, depth + 1));
      return true;
    });
    return isMade;
  }

  #isOf(expression: ts.Expression | undefined, place: Place): boolean {
    if (expression === undefined) return false;
    return this.#paths.of(expression, true).some((each) => mayBeSame(each, place));
  }

  #returned(value: ts.Expression): readonly ts.Expression[] {
    if (!ts.isCallExpression(value)) return [];
    const functions = this.#code.calledFunctions(value).filter((fn) => !ts.isConstructorDeclaration(fn));
    return functions.flatMap((fn) => returnsOf(fn));
  }

  #alternatives(value: ts.Expression): readonly ts.Expression[] {
    if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
    const declaration = ts.isIdentifier(value) ? this.#paths.bindingOf(value)?.declaration : undefined;
    return declaration === undefined ? [] : this.#givenFor(declaration);
  }

  #sourcesOf(name: ts.Identifier): readonly ts.Expression[] {
    const declaration = this.#paths.bindingOf(name)?.declaration;
    if (declaration === undefined) return [];
    const given = this.#givenFor(declaration);
    if (given.length > 0) return given;
    const isLocal =
      ts.isVariableDeclaration(declaration) &&
      isConst(declaration) &&
      functionAround(declaration) === functionAround(name);
    return isLocal && declaration.initializer !== undefined ? [declaration.initializer] : [];
  }

  /** What callers give for a parameter, or for a name in its pattern. */
  #givenFor(declaration: ts.Declaration): readonly ts.Expression[] {
    if (!ts.isParameter(declaration) && !ts.isBindingElement(declaration)) return [];
    const fn = patternPart(declaration).holder.parent;
    if (!isFunctionNode(fn)) return [];
    if (ts.isSetAccessorDeclaration(fn)) return this.#assignedThrough(fn);
    return this.#code
      .callersOf(fn)
      .flatMap((call) =>
        givenFor(this.#code, declaration, call).operands.flatMap(({ expression, path }) =>
          path.length === 0 ? expression : [],
        ),
      );
  }

  /** `job.page = 2`, where `set page(value)` gets it. */
  #assignedThrough({ name }: ts.SetAccessorDeclaration): readonly ts.Expression[] {
    const symbol = this.#code.symbolOf(name);
    return (symbol === undefined ? [] : this.#code.referencesOf(symbol)).flatMap((use) => {
      const place = accessBy(use);
      return isAssignment(place.parent) && place.parent.left === place ? [place.parent.right] : [];
    });
  }
}

/** The properties that an object literal names; `undefined` for what is none, or has names that are not known. */
export function namedIn(value: ts.Expression): readonly NamedPart[] | undefined {
  const literal = awaited(value);
  if (!ts.isObjectLiteralExpression(literal)) return undefined;
  const parts: NamedPart[] = [];
  for (const property of literal.properties) {
    if (ts.isSpreadAssignment(property)) continue;
    const name = propertyNameOf(property.name);
    if (name === undefined) return undefined;
    if (ts.isShorthandPropertyAssignment(property)) parts.push({ name, value: property.name });
    if (ts.isPropertyAssignment(property)) parts.push({ name, value: property.initializer });
  }
  return parts;
}

/** What works something out of its arguments alone. */
function isCalculation(code: Code, call: ts.CallExpression | ts.NewExpression): boolean {
  return /^(?:Math\..*|Number(?:\..*)?|String|BigInt|parseInt|parseFloat)$/u.test(calledGlobal(code, call) ?? '');
}

/** The `page` of `answer.page` is another than the variable of that name: it counts as the end of its access. */
function isName(node: ts.Node): node is ts.MemberName {
  if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return false;
  return !ts.isPropertyAssignment(node.parent) || node.parent.initializer === node;
}

function accessOf(name: ts.MemberName): ts.Expression | undefined {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return parent;
  return ts.isIdentifier(name) ? name : undefined;
}
