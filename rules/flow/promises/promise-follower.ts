import { ts } from 'ts-morph';

import { isAsync, isFunctionNode, unitOf } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { bare, outermost } from '../../syntax/operands.ts';
import type { Access } from '../../syntax/operands.ts';
import type { Code } from '../code.ts';
import { Follower } from '../forward/follower.ts';
import { isItem, takenOut } from '../forward/ways.ts';
import { calledGlobal } from '../call-forms.ts';
import { isLog } from '../logs.ts';
import { dropped, KEPT, startingAt, used } from './carried.ts';
import type { Carried } from './carried.ts';
import { handsOver, isChainWord } from './chains.ts';
import type { Fate } from './fates.ts';
import { isOverwritten } from './overwritten.ts';

/** `Promise.all` and its kin: they wait for what they are given. */
const COMBINATORS: ReadonlySet<string> = new Set(
  ['all', 'allSettled', 'any', 'race', 'resolve'].map((name) => `Promise.${name}`),
);

/** Follows a promise to those who wait for it, or drop it. */
export class PromiseFollower extends Follower<Fate, Carried> {
  override readonly unknown = KEPT;
  override readonly again: readonly Fate[] = [];

  fatesOf(call: ts.Expression, several: boolean): readonly Fate[] {
    const fates = this.climb(call, startingAt(call, several));
    return fates.length === 0 ? KEPT : fates;
  }

  protected override awaited(node: ts.AwaitExpression, carried: Carried): readonly Fate[] {
    if (isItem(carried) && isArray(this.code, node.expression)) return dropped('array', carried);
    return this.#settled(node, carried);
  }

  protected override awaitedInLoop(loop: ts.ForOfStatement, carried: Carried): readonly Fate[] {
    return carried.layers.length === 1 ? this.#settled(loop, carried) : KEPT;
  }

  /** The code waits here: so does the call of the function around it that the way came from. */
  #settled(at: ts.AwaitExpression | ts.ForOfStatement, carried: Carried): readonly Fate[] {
    const unit = unitOf(at);
    if (carried.into.at(-1)?.fn === unit && isFunctionNode(unit) && isAsync(unit))
      return this.givenBack({ ...carried, layers: [] });
    return [{ kind: 'awaited', at, unit, continuations: carried.continuations }];
  }

  /** The call is then what a person would wait for. */
  override givenBack(carried: Carried): readonly Fate[] {
    const call = carried.into.at(-1)?.call;
    return super.givenBack(call === undefined || carried.layers.length > 0 ? carried : { ...carried, promise: call });
  }

  /** A promise that an async function returns is the function's own. */
  override throughResult(by: FunctionNode, carried: Carried): Carried {
    return carried.layers.length === 0 ? carried : super.throughResult(by, carried);
  }

  protected override unused(form: 'statement' | 'void', carried: Carried): readonly Fate[] {
    return dropped(form, carried);
  }

  protected override tested(by: ts.Node, carried: Carried): readonly Fate[] {
    return ts.isBinaryExpression(by) && by.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
      ? this.climb(by, carried)
      : KEPT;
  }

  protected override member(access: Access, name: string | undefined, carried: Carried): readonly Fate[] {
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

  protected override takenApart(pattern: ts.BindingPattern, carried: Carried): readonly Fate[] {
    return ts.isObjectBindingPattern(pattern) && pattern.elements.length > 0 ? used(pattern, carried) : KEPT;
  }

  protected override spread(into: ts.Node, carried: Carried): readonly Fate[] {
    return used(into, carried);
  }

  override partGiven(name: ts.Identifier, _part: string, carried: Carried): readonly Fate[] {
    return used(name, carried);
  }

  protected override builtIn(call: ts.CallExpression, carried: Carried): readonly Fate[] | undefined {
    const global = calledGlobal(this.code, call) ?? '';
    if (global === 'Object.freeze') return this.climb(call, carried);
    if (isLog(this.code, call)) return [];
    if (!COMBINATORS.has(global)) return undefined;
    // The combinator's own promise waits for the one that it is given: for that a person would wait.
    const rest = isItem(carried) ? takenOut(carried) : carried;
    if (rest.layers.length > 0) return KEPT;
    return this.climb(call, { ...rest, call, promise: call, bringsValue: false });
  }

  protected override leaves(by: FunctionNode, carried: Carried): readonly Fate[] {
    if (carried.layers.length === 0) return [{ kind: 'returned', by }];
    // An array of promises that is returned is left to those who get it: they rarely forget it.
    if (isItem(carried)) return KEPT;
    const out = this.throughResult(by, carried);
    const fates = this.code.callersOf(by).flatMap((call) => this.climb(call, out));
    return fates.every(isDropped) ? KEPT : fates;
  }

  /** A name's promise is kept where one use of it keeps it. */
  override under(uses: readonly Fate[], isExported: boolean, carried: Carried): readonly Fate[] {
    if (!uses.every(isDropped)) return this.joined(uses);
    if (isExported) return KEPT;
    const isPlain = carried.layers.length === 0 && carried.into.length === 0;
    const chained = uses.find((fate) => isDropped(fate) && ts.isCallExpression(bare(fate.drop.promise)));
    return chained !== undefined && isPlain ? [chained] : dropped('unused', carried);
  }

  protected override joined(uses: readonly Fate[]): readonly Fate[] {
    const others = uses.filter((fate) => !isDropped(fate));
    return others.length > 0 ? others : uses;
  }

  override atUse(place: ts.Expression, carried: Carried): Carried {
    return carried.layers.length === 0 ? { ...carried, promise: place } : carried;
  }

  /** A round of a loop may put its promise in the place of the one before. */
  protected override assigned(
    assignment: ts.BinaryExpression,
    asValue: readonly Fate[],
    underName: () => readonly Fate[],
    carried: Carried,
  ): readonly Fate[] {
    if (!asValue.every(isDropped)) return asValue;
    const target = bare(assignment.left);
    const fates = underName();
    if (!ts.isIdentifier(target) || fates.every(isDropped)) return fates;
    return isOverwritten(this.code, assignment, target)
      ? [...dropped('overwritten', carried, { variable: target.text }), ...fates]
      : fates;
  }
}

function isDropped(fate: Fate): fate is Extract<Fate, { kind: 'dropped' }> {
  return fate.kind === 'dropped';
}

/** Whether TypeScript knows that a value is an array. */
function isArray(code: Code, expression: ts.Expression): boolean {
  const type = code.checker.getTypeAtLocation(expression);
  return code.checker.isArrayType(type) || code.checker.isTupleType(type);
}
