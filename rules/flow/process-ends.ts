import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { ControlFlowGraphs } from './control-flow/graphs.ts';
import { calledGlobal } from './call-forms.ts';
import { propertyNameOf } from '../syntax/operands.ts';

const LAST_STEPS: ReadonlySet<string> = new Set(['exit', 'fail', 'reboot', 'metamorph']);

/** How many functions lie at most between a call and the end of the process that it leads to. */
const FURTHEST = 2;

/** Whether a call ends the process: `Actor.exit`, `fail`, `reboot`, `metamorph`, `process.exit`. */
export function endsProcess(code: Code, call: ts.CallExpression): boolean {
  if (isProcessExit(code, call)) return true;
  const step = code.roleOf(call, 'lifecycle');
  return step !== undefined && LAST_STEPS.has(step.word) && !staysAlive(call);
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
  return calledGlobal(code, call) === 'process.exit';
}

/** The control-flow graphs of a program, in which nothing follows a call that ends the process in any case. */
export function graphsOf(code: Code, depth = FURTHEST): ControlFlowGraphs {
  const inner = depth === 0 ? undefined : graphsOf(code, depth - 1);
  return new ControlFlowGraphs((call) => {
    if (endsProcess(code, call)) return true;
    const called = inner === undefined ? [] : code.calledFunctions(call);
    return called.length > 0 && called.every((fn) => inner?.of(fn).neverReturns === true);
  });
}
