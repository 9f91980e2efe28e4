import { ts } from 'ts-morph';

import type { Given } from '../callbacks.ts';
import { goesOn, handsOver } from './chains.ts';
import type { Code } from '../code.ts';
import { isAsync, isFunctionNode, visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { promiseTakersOf } from './takers.ts';
import type { PromiseTakers } from './takers.ts';
import { fatesOf } from './fates.ts';
import type { Drop } from './fates.ts';

/** Where a promise is dropped that settles only after what is looked at. */
export interface PathEnd {
  readonly drop: Drop;
  /** The calls from the dropped one down to what is looked at; empty where that itself is dropped. */
  readonly through: readonly ts.CallExpression[];
}

/** A promise that settles only after what is looked at. */
interface Source {
  /** The call whose promise it is. */
  readonly at: ts.CallExpression;
  /** The calls that `at` runs, down to what is looked at; empty where `at` is that. */
  readonly through: readonly ts.CallExpression[];
}

/**
 * The ways of promises up to those who drop them: through the functions that wait for them or return them, and their callers.
 * Each function is passed once.
 */
export class PromisePaths {
  readonly #code: Code;
  readonly #takers: PromiseTakers;
  readonly #carriers = new Set<FunctionNode>();
  #ends: PathEnd[] = [];

  /** @param files the program's files, its tests aside */
  constructor(code: Code, files: readonly ts.SourceFile[]) {
    this.#code = code;
    this.#takers = promiseTakersOf(code, files);
  }

  /** Where the promise of a call is dropped, or one that waits for it. */
  dropsOf(call: ts.CallExpression): readonly PathEnd[] {
    this.#ends = [];
    this.#follow(call, { at: call, through: [] });
    return this.#ends;
  }

  /** Where the promise of a function is dropped, or one that waits for it. */
  dropsOfFunction(fn: FunctionNode): readonly PathEnd[] {
    this.#ends = [];
    this.#carry(fn, []);
    return this.#ends;
  }

  /** Looks at what becomes of a promise, and of the promises that wait for it. */
  #follow(promise: ts.Expression, source: Source, several = false): void {
    for (const fate of fatesOf(this.#code, promise, several)) {
      const below = [source.at, ...source.through];
      if (fate.kind === 'dropped') this.#ends.push({ drop: fate.drop, through: source.through });
      else if (fate.kind === 'returned') this.#carry(fate.by, below);
      else if (fate.kind === 'awaited' && isFunctionNode(fate.unit) && isAsync(fate.unit)) {
        this.#carry(fate.unit, below);
      }
    }
  }

  /** A function whose promise waits for what is looked at: each call of it is as good as that. */
  #carry(fn: FunctionNode, below: readonly ts.CallExpression[]): void {
    if (this.#carriers.has(fn) || !handsOutPromise(fn)) return;
    this.#carriers.add(fn);
    for (const call of this.#takers.callers.get(fn) ?? []) this.#follow(call, { at: call, through: below });
    for (const given of this.#takers.given.get(fn) ?? []) this.#give(given, { at: given.to, through: below });
  }

  #give({ fn, to, index, taking }: Given, source: Source): void {
    switch (taking) {
      case 'drops':
        if (!goesOn(this.#code, fn, false)) {
          const drop: Drop = { form: 'iteration', call: to, promise: to, several: false };
          this.#ends.push({ drop, through: source.through });
        }
        return;
      case 'collects':
        this.#follow(to, source, true);
        return;
      case 'chains':
        if (!handsOver(this.#code, to) && !isVoid(to)) this.#follow(to, source);
        return;
      case 'passes':
        if (this.#isWaitedFor(to, index)) this.#follow(to, source);
    }
  }

  /** Whether a function of the project waits for the callback that it is given. */
  #isWaitedFor(call: ts.CallExpression, index: number): boolean {
    return this.#code.calledFunctions(call).some((fn) => {
      const parameter = fn.parameters[index];
      return parameter !== undefined && callsOf(this.#code, parameter).some((each) => this.#isPassedUp(each, fn));
    });
  }

  #isPassedUp(call: ts.CallExpression, fn: FunctionNode): boolean {
    return fatesOf(this.#code, call).some(
      (fate) => (fate.kind === 'awaited' && fate.unit === fn) || (fate.kind === 'returned' && fate.by === fn),
    );
  }
}

function handsOutPromise(fn: FunctionNode): boolean {
  if (ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return false;
  return ts.isArrowFunction(fn) || fn.asteriskToken === undefined;
}

function callsOf(code: Code, parameter: ts.ParameterDeclaration): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const symbol = ts.isIdentifier(parameter.name) ? code.symbolOf(parameter.name) : undefined;
  visit(parameter.parent, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
    if (symbol !== undefined && code.symbolOf(node.expression) === symbol) calls.push(node);
  });
  return calls;
}

/** `void start().then(…)`: said to be on purpose, and what it starts is no write itself. */
function isVoid(chain: ts.CallExpression): boolean {
  let node: ts.Node = chain;
  while (ts.isPropertyAccessExpression(node.parent) || ts.isCallExpression(node.parent)) node = node.parent;
  return ts.isVoidExpression(node.parent);
}
