import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { endsProcess } from '../../flow/process-ends.ts';
import { isFunctionNode, unitOf, visit } from '../../syntax/functions.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';
import { mainThatRuns } from '../listeners/main-functions.ts';

/** How many calls are followed, down to an exit and up to who comes next. */
const FURTHEST = 3;

/** Where a process ends after a place in the code: the call that ends it, or that runs the function which ends there. */
export interface Exit {
  readonly call: Call;
  /** `end`: the function given to `main` is done, and the SDK exits. */
  readonly by: 'call' | 'end';
  /** False where a condition decides whether something else is awaited before, or whether the process ends there. */
  readonly sure: boolean;
}

/**
 * The exit that follows a node, with nothing between that takes its time: in the same function, or in those that call it.
 * `undefined` where none follows, or something else is awaited before.
 */
export function exitAfter(code: Code, node: ts.Node): Exit | undefined {
  return new ExitSearch(code).after(node, FURTHEST);
}

/** Whether the process may be ended next, or is surely ended by the code behind a node, however long that takes. */
export function exitFollows(code: Code, node: ts.Node): boolean {
  if (exitAfter(code, node) !== undefined) return true;
  const unit = unitOf(node);
  for (let current = node; current !== unit; current = current.parent) {
    for (const statement of statementsAfter(current.parent, current)) {
      if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return false;
      if (!ts.isIfStatement(statement) && exitIn(code, statement, FURTHEST) !== undefined) return true;
    }
  }
  return false;
}

class ExitSearch {
  readonly #code: Code;
  readonly #passed = new Set<Unit>();
  #sure = true;

  constructor(code: Code) {
    this.#code = code;
  }

  after(node: ts.Node, depth: number): Exit | undefined {
    const unit = unitOf(node);
    let current = node;
    while (current !== unit) {
      const outer: ts.Node = current.parent;
      const next = this.#among(statementsAfter(outer, current));
      if (next === 'waits') return undefined;
      if (next === 'leaves') break;
      if (next !== 'goes on') return next;
      current = outer;
    }
    return ts.isSourceFile(unit) || depth === 0 || this.#passed.has(unit) ? undefined : this.#afterCallsOf(unit, depth);
  }

  #afterCallsOf(fn: FunctionNode, depth: number): Exit | undefined {
    this.#passed.add(fn);
    const main = mainThatRuns(this.#code, fn);
    if (main !== undefined) return { call: main, by: 'end', sure: this.#sure };
    for (const call of this.#code.callersOf(fn)) {
      const exit = ts.isCallExpression(call) ? this.after(call, depth - 1) : undefined;
      if (exit !== undefined) return exit;
    }
    return undefined;
  }

  #among(statements: readonly ts.Statement[]): Exit | 'waits' | 'leaves' | 'goes on' {
    for (const statement of statements) {
      const exit = exitIn(this.#code, statement, FURTHEST);
      const branches = ts.isIfStatement(statement) || ts.isSwitchStatement(statement);
      if (exit !== undefined) return { call: exit, by: 'call', sure: this.#sure && !branches };
      if (takesTime(this.#code, statement)) return 'waits';
      if (branches) this.#sure = false;
      if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return 'leaves';
    }
    return 'goes on';
  }
}

/** The statements that run after a node's, in the block, module or clause that holds both; a `finally` after its `try`. */
export function statementsAfter(list: ts.Node, node: ts.Node): readonly ts.Statement[] {
  if (!ts.isBlock(list) && !ts.isSourceFile(list) && !ts.isCaseOrDefaultClause(list)) {
    return ts.isTryStatement(list) && list.finallyBlock !== undefined && list.finallyBlock !== node
      ? [list.finallyBlock]
      : [];
  }
  return list.statements.filter((statement) => statement.pos >= node.end);
}

function exitIn(code: Code, root: ts.Node, depth: number): ts.CallExpression | undefined {
  let exit: ts.CallExpression | undefined;
  visit(root, (node) => {
    if (exit !== undefined || isFunctionNode(node)) return false;
    if (!ts.isCallExpression(node)) return true;
    if (endsProcess(code, node)) exit = node;
    else if (depth > 0 && code.calledFunctions(node).some((fn) => bodyEnds(code, fn, depth - 1))) exit = node;
    return exit === undefined;
  });
  return exit;
}

/** Whether a function ends the process soon: its exit comes before anything slow. */
function bodyEnds(code: Code, fn: FunctionNode, depth: number): boolean {
  if (fn.body === undefined) return false;
  if (!ts.isBlock(fn.body)) return exitIn(code, fn.body, depth) !== undefined;
  for (const statement of fn.body.statements) {
    if (ts.isExpressionStatement(statement) || ts.isReturnStatement(statement)) {
      if (exitIn(code, statement, depth) !== undefined) return true;
    }
    if (takesTime(code, statement)) return false;
  }
  return false;
}

/**
 * Whether a statement surely awaits what takes longer than a write may: anything but another write, or the run's message.
 * What is awaited under a condition may be left out.
 */
function takesTime(code: Code, statement: ts.Node): boolean {
  let found = false;
  visit(statement, (node) => {
    if (found || isFunctionNode(node)) return false;
    if (ts.isIfStatement(node) || ts.isSwitchStatement(node)) {
      found = takesTime(code, node.expression);
      return false;
    }
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) found = true;
    if (ts.isAwaitExpression(node)) found = !isQuick(code, node.expression);
    return !found;
  });
  return found;
}

function isQuick(code: Code, awaited: ts.Expression): boolean {
  if (!ts.isCallExpression(awaited)) return false;
  return code.roleOf(awaited, 'write') !== undefined && code.roleOf(awaited, 'slow') === undefined;
}
