import { hiddenErrorsOf } from '../../actor/effects/hidden-errors.ts';
import type { HiddenError } from '../../actor/effects/hidden-errors.ts';
import { wholeCallWords } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';
import { moveFixes } from './fixes.ts';

/** `Actor.exit()` in a `finally`, which ends the run well though an error is on its way. */
export const exitInFinally: Rule = {
  id: 'exit-in-finally',
  group: 'saves',
  summary: 'Actor.exit() in a finally ends the run as succeeded, though an error is on its way.',
  defaultSeverity: 'information',
  needsEntryPoint: false,
  check: (actor) => hiddenErrorsOf(actor).map(reportOf),
};

function reportOf({ call, exit, guarded }: HiddenError): Report {
  return {
    node: call,
    until: call.expression,
    severity: 'information',
    message: `${wholeCallWords(exit)} in a finally ends the run with exit code 0 also when the try has failed: the error is never seen, and nothing starts the run again`,
    related: [{ node: guarded.tryBlock, message: 'an error in here is hidden' }],
    fixes: moveFixes(call, guarded),
  };
}
