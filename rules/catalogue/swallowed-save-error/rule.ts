import { swallowedErrorsOf } from '../../actor/writes/swallowed-errors.ts';
import type { SwallowedError } from '../../actor/writes/swallowed-errors.ts';
import type { Report, Rule } from '../rule.ts';
import { logFixes } from './fixes.ts';

/** A save whose failure nobody hears of. */
export const swallowedSaveError: Rule = {
  id: 'swallowed-save-error',
  group: 'saves',
  summary: 'The error of a save is caught and dropped, so nobody hears that nothing was saved.',
  defaultSeverity: 'information',
  needsEntryPoint: false,
  check: (actor) => swallowedErrorsOf(actor).map(reportOf),
};

function reportOf({ call, save, by }: SwallowedError): Report {
  const what = save.store === 'charge' ? 'charge' : 'save';
  return {
    node: call,
    until: call.expression,
    severity: 'information',
    message: `the error of this ${what} is dropped: when it fails, the Actor goes on as if it had been made`,
    related: [{ node: by, message: 'drops the error' }],
    fixes: logFixes(by),
  };
}
