import { ts } from 'ts-morph';

import type { Change } from './changes.ts';
import type { ActorModel } from '../actor/actor-model.ts';
import { callWords } from '../syntax/call-words.ts';
import type { Code } from '../flow/code.ts';
import { floatingWritesOf, promisePathsOf } from '../actor/writes/floating-writes.ts';
import { functionAround, isAsync, isFunctionNode } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isLeftOnPurpose } from '../actor/writes/left-on-purpose.ts';
import { fatesOf } from '../flow/promises/fates.ts';
import type { Drop } from '../flow/promises/fates.ts';
import { returnsOf } from '../flow/value-flow.ts';
import { asyncChanges } from './async-function.ts';
import { awaitChanges } from './await.ts';
import { loopCallOf, mayHoldAwait } from './await-places.ts';
import { forOfChanges } from './for-of.ts';
import { allowsTopLevelAwait } from './top-level-await.ts';
import { usesOf } from './uses.ts';
import type { Use } from './uses.ts';

/** How many functions one fix may make async: beyond that it is a rewrite, which a person should plan. */
const MOST_FUNCTIONS = 8;

/** The edits so far, to which an attempt that fails goes back. */
interface Made {
  readonly changes: readonly Change[];
  readonly functions: ReadonlySet<FunctionNode>;
  readonly awaited: ReadonlySet<ts.Expression>;
  readonly left: ReadonlySet<ts.Expression>;
  readonly onlyWaits: boolean;
}

/** What is added to the edits at once. */
interface Step {
  readonly changes?: readonly Change[];
  readonly function?: FunctionNode;
  readonly awaited?: ts.Expression;
  readonly left?: ts.Expression;
  readonly onlyWaits?: false;
}

/**
 * The edits that make the code wait for a promise. They grow: who awaits must be async, and who calls a function that became
 * async, or that waits for longer than before, must await it in turn. Where somebody cannot wait (a constructor, a getter, a
 * function given to code that we do not know) there is no such fix, but where the function was async before: then the call is
 * left to itself, as it was.
 */
export class Waiting {
  readonly #actor: ActorModel;
  readonly #code: Code;
  readonly #mayStay: (drop: Drop) => boolean;
  #made: Made = { changes: [], functions: new Set(), awaited: new Set(), left: new Set(), onlyWaits: true };

  /** @param mayStay whether a call of an async function may be left to itself */
  constructor(actor: ActorModel, mayStay: (drop: Drop) => boolean = (drop) => isLeftOnPurpose(actor.code, drop)) {
    this.#actor = actor;
    this.#code = actor.code;
    this.#mayStay = mayStay;
  }

  get changes(): readonly Change[] {
    return this.#made.changes;
  }

  /**
   * Whether nothing but waiting changes, and all wait: not where what ran side by side now runs one after the other, nor where
   * a call is left to itself.
   */
  get onlyWaits(): boolean {
    return this.#made.onlyWaits && this.#made.left.size === 0;
  }

  /** What the title of a fix says of the calls that are left to themselves; empty where there are none. */
  get leftWords(): string {
    const names = new Set([...this.#made.left].map(callWords));
    return names.size === 0 ? '' : `, though nobody waits for ${[...names].join(', ')} then`;
  }

  /** Awaits an expression. Answers `false`, with edits half made, where that cannot be. */
  awaitAt(promise: ts.Expression, several = false): boolean {
    if (this.#made.awaited.has(promise)) return true;
    const changes = awaitChanges(promise, several);
    if (changes === undefined) return false;
    this.#make({ changes, awaited: promise });
    return this.#letAwait(promise);
  }

  /** Makes a loop of a `forEach`, so that the function around it can wait. */
  loop(call: ts.CallExpression): boolean {
    if (this.#made.awaited.has(call)) return true;
    const changes = forOfChanges(this.#code, call);
    if (changes === undefined) return false;
    this.#make({ changes, awaited: call, onlyWaits: false });
    return this.#letAwait(call);
  }

  /** Makes the place of a node one where `await` may stand. */
  #letAwait(node: ts.Node): boolean {
    const fn = functionAround(node);
    if (!mayHoldAwait(node, fn)) return false;
    if (fn === undefined) return allowsTopLevelAwait(node.getSourceFile());
    const loop = loopCallOf(fn);
    if (loop !== undefined) return this.#made.functions.has(fn) || (this.#visit(fn) && this.loop(loop));
    if (!isAsync(fn)) return this.makeAsync(fn);
    this.#letCallersWait(fn);
    return true;
  }

  /** Makes a function async, and those who call it wait. */
  makeAsync(fn: FunctionNode): boolean {
    if (this.#made.functions.has(fn)) return true;
    const changes = asyncChanges(fn);
    if (changes === undefined || !this.#visit(fn)) return false;
    this.#make({ changes });
    return this.#letOthersWait(fn);
  }

  /** Has those wait who left an async function to itself: it now waits for what it left to itself. */
  #letCallersWait(fn: FunctionNode): void {
    if (this.#made.functions.has(fn)) return;
    this.#make({ function: fn });
    const reported = new Set(floatingWritesOf(this.#actor).map(({ drop }) => drop.call));
    for (const { drop } of promisePathsOf(this.#actor).dropsOfFunction(fn)) {
      if (reported.has(drop.call) || this.#mayStay(drop) || this.#tries(drop)) continue;
      this.#make({ left: drop.call });
    }
  }

  #tries(drop: Drop): boolean {
    const before = this.#made;
    const isLoop = drop.form === 'iteration' && ts.isCallExpression(drop.call);
    if (isLoop ? this.loop(drop.call) : this.awaitAt(drop.promise, drop.several)) return true;
    this.#made = before;
    return false;
  }

  #make(more: Step): void {
    const { changes, functions, awaited, left, onlyWaits } = this.#made;
    this.#made = {
      changes: [...changes, ...(more.changes ?? [])],
      functions: more.function === undefined ? functions : new Set([...functions, more.function]),
      awaited: more.awaited === undefined ? awaited : new Set([...awaited, more.awaited]),
      left: more.left === undefined ? left : new Set([...left, more.left]),
      onlyWaits: onlyWaits && more.onlyWaits !== false,
    };
  }

  #visit(fn: FunctionNode): boolean {
    if (this.#mayHaveOtherCallers(fn)) return false;
    if ([...this.#made.functions].filter((each) => !isAsync(each)).length >= MOST_FUNCTIONS) return false;
    this.#make({ function: fn });
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
    if (use.kind === 'emitter') this.#make({ onlyWaits: false });
    return true;
  }

  /** Sees to it that a call, which now gives a promise, is waited for. */
  #settles(call: ts.CallExpression, hasValue: boolean): boolean {
    return fatesOf(this.#code, call).every((fate) => {
      if (fate.kind === 'dropped') return this.#isProgram(call) || this.awaitAt(fate.drop.promise);
      const by = fate.kind === 'returned' ? fate.by : fate.kind === 'awaited' ? fate.unit : undefined;
      if (by === undefined) return !hasValue || this.awaitAt(call);
      if (!isFunctionNode(by)) return true;
      if (!isAsync(by)) return this.#handsOn(by);
      this.#letCallersWait(by);
      return true;
    });
  }

  /** A function that returns what another one returns: now a promise. */
  #handsOn(fn: FunctionNode): boolean {
    if (this.#made.functions.has(fn)) return true;
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
