import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { ControlFlowGraphs } from './control-flow/graphs.ts';
import { callsGlobal } from './call-forms.ts';
import { indexOf } from '../syntax/file-index.ts';
import { isWithin } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { propertyNameOf } from '../syntax/operands.ts';

const LAST_STEPS = ['exit', 'fail', 'reboot', 'metamorph'] as const;

/** How many functions lie at most between a call and the end of the process that it leads to. */
const FURTHEST = 2;

/** Whether a call ends the process: `Actor.exit`, `fail`, `reboot`, `metamorph`, `process.exit`. */
export function endsProcess(code: Code, call: ts.CallExpression): boolean {
  if (!LAST_STEPS.some((name) => code.callsNamed(name).has(call))) return false;
  if (isProcessExit(code, call)) return true;
  const step = code.roleOf(call, 'lifecycle');
  return LAST_STEPS.some((word) => word === step?.word) && !staysAlive(call);
}

/** `Actor.exit({ exit: false })`, which only saves and closes. */
export function staysAlive(call: ts.CallExpression): boolean {
  return call.arguments.some(
    (options) =>
      ts.isObjectLiteralExpression(options) &&
      options.properties.some(
        (each) =>
          ts.isPropertyAssignment(each) &&
          propertyNameOf(each.name) === 'exit' &&
          each.initializer.kind === ts.SyntaxKind.FalseKeyword,
      ),
  );
}

/** Whether a call is `process.exit(…)`, which waits for nothing. */
export function isProcessExit(code: Code, call: ts.CallExpression): boolean {
  return callsGlobal(code, call, 'process.exit');
}

/** The control-flow graphs of a program, in which nothing follows a call that ends the process in any case. */
export function graphsOf(code: Code): ControlFlowGraphs {
  return new ProcessEnds(code).graphs(FURTHEST);
}

/** Which calls end the process in any case, themselves or by a function that never returns. */
class ProcessEnds {
  readonly #code: Code;
  readonly #ending = new Map<ts.CallExpression, boolean>();
  /** Of a file, the calls that may end the process over so many calls in between. */
  readonly #candidates: readonly Map<ts.SourceFile, readonly ts.CallExpression[]>[] = Array.from(
    { length: FURTHEST },
    () => new Map(),
  );

  constructor(code: Code) {
    this.#code = code;
  }

  graphs(depth: number): ControlFlowGraphs {
    const inner = depth === 0 ? undefined : this.graphs(depth - 1);
    return new ControlFlowGraphs((call) => {
      if (this.#ends(call)) return true;
      const called = inner === undefined ? [] : this.#code.calledFunctions(call);
      return called.length > 0 && called.every((fn) => this.#mayEnd(fn, depth - 1) && inner?.of(fn).neverReturns);
    });
  }

  #ends(call: ts.CallExpression): boolean {
    const known = this.#ending.get(call) ?? endsProcess(this.#code, call);
    this.#ending.set(call, known);
    return known;
  }

  /** A graph is made only of a function in which something may end the process. */
  #mayEnd(fn: FunctionNode, depth: number): boolean {
    return this.#candidatesIn(fn.getSourceFile(), depth).some((call) => isWithin(call, fn));
  }

  #candidatesIn(file: ts.SourceFile, depth: number): readonly ts.CallExpression[] {
    const known = this.#candidates[depth]?.get(file);
    if (known !== undefined) return known;
    const found = indexOf(file)
      .calls.filter(ts.isCallExpression)
      .filter(
        (call) =>
          this.#ends(call) || (depth > 0 && this.#code.calledFunctions(call).some((fn) => this.#mayEnd(fn, depth - 1))),
      );
    this.#candidates[depth]?.set(file, found);
    return found;
  }
}
