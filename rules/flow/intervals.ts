import { callsGlobal } from './call-forms.ts';
import type { Code } from './code.ts';
import type { Call } from '../syntax/file-index.ts';

/** Whether a call starts a timer that ticks again and again. */
export function isInterval(code: Code, call: Call): boolean {
  return callsGlobal(code, call, 'setInterval', 'timers.setInterval');
}

/** The timers of a program that tick again and again. */
export function intervalsOf(code: Code): readonly Call[] {
  return [...code.callsNamed('setInterval')].filter((call) => isInterval(code, call));
}
