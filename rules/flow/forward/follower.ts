import { ts } from 'ts-morph';

import { isAssignment } from '../../syntax/assignments.ts';
import { functionAround, isAsync } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { bare, isAccess, isWrapper, memberNameOf, propertyNameOf, takenName } from '../../syntax/operands.ts';
import type { Access } from '../../syntax/operands.ts';
import type { Code } from '../code.ts';
import { intoFunctions } from './given-functions.ts';
import { inList, intoList, resultOf } from './items.ts';
import { NamedPlaces } from './named-places.ts';
import { inside, isItem, itemAround, propertyAround, takenOut } from './ways.ts';
import type { Way } from './ways.ts';

/**
 * Follows a value from where it is made to all that is done with it: through variables, fields, lists, objects, patterns,
 * promises and the functions of the project. What is done with the value itself is for those to say who look for it.
 */
export abstract class Follower<F, W extends Way> {
  readonly code: Code;
  /** The value goes where it is not followed. */
  abstract readonly unknown: readonly F[];
  readonly #names: NamedPlaces<F, W>;
  /** The functions that it has left, which may call themselves. */
  readonly #left: { readonly by: FunctionNode; readonly around: string }[] = [];

  constructor(code: Code) {
    this.code = code;
    this.#names = new NamedPlaces(this);
  }

  /** The code waits for it, or for a list of it. */
  protected abstract awaited(node: ts.AwaitExpression, way: W): readonly F[];
  protected abstract awaitedInLoop(loop: ts.ForOfStatement, way: W): readonly F[];
  /** Nothing is made of it. */
  protected abstract unused(form: 'statement' | 'void', way: W): readonly F[];
  /** It is only asked whether it is there, or what it is. */
  protected abstract tested(by: ts.Node, way: W): readonly F[];
  /** A member of the value is named; `undefined` for one whose name is made at run time. */
  protected abstract member(access: Access, name: string | undefined, way: W): readonly F[];
  /** A pattern takes the value apart. */
  protected abstract takenApart(pattern: ts.BindingPattern, way: W): readonly F[];
  /** Its parts are spread into something else. */
  protected abstract spread(into: ts.Node, way: W): readonly F[];
  /** A name in a function's pattern gets a part of the value. */
  abstract partGiven(name: ts.Identifier, part: string, way: W): readonly F[];
  /** What a call makes of it that is none of the project's functions; `undefined` where that is not known. */
  protected abstract builtIn(call: ts.CallExpression, way: W): readonly F[] | undefined;
  /** It leaves a function that the way has not gone into. */
  protected abstract leaves(by: FunctionNode, way: W): readonly F[];
  /** What becomes of it under a name, by the uses of that. */
  abstract under(uses: readonly F[], isExported: boolean, way: W): readonly F[];
  /** What becomes of it on several ways at once. */
  protected abstract joined(uses: readonly F[]): readonly F[];
  /** The way goes on at a use of a name. */
  abstract atUse(place: ts.Expression, way: W): W;
  /** The way comes to a name that it has come from. */
  abstract readonly again: readonly F[];
  /** What becomes of it where it is assigned: of the assignment's own value, and under the name. */
  protected abstract assigned(
    assignment: ts.BinaryExpression,
    asValue: readonly F[],
    underName: () => readonly F[],
    way: W,
  ): readonly F[];

  /** What becomes of what an expression holds, by what stands around it. */
  climb(current: ts.Expression, way: W): readonly F[] {
    const { parent } = current;
    if (isWrapper(parent)) return this.climb(parent, way);
    if (ts.isAwaitExpression(parent)) return this.#inAwait(parent, way);
    if (ts.isExpressionStatement(parent) || ts.isForStatement(parent)) return this.unused('statement', way);
    if (ts.isVoidExpression(parent)) return this.unused('void', way);
    if (ts.isBinaryExpression(parent)) return this.#inBinary(parent, current, way);
    if (ts.isConditionalExpression(parent) && parent.condition !== current) return this.climb(parent, way);
    if (isTest(parent)) return this.tested(parent, way);
    if (isAccess(parent)) return parent.expression === current ? this.#member(parent, way) : this.unknown;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return this.#argument(parent, current, way);
    if (ts.isArrayLiteralExpression(parent)) return this.climb(parent, inside(way, { item: placeIn(parent, current) }));
    if (ts.isSpreadElement(parent)) return this.#spreadIn(parent, way);
    if (ts.isObjectLiteralElementLike(parent)) return this.#property(parent, current, way);
    if (ts.isReturnStatement(parent)) return this.#returned(functionAround(parent), way);
    if (ts.isArrowFunction(parent) && parent.body === current) return this.#returned(parent, way);
    if (ts.isForOfStatement(parent)) return this.#inLoop(parent, way);
    return hasInitialiser(parent) && parent.initializer === current ? this.declared(parent.name, way) : this.unknown;
  }

