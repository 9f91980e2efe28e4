import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { isOwnCode } from '../own-code.ts';
import type { Save } from '../effects/persistence.ts';
import type { Code } from '../../flow/code.ts';
import { fatesOf } from '../../flow/promises/fates.ts';
import type { Fate } from '../../flow/promises/fates.ts';
import { speaksOfErrors } from '../../sdk/words.ts';
import { isFunctionNode, unitOf, visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { awaited, isAccess, memberNameOf, outermost } from '../../syntax/operands.ts';
import { catchAround } from '../../syntax/tries.ts';
import { commentsAbout, doesNothing } from './idle-handlers.ts';

/** A save whose error is taken by something that does nothing with it. */
export interface SwallowedError {
  /** The save, or the call that leads to it where the error is taken. */
  readonly call: ts.CallExpression;
  readonly save: Save;
  /** What takes the error: a `catch`, or the callback of a promise. */
  readonly by: ts.CatchClause | FunctionNode;
}

/** How many calls are followed from a save to what takes its error. */
const FURTHEST = 3;

/**
 * The saves of an Actor whose error nobody hears of. One that a comment speaks of is dropped on purpose; a record that is
 * removed is cleaned up, and may well be gone already.
 */
export function swallowedErrorsOf(actor: ActorModel): readonly SwallowedError[] {
  const search = new ErrorSearch(actor);
  const found = new Map<ts.Node, SwallowedError>();
  for (const save of actor.persistence.saves) {
    const { made: call, value } = save;
    const isRemoval = value !== undefined && awaited(value).kind === ts.SyntaxKind.NullKeyword;
    if (isRemoval || !ts.isCallExpression(call) || !isOwnCode(actor, call)) continue;
    for (const swallowed of search.of(call, save)) {
      if (!found.has(swallowed.call) && !isOnPurpose(swallowed)) found.set(swallowed.call, swallowed);
    }
  }
  return [...found.values()];
}

class ErrorSearch {
  readonly #code: Code;
  readonly #saves: ReadonlySet<ts.Node>;

  constructor({ code, persistence }: ActorModel) {
    this.#code = code;
    this.#saves = new Set<ts.Node>(persistence.saves.flatMap(({ path }) => path));
  }

  /** Where the error of a call ends in nothing; followed to callers where nothing in the function takes it. */
  of(call: ts.CallExpression, save: Save, depth = FURTHEST): readonly SwallowedError[] {
    const fates = fatesOf(this.#code, call);
    const handlers = rejectionHandlers(call, fates);
    if (handlers.length > 0) {
      const by = handlers.map((handler) => this.#idleFunction(handler));
      const [first] = by;
      return first !== undefined && by.every((each) => each !== undefined) && isResultUnused(fates, save)
        ? [{ call, save, by: first }]
        : [];
    }
    const waits = fates.filter((fate) => fate.kind === 'awaited');
    const [clause] = waits.flatMap(({ at }) => catchAround(at) ?? []);
    if (clause !== undefined) {
      const isDropped = doesNothing(this.#code, clause.block) && this.#waitsOnlyForSaves(clause.parent.tryBlock);
      return isDropped ? [{ call, save, by: clause }] : [];
    }
    const unit = unitOf(call);
    const isPassedOn = waits.some((fate) => fate.unit === unit) || fates.some(({ kind }) => kind === 'returned');
    if (depth === 0 || !isPassedOn || !isFunctionNode(unit)) return [];
    return this.#code
      .callersOf(unit)
      .flatMap((caller) => (ts.isCallExpression(caller) ? this.of(caller, save, depth - 1) : []));
  }

  /** The function that a handler is, where it does nothing. */
  #idleFunction(handler: ts.Expression): FunctionNode | undefined {
    const functions = this.#code.functionsOf(handler);
    const [first] = functions;
    const isIdle = functions.every(({ body }) => body !== undefined && doesNothing(this.#code, body));
    return isIdle ? first : undefined;
  }

  /** Whether a block waits for nothing but saves, its own or those of the functions that it calls. */
  #waitsOnlyForSaves(block: ts.Node, depth = FURTHEST): boolean {
    let only = true;
    visit(block, (node) => {
      if (ts.isAwaitExpression(node)) only &&= this.#leadsToSavesOnly(node.expression, depth);
      return only;
    });
    return only;
  }

  #leadsToSavesOnly(expression: ts.Expression, depth: number): boolean {
    const values = this.#code.valuesOf(expression);
    const calls = [awaited(expression), ...values].filter(ts.isCallExpression);
    if (calls.some((call) => this.#saves.has(call))) return true;
    const called = calls.flatMap((call) => this.#code.calledFunctions(call));
    return (
      depth > 0 &&
      called.length > 0 &&
      called.every((fn) => {
        const { body } = fn;
        if (body === undefined) return false;
        return ts.isBlock(body) ? this.#waitsOnlyForSaves(body, depth - 1) : this.#leadsToSavesOnly(body, depth - 1);
      })
    );
  }
}

/** What takes a rejection in the chain of a promise: the callback of `catch`, and the second one of `then`. */
function rejectionHandlers(call: ts.CallExpression, fates: readonly Fate[]): readonly ts.Expression[] {
  const ends = fates.flatMap((fate) => (fate.kind === 'dropped' ? [fate.drop.promise] : []));
  const continuations = fates.flatMap((fate) => (fate.kind === 'awaited' ? fate.continuations : []));
  const chained = [...linksFrom(call), ...ends.flatMap(linksTo)].flatMap((link) => [...link.arguments]);
  return [...new Set([...continuations, ...chained])].filter(takesRejection);
}

function takesRejection(callback: ts.Expression): boolean {
  const link = callback.parent;
  if (!ts.isCallExpression(link) || !isAccess(link.expression)) return false;
  const name = memberNameOf(link.expression);
  return (name === 'catch' && link.arguments[0] === callback) || (name === 'then' && link.arguments[1] === callback);
}

/** The calls of a chain that goes on from a promise. */
function linksFrom(promise: ts.Expression): readonly ts.CallExpression[] {
  const access = outermost(outermost(promise).parent);
  const link = access.parent;
  const goesOn = isAccess(access) && ts.isCallExpression(link) && link.expression === access;
  return goesOn ? [link, ...linksFrom(link)] : [];
}

/** The calls of a chain that a promise ends. */
function linksTo(promise: ts.Expression): readonly ts.CallExpression[] {
  const link = awaited(promise);
  if (!ts.isCallExpression(link) || !isAccess(link.expression)) return [];
  return [link, ...linksTo(link.expression.expression)];
}

/** A write to a store or a dataset brings nothing that could be used; of other saves the result must go nowhere. */
function isResultUnused(fates: readonly Fate[], { store }: Save): boolean {
  if (store === 'key-value-store' || store === 'dataset') return true;
  return fates.every((fate) => {
    if (fate.kind === 'dropped') return true;
    return fate.kind === 'awaited' && ts.isExpressionStatement(outermost(fate.at).parent);
  });
}

/** Whether a comment stands in what takes the error or behind it, or above it and speaks of errors. */
function isOnPurpose({ by, call }: SwallowedError): boolean {
  const places = commentsAbout(by, call);
  return places.within.length > 0 || places.above.some(speaksOfErrors);
}
