import type { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { globalMember } from './globals.ts';

const LAST_STEPS: ReadonlySet<string> = new Set(['exit', 'fail', 'reboot', 'metamorph']);

/** Whether a call ends the process: `Actor.exit`, `fail`, `reboot`, `metamorph`, `process.exit`. */
export function endsProcess(code: Code, call: ts.CallExpression): boolean {
  if (isProcessExit(code, call)) return true;
  const step = code.roleOf(call, 'lifecycle');
  return step !== undefined && LAST_STEPS.has(step.word);
}

/** Whether a call is `process.exit(…)`, which waits for nothing. */
export function isProcessExit(code: Code, call: ts.CallExpression): boolean {
  return globalMember(call, code) === 'process.exit';
}
