import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { calledGlobal } from './call-forms.ts';
import type { Call } from '../syntax/file-index.ts';
import { bare, isAccess, memberNameOf, methodOf } from '../syntax/operands.ts';
import { isErrorLogName, isLogName } from '../sdk/words.ts';

/** A call that only tells: of the SDK's log, of the console, or of what is called a log and is none of the project's functions. */
export function isLog(code: Code, call: Call): boolean {
  if (code.roleOf(call, 'log') !== undefined || calledGlobal(code, call)?.startsWith('console.') === true) return true;
  const method = methodOf(call);
  return method !== undefined && isLogName(nameOf(method.object)) && code.calledFunctions(call).length === 0;
}

/** A log that says that something has gone wrong. */
export function isErrorLog(code: Code, call: Call): boolean {
  return isErrorLogName(methodOf(call)?.name ?? '') && isLog(code, call);
}

/** The last name of what a method is called on: `log` of `this.log` and of `Apify.utils.log`. */
function nameOf(expression: ts.Expression): string {
  const object = bare(expression);
  if (ts.isIdentifier(object)) return object.text;
  return isAccess(object) ? (memberNameOf(object) ?? '') : '';
}
