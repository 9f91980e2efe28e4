import { ts } from 'ts-morph';

import type { ActorModel } from './actor-model.ts';
import { givenTo } from './callbacks.ts';
import type { Given } from './callbacks.ts';
import { goesOn, handsOver } from './chains.ts';
import type { Code } from './code.ts';
import { exitFollows } from './exits.ts';
import { indexOf } from './file-index.ts';
import { functionAround, isAsync, isFunctionNode, unitOf, visit } from './functions.ts';
import type { FunctionNode } from './functions.ts';
import { fatesOf } from './promises.ts';
import type { Drop } from './promises.ts';
import type { RoleOf } from '../sdk/roles.ts';
import { isTestFile } from '../workspace/source-files.ts';

/** A write to a storage, or a charge. */
export interface Write {
  readonly call: ts.CallExpression;
  readonly role: RoleOf<'write'>;
}

/** A write whose promise nobody waits for. */
export interface FloatingWrite {
  readonly drop: Drop;
  readonly write: Write;
  /** The calls from the dropped one down to the write; empty where the write's own promise is dropped. */
  readonly through: readonly ts.CallExpression[];
}

/** A promise that settles after a write has. */
interface Source {
  readonly write: Write;
  /** The call whose promise it is. */
  readonly at: ts.CallExpression;
  /** The calls that `at` runs, down to the write; empty where `at` is the write. */
  readonly through: readonly ts.CallExpression[];
}

/** The writes of an Actor's program that nobody waits for, one for each promise that is dropped. */
export function floatingWritesOf(actor: ActorModel): readonly FloatingWrite[] {
  return new FloatingWrites(actor).find();
}

class FloatingWrites {
  readonly #code: Code;
  readonly #files: readonly ts.SourceFile[];
  readonly #callers = new Map<FunctionNode, ts.CallExpression[]>();
  readonly #given = new Map<FunctionNode, Given[]>();
  readonly #writes: Write[] = [];
  readonly #carriers = new Set<FunctionNode>();
  readonly #found = new Map<ts.Expression, FloatingWrite>();

  constructor(actor: ActorModel) {
    this.#code = actor.code;
    this.#files = actor.files.filter(({ fileName }) => !isTestFile(fileName, actor.folder.root));
  }

  find(): readonly FloatingWrite[] {
    for (const file of this.#files) this.#read(file);
    for (const write of this.#writes) this.#follow(write.call, { write, at: write.call, through: [] });
    return [...this.#found.values()];
  }

  #read(file: ts.SourceFile): void {
    for (const call of indexOf(file).calls) {
      if (!ts.isCallExpression(call)) continue;
      const role = this.#code.rolesOf(call).find(isStorageWrite);
      if (role !== undefined) this.#writes.push({ call, role });
      if (!callsParameter(this.#code, call)) {
        for (const fn of this.#code.calledFunctions(call)) add(this.#callers, fn, call);
      }
      for (const given of givenTo(this.#code, call)) add(this.#given, given.fn, given);
    }
  }

  /** Looks at what becomes of a promise, and of the promises that wait for it. */
  #follow(promise: ts.Expression, source: Source, several = false): void {
    for (const fate of fatesOf(this.#code, promise, several)) {
      if (fate.kind === 'dropped') this.#report(fate.drop, source);
      else if (fate.kind === 'returned') this.#carry(fate.by, source);
      else if (fate.kind === 'awaited' && isFunctionNode(fate.unit) && isAsync(fate.unit))
        this.#carry(fate.unit, source);
    }
  }

  /** A function whose promise waits for a write: each call of it is as good as the write. */
  #carry(fn: FunctionNode, source: Source): void {
    if (this.#carriers.has(fn) || !handsOutPromise(fn)) return;
    this.#carriers.add(fn);
    const { write } = source;
    const below = [source.at, ...source.through];
    for (const call of this.#callers.get(fn) ?? []) this.#follow(call, { write, at: call, through: below });
    for (const given of this.#given.get(fn) ?? []) this.#give(given, { write, at: given.to, through: below });
  }

  #give({ fn, to, index, taking }: Given, source: Source): void {
    switch (taking) {
      case 'drops':
        if (!goesOn(this.#code, fn, false)) {
          this.#report({ form: 'iteration', call: to, promise: to, several: false }, source);
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

  #report(drop: Drop, source: Source): void {
    if (this.#found.has(drop.call) || this.#isFine(drop, source)) return;
    this.#found.set(drop.call, { drop, write: source.write, through: source.through });
  }

  /** A program that is started and left to itself: the process lives until it is done, where the module does not end it. */
  #isFine(drop: Drop, source: Source): boolean {
    if (drop.form === 'iteration' || source.through.length === 0) return false;
    if (isRequestListener(drop.call) || hasOwnErrorHandling(this.#code, drop)) return true;
    return ts.isSourceFile(unitOf(drop.call)) && !exitFollows(this.#code, drop.call);
  }
}

function isStorageWrite(role: { readonly kind: string }): role is RoleOf<'write'> {
  return role.kind === 'write' && 'store' in role && role.store !== 'run';
}

function handsOutPromise(fn: FunctionNode): boolean {
  if (ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return false;
  return ts.isArrowFunction(fn) || fn.asteriskToken === undefined;
}

/** A call of a function that was given as a parameter: what it runs depends on who calls the function around it. */
function callsParameter(code: Code, call: ts.CallExpression): boolean {
  const declaration = ts.isIdentifier(call.expression) ? code.symbolOf(call.expression)?.valueDeclaration : undefined;
  return declaration !== undefined && ts.isParameter(declaration);
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

/** `work().catch(this.fatal)`: work in the background, whose failure someone deals with, and which goes on by design. */
function hasOwnErrorHandling(code: Code, { promise }: Drop): boolean {
  if (!ts.isCallExpression(promise) || !ts.isPropertyAccessExpression(promise.expression)) return false;
  const [handler] = promise.arguments;
  if (promise.expression.name.text !== 'catch' || handler === undefined) return false;
  const named = ts.isPropertyAccessExpression(handler) && handler.expression.kind === ts.SyntaxKind.ThisKeyword;
  return named || (ts.isIdentifier(handler) && code.functionsOf(handler).length > 0);
}

/** Work that a server's request starts may go on after the answer; the server keeps the process alive. */
function isRequestListener(node: ts.Node): boolean {
  const fn = functionAround(node);
  const [request, response] = fn?.parameters ?? [];
  if (request === undefined || response === undefined) return false;
  return /^_?req(?:uest)?$/u.test(request.name.getText()) && /^_?res(?:ponse)?$/u.test(response.name.getText());
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
