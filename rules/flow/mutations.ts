import { ts } from 'ts-morph';

import { AccessPaths } from './access-paths.ts';
import type { Path, Place } from './places.ts';
import type { Binding } from './bindings.ts';
import type { Code } from './code.ts';
import { visit } from '../syntax/functions.ts';
import { awaited, isAccess, memberNameOf } from '../syntax/operands.ts';
import type { Access } from '../syntax/operands.ts';
import { collectionCall, isCollection } from './collection-calls.ts';
import { calledGlobal } from './call-forms.ts';
import { namedIn, NewValues } from './new-values.ts';
import type { NamedPart } from './new-values.ts';

/** How a binding is changed: a `step` starts from the value before, a `set` does not, `add` and `remove` change a collection. */
export type MutationKind = 'set' | 'step' | 'add' | 'remove';

export interface Mutation {
  readonly kind: MutationKind;
  readonly node: ts.Node;
  readonly binding: Binding;
  /** What is changed of the binding's value; empty for all of it. */
  readonly path: Path;
  /** True when the binding itself gets the value, false for a property or element of what it holds. */
  readonly isWhole: boolean;
  /** What is put in its place, or in it. */
  readonly value: ts.Expression | undefined;
}

/** Finds what code changes. Each node is looked at once in the life of a program. */
export class Mutations {
  readonly #code: Code;
  readonly #paths: AccessPaths;
  readonly #values: NewValues;
  readonly #known = new Map<ts.Node, readonly Mutation[]>();
  #bySymbol: ReadonlyMap<ts.Symbol, readonly Mutation[]> | undefined;

  constructor(code: Code, paths: AccessPaths) {
    this.#code = code;
    this.#paths = paths;
    this.#values = new NewValues(code, paths);
  }

  /** Every change of a binding, anywhere in the program. */
  of({ symbol }: Binding): readonly Mutation[] {
    this.#bySymbol ??= bySymbolOf(this.in(this.#code.files, 'all'));
    return this.#bySymbol.get(symbol) ?? [];
  }

  /**
   * Every change of a binding in these nodes.
   *
   * @param functions `called`: a function that is declared in a node counts only if it is one of the nodes itself
   */
  in(roots: Iterable<ts.Node>, functions: 'called' | 'all' = 'called'): readonly Mutation[] {
    const found = new Map<ts.Node, readonly Mutation[]>();
    for (const root of roots) {
      visit(root, (node) => {
        if (functions === 'called' && node !== root && ts.isFunctionDeclaration(node)) return false;
        if (mayChange(node)) found.set(node, this.#at(node));
        return true;
      });
    }
    return [...found.values()].flat();
  }

  #at(node: ts.Expression): readonly Mutation[] {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const found = this.#find(node);
    this.#known.set(node, found);
    return found;
  }

