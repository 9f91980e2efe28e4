import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { argumentAt } from '../../flow/arguments.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import { isFunctionNode, unitOf, visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { isAccess, outermost } from '../../syntax/operands.ts';
import { catchAround } from '../../syntax/tries.ts';
import { isMigrationListener } from './listeners.ts';
import type { MigrationListener } from './listeners.ts';

/** What throws in a listener before it has saved anything. */
export interface EarlyThrow {
  readonly listener: MigrationListener;
  readonly node: ts.ThrowStatement | ts.CallExpression;
}

/** How many calls are followed from a listener to what throws. */
const FURTHEST = 2;

/** The throws of an Actor's migration listeners that come before their saves, once each. */
export function earlyThrowsOf(actor: ActorModel): readonly EarlyThrow[] {
  const found = new Map<ts.Node, EarlyThrow>();
  for (const listener of actor.persistence.listeners.filter(isMigrationListener)) {
    for (const node of throwsBeforeSaves(actor, listener)) if (!found.has(node)) found.set(node, { listener, node });
  }
  return [...found.values()];
}

function throwsBeforeSaves(actor: ActorModel, { functions, reach }: MigrationListener): readonly EarlyThrow['node'][] {
  const { code, persistence } = actor;
  const saves = persistence.saves.filter(
    (save) => save.store !== 'charge' && save.path.some((call) => reach.has(unitOf(call))),
  );
  if (saves.length === 0) return [];
  const search = new ThrowSearch(actor);
  for (const fn of functions) search.enter(fn, FURTHEST);
  return search.found.filter(
    (node) => !saves.some(({ path }) => path.some((call) => code.order.mayRunBefore(call, node))),
  );
}

class ThrowSearch {
  readonly found: EarlyThrow['node'][] = [];
  readonly #actor: ActorModel;
  readonly #entered = new Set<FunctionNode>();

  constructor(actor: ActorModel) {
    this.#actor = actor;
  }

  /** Looks at what a function throws itself or through what it calls, as long as nothing there catches it. */
  enter(fn: FunctionNode, depth: number): void {
    if (this.#entered.has(fn) || fn.body === undefined) return;
    this.#entered.add(fn);
    visit(fn.body, (node) => {
      if (isFunctionNode(node)) return false;
      const throws = ts.isThrowStatement(node) || (ts.isCallExpression(node) && this.#parsesWhatIsRead(node));
      if (throws && catchAround(node) === undefined) this.found.push(node);
      if (depth > 0 && ts.isCallExpression(node) && catchAround(node) === undefined && !isChained(node)) {
        for (const called of this.#actor.code.calledFunctions(node)) this.enter(called, depth - 1);
      }
      return true;
    });
  }

  /** `JSON.parse(await Actor.getValue(…))`, or of what a file holds. */
  #parsesWhatIsRead(call: ts.CallExpression): boolean {
    const { code } = this.#actor;
    if (calledGlobal(code, call) !== 'JSON.parse') return false;
    const given = argumentAt(code, call, { index: 0 });
    let reads = false;
    if (given !== undefined) {
      visit(given, (node) => {
        reads ||= ts.isExpression(node) && code.valuesOf(node).some((value) => this.#isRead(value));
        return !reads;
      });
    }
    return reads;
  }

  #isRead(value: ts.Node): boolean {
    if (!ts.isCallExpression(value)) return false;
    if (this.#actor.persistence.restores.some(({ path }) => path.includes(value))) return true;
    const name = calledGlobal(this.#actor.code, value)?.split('.').at(-1);
    return name === 'readFile' || name === 'readFileSync';
  }
}

/** `load().catch(…)`: what becomes of its error is decided in the chain. */
function isChained(call: ts.CallExpression): boolean {
  return isAccess(outermost(call).parent);
}
