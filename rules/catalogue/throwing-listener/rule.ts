import { earlyThrowsOf } from '../../actor/listeners/early-throws.ts';
import type { EarlyThrow } from '../../actor/listeners/early-throws.ts';
import { underlined } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';

/** A listener that throws before it has saved: the save is not made, and the process ends. */
export const throwingListener: Rule = {
  id: 'throwing-listener',
  group: 'listeners',
  summary: 'A listener for a migration can throw before it has saved, which ends the process.',
  defaultSeverity: 'information',
  needsEntryPoint: false,
  check: (actor) => earlyThrowsOf(actor).map(reportOf),
};

function reportOf({ listener, node }: EarlyThrow): Report {
  return {
    ...underlined(node),
    severity: 'information',
    message: `when this throws, the listener of ${listener.event} has not saved yet: the state is lost, and the process may end with an error`,
    related: [{ node: listener.registration.expression, message: 'the listener is registered here' }],
    fixes: [],
  };
}
