import { ts } from 'ts-morph';

import { isAssignment } from '../../syntax/assignments.ts';
import { functionAround, isAsync, isFunctionNode, unitOf } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { isAccess, isWrapper, memberNameOf, outermost, propertyNameOf, takenName } from '../../syntax/operands.ts';
import type { Access } from '../../syntax/operands.ts';
import type { Code } from '../code.ts';
import { argumentFates } from './arguments.ts';
import { dropped, IDLE, inside, KEPT, propertyAround, startingAt, takenOut, used } from './carried.ts';
import type { Carried } from './carried.ts';
import { handsOver, isChainWord } from './chains.ts';
import type { Fate } from './fates.ts';
import { itemFates } from './items.ts';
import { NamedPlaces } from './named-places.ts';

/** Follows a promise from where it is made to all that is done with it. */
export class Follower {
  readonly code: Code;
  readonly #names: NamedPlaces;

  constructor(code: Code) {
    this.code = code;
    this.#names = new NamedPlaces(this);
  }

  fatesOf(call: ts.Expression, several: boolean): readonly Fate[] {
    const fates = this.climb(call, startingAt(call, several));
    return fates.length === 0 ? KEPT : fates;
  }

  /** What becomes of what an expression holds, by what stands around it. */
  climb(current: ts.Expression, carried: Carried): readonly Fate[] {
    const { parent } = current;
    if (isWrapper(parent)) return this.climb(parent, carried);
    if (ts.isAwaitExpression(parent)) return this.#awaited(parent, carried);
    if (ts.isExpressionStatement(parent) || ts.isForStatement(parent)) return dropped('statement', carried);
    if (ts.isVoidExpression(parent)) return dropped('void', carried);
    if (ts.isBinaryExpression(parent)) return this.#inBinary(parent, current, carried);
    if (ts.isConditionalExpression(parent)) return parent.condition === current ? KEPT : this.climb(parent, carried);
    if (isAccess(parent)) return parent.expression === current ? this.#member(parent, carried) : KEPT;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return argumentFates(this, parent, current, carried);
    if (ts.isArrayLiteralExpression(parent)) return this.climb(parent, inside(carried, 'item'));
    if (ts.isSpreadElement(parent)) return this.#spread(parent, carried);
    if (ts.isObjectLiteralElementLike(parent)) return this.#property(parent, current, carried);
    if (ts.isReturnStatement(parent)) return this.returned(functionAround(parent), carried);
    if (ts.isArrowFunction(parent) && parent.body === current) return this.returned(parent, carried);
    if (ts.isForOfStatement(parent)) return this.#inLoop(parent, carried);
    return hasInitialiser(parent) && parent.initializer === current ? this.declared(parent.name, carried) : KEPT;
  }

  /** What becomes of what a declared name, or a part of a pattern, is given. */
  declared(name: ts.Node, carried: Carried): readonly Fate[] {
    if (ts.isObjectBindingPattern(name)) return this.#taken(name, carried);
    const isName = ts.isIdentifier(name) || ts.isPrivateIdentifier(name);
    return isName ? this.#names.of(name, carried) : KEPT;
  }

  /** What becomes of what is put into a variable or a field. */
  named(place: ts.Expression, carried: Carried): readonly Fate[] {
    return this.#names.ofPlace(place, carried);
  }

  /** What becomes of what a function returns: at the call that the way came from, or where its holder is returned, at all calls. */
  returned(by: FunctionNode | undefined, carried: Carried): readonly Fate[] {
    if (by === undefined) return KEPT;
    const entered = carried.into.at(-1);
    if (entered?.fn === by) return this.#givenBack(carried);
    const [layer] = carried.layers;
    if (layer === undefined) return [{ kind: 'returned', by }];
    // An array of promises that is returned is left to those who get it: they rarely forget it.
    if (layer === 'item') return KEPT;
    const out = isAsync(by) ? inside(carried, 'result') : carried;
    const fates = this.code.callersOf(by).flatMap((call) => this.climb(call, out));
    return fates.every(({ kind }) => kind === 'dropped') ? KEPT : fates;
  }