  #find(node: ts.Expression): readonly Mutation[] {
    if (ts.isBinaryExpression(node)) return this.#ofAssignment(node);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
      return this.#to(node.operand, 'step', node, undefined);
    if (ts.isDeleteExpression(node)) return this.#to(node.expression, 'remove', node, undefined);
    return ts.isCallExpression(node) ? this.#ofCall(node) : [];
  }

  #ofAssignment(node: ts.BinaryExpression): readonly Mutation[] {
    const left = awaited(node.left);
    if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left))
      return patternTargets(left).flatMap((target) => this.#to(target, 'set', node, node.right));
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
      return this.#to(left, isDefaulting(node.operatorToken.kind) ? 'set' : 'step', node, node.right);
    if (isLength(left) && isCollection(this.#code, left.expression))
      return this.#inside(left.expression, 'remove', node, node.right);
    return this.#paths.of(left).flatMap((place) => this.#given(place, node, node.right, isHolder(left)));
  }

  /** A place gets a new value: as a whole, or, of an object made from the one before, in the parts that differ. */
  #given(place: Place, node: ts.Node, value: ts.Expression, isWhole: boolean): readonly Mutation[] {
    const parts = this.#values.partsOf(value, place);
    return parts === undefined
      ? this.#assigned(place, node, value, isWhole)
      : this.#inParts(place, node, parts, isWhole);
  }

  #assigned(place: Place, node: ts.Node, given: ts.Expression, isWhole: boolean): readonly Mutation[] {
    return this.#values.of(given, place).map(({ kind, value }) => ({ ...place, kind, node, isWhole, value }));
  }

  #inParts(place: Place, node: ts.Node, parts: readonly NamedPart[], isWhole: boolean): readonly Mutation[] {
    return parts.flatMap(({ name, value }) =>
      this.#assigned({ binding: place.binding, path: [...place.path, name] }, node, value, isWhole),
    );
  }

  #ofCall(call: ts.CallExpression): readonly Mutation[] {
    if (calledGlobal(this.#code, call) === 'Object.assign') return this.#merged(call);
    const change = collectionCall(this.#code, call);
    if (change === undefined) return [];
    const { receiver, kind, key, value } = change;
    if (key === undefined || value === undefined) return this.#inside(receiver, kind, call, value);
    const entries = this.#paths.of(receiver, true).map((place) => ({ ...place, path: [...place.path, key] }));
    return entries.flatMap((entry) => this.#given(entry, call, value, false));
  }

  /** `Object.assign(state, { page: state.page + 1 })` */
  #merged(call: ts.CallExpression): readonly Mutation[] {
    const [target, ...sources] = call.arguments;
    if (target === undefined) return [];
    const parts = sources.map((source) => namedIn(source));
    if (!parts.every((each) => each !== undefined)) return this.#inside(target, 'set', call, sources[0]);
    return this.#paths.of(target, true).flatMap((place) => this.#inParts(place, call, parts.flat(), false));
  }

  #to(target: ts.Expression, kind: MutationKind, node: ts.Node, value: ts.Expression | undefined): readonly Mutation[] {
    const isWhole = isHolder(target);
    return this.#paths.of(target).map((place) => ({ ...place, kind, node, isWhole, value }));
  }

  #inside(
    target: ts.Expression,
    kind: MutationKind,
    node: ts.Node,
    value: ts.Expression | undefined,
  ): readonly Mutation[] {
    return this.#paths.of(target, true).map((place) => ({ ...place, kind, node, isWhole: false, value }));
  }
}

const known = new WeakMap<Code, Mutations>();

/** What a program changes. */
export function mutationsOf(code: Code): Mutations {
  const mutations = known.get(code) ?? new Mutations(code, new AccessPaths(code));
  known.set(code, mutations);
  return mutations;
}

/** Changes by what they change. */
export function bySymbolOf(mutations: readonly Mutation[]): ReadonlyMap<ts.Symbol, readonly Mutation[]> {
  const groups = new Map<ts.Symbol, Mutation[]>();
  for (const mutation of mutations) {
    const { symbol } = mutation.binding;
    const group = groups.get(symbol);
    if (group === undefined) groups.set(symbol, [mutation]);
    else group.push(mutation);
  }
  return groups;
}

function mayChange(node: ts.Node): node is ts.Expression {
  if (ts.isBinaryExpression(node)) return isAssignment(node.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
  return ts.isCallExpression(node) || ts.isDeleteExpression(node);
}

function patternTargets(pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression): readonly ts.Expression[] {
  const targets = ts.isArrayLiteralExpression(pattern)
    ? pattern.elements
    : pattern.properties.flatMap((property) => {
        if (ts.isShorthandPropertyAssignment(property)) return [property.name];
        return ts.isPropertyAssignment(property) ? [property.initializer] : [];
      });
  return targets.flatMap((target) => {
    const place = ts.isBinaryExpression(target) ? target.left : target;
    if (ts.isOmittedExpression(place)) return [];
    const nested = ts.isArrayLiteralExpression(place) || ts.isObjectLiteralExpression(place);
    return nested ? patternTargets(place) : [ts.isSpreadElement(place) ? place.expression : place];
  });
}

function isLength(place: ts.Expression): place is Access {
  return isAccess(place) && memberNameOf(place) === 'length';
}

/** A name, or a field of `this`: what an assignment changes as a whole. */
function isHolder(target: ts.Expression): boolean {
  const place = awaited(target);
  if (ts.isIdentifier(place)) return true;
  return isAccess(place) && place.expression.kind === ts.SyntaxKind.ThisKeyword;
}

/** `??=` and its kin put another value in, or leave the one that there is. */
function isDefaulting(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken
  );
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
