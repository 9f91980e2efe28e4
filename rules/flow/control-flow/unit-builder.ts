import { ts } from 'ts-morph';

import { bare, outermost } from '../../syntax/operands.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';
import { Assembler } from './assembler.ts';
import type { Flow } from './blocks.ts';
import { evaluate, fork } from './expressions.ts';
import { runAll, runDefault, runPattern, runStatement } from './statements.ts';

/** Whether a call ends the process: the language does not say it. */
export type EndsProcess = (call: ts.CallExpression) => boolean;

/** The parts of a `try`, or of a chain of promises that says what to do with an error. */
interface Tried {
  readonly body: () => void;
  readonly onError?: () => void;
  readonly cleanup?: () => void;
}

/** Assembles a unit: what its statements and expressions share. */
export class UnitBuilder {
  readonly flow = new Assembler();
  readonly #ends: EndsProcess;

  constructor(ends: EndsProcess) {
    this.#ends = ends;
  }

  build(unit: Unit): Flow {
    if (ts.isSourceFile(unit)) runAll(this, unit.statements);
    else this.runFunction(unit);
    this.flow.link(this.flow.exit);
    return this.flow.flow();
  }

  run(statement: ts.Statement): void {
    runStatement(this, statement);
  }

  /** The parameters and the body of a function. */
  runFunction(fn: FunctionNode): void {
    const { flow } = this;
    const after = flow.block();
    flow.within({ kind: 'function', returnTo: after }, () => {
      for (const parameter of fn.parameters) {
        runDefault(this, parameter);
        runPattern(this, parameter.name);
        flow.place(parameter);
      }
      if (fn.body !== undefined && ts.isBlock(fn.body)) runAll(this, fn.body.statements);
      else if (fn.body !== undefined) evaluate(this, fn.body);
    });
    flow.goTo(after);
  }

  /**
   * Something may fail as soon as it is begun, so that what is to be done then depends on the `try` itself; and each call in it
   * may throw. The `finally` comes on every way.
   */
  tried(node: ts.Node, { body, onError, cleanup }: Tried): void {
    const { flow } = this;
    if (cleanup !== undefined) {
      flow.withCleanup(cleanup, () => {
        if (onError === undefined) this.#mayFail(node, flow.wayOfErrors(), body);
        else this.tried(node, { body, onError });
      });
      cleanup();
      return;
    }
    const [catchAt, after] = [flow.block(), flow.block()];
    flow.within({ kind: 'handler', catchAt }, () => this.#mayFail(node, catchAt, body));
    flow.link(after);
    flow.startAt(catchAt);
    onError?.();
    flow.goTo(after);
  }

  #mayFail(condition: ts.Node, errors: Parameters<Assembler['startAt']>[0], body: () => void): void {
    const begun = this.flow.block();
    fork(this, { condition, outcome: 'completes' }, begun, 'fails', errors);
    this.flow.startAt(begun);
    body();
  }

  /** A call that ends the process is followed by nothing; where it is awaited, not even the wait is over. */
  endAfter(node: ts.Node): void {
    const call = ts.isAwaitExpression(node) ? bare(node.expression) : node;
    if (!ts.isCallExpression(call)) return;
    const isAwaited = call === node && ts.isAwaitExpression(outermost(call).parent);
    if (!isAwaited && this.#ends(call)) this.flow.end();
  }
}