  #givenBack(carried: Carried): readonly Fate[] {
    const entered = carried.into.at(-1);
    if (entered === undefined) return KEPT;
    const { call, fn, layers } = entered;
    const isHeld = carried.layers.length > 0;
    const around = isHeld && isAsync(fn) ? [...layers, 'result' as const] : layers;
    return this.climb(
      call,
      inside({ ...carried, promise: isHeld ? carried.promise : call, into: carried.into.slice(0, -1) }, ...around),
    );
  }

  #awaited(node: ts.AwaitExpression, carried: Carried): readonly Fate[] {
    const [layer] = carried.layers;
    if (layer === 'result') return this.climb(node, takenOut(carried));
    if (layer === 'item')
      return isArray(this.code, node.expression) ? dropped('array', carried) : this.settled(node, carried);
    return layer === undefined ? this.settled(node, carried) : this.climb(node, carried);
  }

  /** The code waits here: so does the call of the function around it that the way came from. */
  settled(at: ts.AwaitExpression | ts.ForOfStatement, carried: Carried): readonly Fate[] {
    const unit = unitOf(at);
    if (carried.into.at(-1)?.fn === unit && isFunctionNode(unit) && isAsync(unit))
      return this.#givenBack({ ...carried, layers: [] });
    return [{ kind: 'awaited', at, unit, continuations: carried.continuations }];
  }

  #inBinary(parent: ts.BinaryExpression, current: ts.Expression, carried: Carried): readonly Fate[] {
    const { kind } = parent.operatorToken;
    const isLeft = parent.left === current;
    if (kind === ts.SyntaxKind.CommaToken && isLeft) return dropped('statement', carried);
    if (kind === ts.SyntaxKind.CommaToken || isShortCircuit(kind)) return this.climb(parent, carried);
    if (isLeft) return KEPT;
    if (kind === ts.SyntaxKind.InKeyword) return carried.layers.length === 0 ? used(parent, carried) : IDLE;
    return isAssignment(parent) || isLogicalAssignment(kind) ? this.#assigned(parent, carried) : KEPT;
  }

  #assigned(assignment: ts.BinaryExpression, carried: Carried): readonly Fate[] {
    const asValue = this.climb(assignment, carried);
    return asValue.every(({ kind }) => kind === 'dropped') ? this.#names.ofTarget(assignment, carried) : asValue;
  }

  #member(access: Access, carried: Carried): readonly Fate[] {
    const [layer] = carried.layers;
    const name = memberNameOf(access);
    if (layer === undefined) return this.#ofPromise(access, name, carried);
    if (layer === 'result') return KEPT;
    if (layer === 'item') return itemFates(this, access, carried);
    if (name === undefined) return KEPT;
    return layer.property === name ? this.climb(access, takenOut(carried)) : IDLE;
  }

  #ofPromise(access: Access, name: string | undefined, carried: Carried): readonly Fate[] {
    if (name === undefined || !isChainWord(name)) return used(access, carried);
    const callee = outermost(access);
    const call = callee.parent;
    if (!ts.isCallExpression(call) || call.expression !== callee || handsOver(this.code, call)) return KEPT;
    return this.climb(call, {
      ...carried,
      promise: call,
      continuations: [...carried.continuations, ...call.arguments],
      bringsValue: carried.bringsValue && name !== 'then',
    });
  }

  #spread(spread: ts.SpreadElement, carried: Carried): readonly Fate[] {
    const list = spread.parent;
    const [layer] = carried.layers;
    if (layer === undefined) return used(spread, carried);
    if (layer !== 'item') return KEPT;
    return ts.isArrayLiteralExpression(list) ? this.climb(list, carried) : argumentFates(this, list, spread, carried);
  }

  #property(property: ts.ObjectLiteralElementLike, current: ts.Expression, carried: Carried): readonly Fate[] {
    const literal = property.parent;
    if (!ts.isObjectLiteralExpression(literal)) return KEPT;
    if (ts.isSpreadAssignment(property)) {
      if (carried.layers.length === 0) return used(property, carried);
      return propertyAround(carried) === undefined ? KEPT : this.climb(literal, carried);
    }
    const name = property.name;
    if (name === undefined || (ts.isPropertyAssignment(property) && property.initializer !== current)) return KEPT;
    const key = propertyNameOf(name);
    if (key === undefined) return KEPT;
    const fates = [
      ...this.climb(literal, inside(carried, { property: key })),
      ...this.#names.throughThis(property, carried),
    ];
    const others = fates.filter((fate) => fate.kind !== 'dropped');
    return others.length > 0 ? others : fates;
  }

  /** `const { done } = held` takes a property; of the promise itself it takes nothing that is there. */
  #taken(pattern: ts.ObjectBindingPattern, carried: Carried): readonly Fate[] {
    if (carried.layers.length === 0) return pattern.elements.length > 0 ? used(pattern, carried) : KEPT;
    const wanted = propertyAround(carried);
    if (wanted === undefined) return KEPT;
    return pattern.elements.flatMap((element) => {
      if (element.dotDotDotToken !== undefined) return this.declared(element.name, carried);
      const key = takenName(element);
      if (key === undefined) return KEPT;
      return key === wanted ? this.declared(element.name, takenOut(carried)) : IDLE;
    });
  }

  #inLoop(loop: ts.ForOfStatement, carried: Carried): readonly Fate[] {
    if (carried.layers[0] !== 'item') return KEPT;
    if (loop.awaitModifier !== undefined && carried.layers.length === 1) return this.settled(loop, carried);
    const list = loop.initializer;
    if (!ts.isVariableDeclarationList(list)) return KEPT;
    return list.declarations.flatMap(({ name }) => this.declared(name, takenOut(carried)));
  }
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

function isShortCircuit(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

/** Whether TypeScript knows that a value is an array. */
function isArray(code: Code, expression: ts.Expression): boolean {
  const type = code.checker.getTypeAtLocation(expression);
  return code.checker.isArrayType(type) || code.checker.isTupleType(type);
}
