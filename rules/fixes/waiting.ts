import { ts } from 'ts-morph';

import type { Change } from '../catalogue/rule.ts';
import type { ActorModel } from '../model/actor-model.ts';
import type { Code } from '../model/code.ts';
import { functionAround, isAsync, isWithin } from '../model/functions.ts';
import type { FunctionNode } from '../model/functions.ts';
import { fatesOf } from '../model/promises.ts';
import { returnsOf } from '../model/value-flow.ts';
import { asyncChanges } from './async-function.ts';
import { awaitChanges } from './await.ts';
import { forOfChanges } from './for-of.ts';
import { allowsTopLevelAwait } from './top-level-await.ts';
import { usesOf } from './uses.ts';
import type { Use } from './uses.ts';

/** How many functions one fix may make async: beyond that it is a rewrite, which a person should plan. */
const MOST_FUNCTIONS = 8;

/**
 * The edits that make the code wait for a promise. They grow: who awaits must be async, and who calls a function that became
 * async must await it in turn. Where somebody cannot wait (a constructor, a getter, a function given to code that we do not
 * know) there is no such fix.
 */
export class Waiting {
  readonly #actor: ActorModel;
  readonly #code: Code;
  readonly #changes: Change[] = [];
  readonly #functions = new Set<FunctionNode>();
  #onlyWaits = true;

  constructor(actor: ActorModel) {
    this.#actor = actor;
    this.#code = actor.code;
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** False where more than waiting changes: what ran side by side runs one after the other. */
  get onlyWaits(): boolean {
    return this.#onlyWaits;
  }

  /** Awaits an expression. Answers `false`, with edits half made, where that cannot be. */
  awaitAt(promise: ts.Expression, several = false): boolean {
    const changes = awaitChanges(promise, several);
    if (changes === undefined || !this.#letAwait(promise)) return false;
    this.#changes.push(...changes);
    return true;
  }

  /** Makes a loop of a `forEach`, so that the function around it can wait. */
  loop(call: ts.CallExpression): boolean {
    const changes = forOfChanges(this.#code, call);
    if (changes === undefined || !this.#letAwait(call)) return false;
    this.#changes.push(...changes);
    this.#onlyWaits = false;
    return true;
  }

  /** Makes the place of a node one where `await` may stand. */
  #letAwait(node: ts.Node): boolean {
    const fn = functionAround(node);
    if (!mayHoldAwait(node, fn)) return false;
    if (fn === undefined) return allowsTopLevelAwait(node.getSourceFile());
    const loop = loopCallOf(fn);
    if (loop !== undefined) return this.#functions.has(fn) || (this.#visit(fn) && this.loop(loop));
    return isAsync(fn) || this.makeAsync(fn);
  }

  /** Makes a function async, and those who call it wait. */
  makeAsync(fn: FunctionNode): boolean {
    if (this.#functions.has(fn)) return true;
    const changes = asyncChanges(fn);
    if (changes === undefined || !this.#visit(fn)) return false;
    this.#changes.push(...changes);
    return this.#letOthersWait(fn);
  }

  #visit(fn: FunctionNode): boolean {
    if (this.#mayHaveOtherCallers(fn)) return false;
    if (this.#functions.size >= MOST_FUNCTIONS) return false;
    this.#functions.add(fn);
    return true;
  }

  /** A function of a package that several Actors share: only this Actor's calls of it are known here. */
  #mayHaveOtherCallers(fn: FunctionNode): boolean {
    const { kind, sources } = this.#actor.folder;
    const isOwn = kind === 'actor' && sources.includes(fn.getSourceFile().fileName);
    return !isOwn && !ts.isCallExpression(fn.parent);
  }

  #letOthersWait(fn: FunctionNode): boolean {
    const uses = usesOf(this.#code, fn);
    return uses !== undefined && uses.every((use) => this.#suits(use, fn));
  }

  #suits(use: Use, fn: FunctionNode): boolean {
    if (use.kind === 'call') return this.#settles(use.call, returnsOf(fn).length > 0);
    if (use.kind === 'chain') return this.#settles(use.call, false);
    if (use.kind === 'emitter') this.#onlyWaits = false;
    return true;
  }

  /** Sees to it that a call, which now gives a promise, is waited for. */
  #settles(call: ts.CallExpression, hasValue: boolean): boolean {
    return fatesOf(this.#code, call).every((fate) => {
      if (fate.kind === 'returned') return isAsync(fate.by) || this.#handsOn(fate.by);
      if (fate.kind === 'dropped') return this.#isProgram(call) || this.awaitAt(fate.drop.promise);
      return fate.kind === 'awaited' || !hasValue || this.awaitAt(call);
    });
  }

  /** A function that returns what another one returns: now a promise. */
  #handsOn(fn: FunctionNode): boolean {
    if (this.#functions.has(fn)) return true;
    if (ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return false;
    return this.#visit(fn) && this.#letOthersWait(fn);
  }

  /** `main();` at the end of a module: the process lives until it is done. */
  #isProgram(call: ts.CallExpression): boolean {
    const statement = call.parent;
    return (
      ts.isExpressionStatement(statement) &&
      ts.isSourceFile(statement.parent) &&
      statement.parent.statements.at(-1) === statement
    );
  }
}

/** The `forEach` or `each` that a function is written into. */
function loopCallOf(fn: FunctionNode): ts.CallExpression | undefined {
  const call = fn.parent;
  const isLoop =
    ts.isCallExpression(call) &&
    call.arguments[0] === fn &&
    ts.isPropertyAccessExpression(call.expression) &&
    (call.expression.name.text === 'forEach' || call.expression.name.text === 'each');
  return isLoop ? call : undefined;
}

/** Not in a parameter's default, nor in a class's field: no function's body runs these. */
function mayHoldAwait(node: ts.Node, fn: FunctionNode | undefined): boolean {
  if (fn !== undefined && (fn.body === undefined || !isWithin(node, fn.body))) return false;
  for (let current = node.parent; current !== fn && !ts.isSourceFile(current); current = current.parent) {
    if (ts.isPropertyDeclaration(current) || ts.isClassStaticBlockDeclaration(current)) return false;
  }
  return true;
}