  /** What becomes of what a declared name, or a part of a pattern, is given. */
  declared(name: ts.Node, way: W): readonly F[] {
    if (ts.isObjectBindingPattern(name)) return this.#byName(name, way);
    if (ts.isArrayBindingPattern(name)) return this.#byPlace(name, way);
    const isName = ts.isIdentifier(name) || ts.isPrivateIdentifier(name);
    return isName ? this.#names.of(name, way) : this.unknown;
  }

  /** What becomes of what is put into a variable or a field. */
  named(place: ts.Expression, way: W): readonly F[] {
    return this.#names.ofPlace(place, way);
  }

  /** The call that the way has come from gives back what its function returns. */
  givenBack(way: W): readonly F[] {
    const entered = way.into.at(-1);
    if (entered === undefined) return this.unknown;
    // A promise of a promise is one promise.
    const isPromise = way.layers[0] === 'result' && entered.layers.at(-1) === 'result';
    const around = isPromise ? entered.layers.slice(0, -1) : entered.layers;
    return this.climb(entered.call, inside({ ...way, into: way.into.slice(0, -1) }, ...around));
  }

  #returned(by: FunctionNode | undefined, way: W): readonly F[] {
    if (by === undefined) return this.unknown;
    if (way.into.at(-1)?.fn === by) return this.givenBack(this.throughResult(by, way));
    const around = JSON.stringify(way.layers);
    if (this.#left.some((each) => each.by === by && each.around === around)) return this.again;
    this.#left.push({ by, around });
    return this.leaves(by, way);
  }

  /** An async function gives a promise of what it returns; one of a promise is that promise. */
  throughResult(by: FunctionNode, way: W): W {
    return isAsync(by) && way.layers[0] !== 'result' ? inside(way, 'result') : way;
  }

  #inAwait(node: ts.AwaitExpression, way: W): readonly F[] {
    if (way.layers[0] === 'result') return this.climb(node, takenOut(way));
    return propertyAround(way) === undefined ? this.awaited(node, way) : this.climb(node, way);
  }

  #inBinary(parent: ts.BinaryExpression, current: ts.Expression, way: W): readonly F[] {
    const { kind } = parent.operatorToken;
    const isLeft = parent.left === current;
    if (kind === ts.SyntaxKind.CommaToken) return isLeft ? this.unused('statement', way) : this.climb(parent, way);
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken && isLeft) return this.tested(parent, way);
    if (isShortCircuit(kind)) return this.climb(parent, way);
    if (isComparison(kind)) return this.tested(parent, way);
    if (isLeft) return this.unknown;
    return isAssignment(parent) || isLogicalAssignment(kind) ? this.#inAssignment(parent, way) : this.unknown;
  }

  #inAssignment(assignment: ts.BinaryExpression, way: W): readonly F[] {
    const underName = () => this.#names.ofPlace(bare(assignment.left), way);
    return this.assigned(assignment, this.climb(assignment, way), underName, way);
  }

  #member(access: Access, way: W): readonly F[] {
    const name = memberNameOf(access);
    const [layer] = way.layers;
    if (layer === undefined) return this.member(access, name, way);
    if (layer === 'result') return resultOf(this, access, name, way);
    if (isItem(way)) return inList(this, access, name, way);
    if (name === undefined) return this.unknown;
    return propertyAround(way) === name ? this.climb(access, takenOut(way)) : [];
  }

  #argument(call: ts.CallExpression | ts.NewExpression, argument: ts.Expression, way: W): readonly F[] {
    if (call.expression === argument) return this.unknown;
    if (ts.isCallExpression(call)) {
      const made = this.builtIn(call, way) ?? intoList(this, call, way);
      if (made !== undefined) return made;
    } else if (isItem(way) && isCollection(call)) return this.climb(call, way);
    return intoFunctions(this, call, argument, way);
  }

  #spreadIn(element: ts.SpreadElement, way: W): readonly F[] {
    const { parent } = element;
    if (way.layers.length === 0) return this.spread(element, way);
    if (!isItem(way)) return this.unknown;
    const somewhere = inside(takenOut(way), { item: undefined });
    return ts.isArrayLiteralExpression(parent)
      ? this.climb(parent, somewhere)
      : this.#argument(parent, element, somewhere);
  }

  #property(property: ts.ObjectLiteralElementLike, current: ts.Expression, way: W): readonly F[] {
    const literal = property.parent;
    if (!ts.isObjectLiteralExpression(literal)) return this.unknown;
    if (ts.isSpreadAssignment(property)) {
      if (way.layers.length === 0) return this.spread(property, way);
      return propertyAround(way) === undefined ? this.unknown : this.climb(literal, way);
    }
    if (ts.isPropertyAssignment(property) && property.initializer !== current) return this.unknown;
    const name = propertyNameOf(property.name);
    if (name === undefined) return this.unknown;
    const uses = [...this.climb(literal, inside(way, { property: name })), ...this.#names.throughThis(property, way)];
    return this.joined(uses);
  }

  #byName(pattern: ts.ObjectBindingPattern, way: W): readonly F[] {
    if (way.layers.length === 0) return this.takenApart(pattern, way);
    const wanted = propertyAround(way);
    if (wanted === undefined) return this.unknown;
    return pattern.elements.flatMap((element) => {
      if (element.dotDotDotToken !== undefined) return this.declared(element.name, way);
      const name = takenName(element);
      if (name === undefined) return this.unknown;
      return name === wanted ? this.declared(element.name, takenOut(way)) : [];
    });
  }

  #byPlace(pattern: ts.ArrayBindingPattern, way: W): readonly F[] {
    if (way.layers.length === 0) return this.takenApart(pattern, way);
    const place = itemAround(way);
    if (place === undefined) return this.unknown;
    const element = pattern.elements[place];
    if (element !== undefined && ts.isBindingElement(element) && element.dotDotDotToken === undefined)
      return this.declared(element.name, takenOut(way));
    return pattern.elements.some((each) => ts.isBindingElement(each) && each.dotDotDotToken !== undefined)
      ? this.unknown
      : [];
  }

  #inLoop(loop: ts.ForOfStatement, way: W): readonly F[] {
    if (!isItem(way)) return this.unknown;
    if (loop.awaitModifier !== undefined) return this.awaitedInLoop(loop, way);
    const list = loop.initializer;
    if (!ts.isVariableDeclarationList(list)) return this.unknown;
    return list.declarations.flatMap(({ name }) => this.declared(name, takenOut(way)));
  }
}

/** The place of an element in a list, where nothing of unknown length stands before it. */
function placeIn({ elements }: ts.ArrayLiteralExpression, element: ts.Expression): number | undefined {
  const place = elements.indexOf(element);
  return elements.slice(0, place).some(ts.isSpreadElement) ? undefined : place;
}

function hasInitialiser(
  node: ts.Node,
): node is ts.VariableDeclaration | ts.ParameterDeclaration | ts.PropertyDeclaration | ts.BindingElement {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isBindingElement(node)
  );
}

function isTest(node: ts.Node): boolean {
  return (
    ts.isConditionalExpression(node) ||
    ts.isIfStatement(node) ||
    ts.isWhileStatement(node) ||
    ts.isDoStatement(node) ||
    ts.isTypeOfExpression(node) ||
    (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
  );
}

function isShortCircuit(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

/** `===`, `'page' in saved`, `saved instanceof Map` */
function isComparison(kind: ts.SyntaxKind): boolean {
  return (
    (kind >= ts.SyntaxKind.EqualsEqualsToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken) ||
    kind === ts.SyntaxKind.InKeyword ||
    kind === ts.SyntaxKind.InstanceOfKeyword
  );
}

function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

/** `new Set(items)` */
function isCollection({ expression: made }: ts.NewExpression): boolean {
  return ts.isIdentifier(made) && (made.text === 'Set' || made.text === 'Array');
}
