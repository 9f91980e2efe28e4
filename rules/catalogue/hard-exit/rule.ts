import type { ActorModel } from '../../actor/actor-model.ts';
import { hardExitsOf } from '../../actor/effects/hard-exits.ts';
import type { HardExit } from '../../actor/effects/hard-exits.ts';
import type { Report, Rule } from '../rule.ts';
import { actorExitFixes } from './fixes.ts';

/** `process.exit()` while requests are being handled, or where a state is still to be saved. */
export const hardExit: Rule = {
  id: 'hard-exit',
  group: 'saves',
  summary: 'process.exit() cuts what other requests are writing, or the last save of a state.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor) => hardExitsOf(actor).map((exit) => reportOf(actor, exit)),
};

function reportOf(actor: ActorModel, exit: HardExit): Report {
  const { call } = exit;
  const shared = { node: call, until: call.expression, fixes: actorExitFixes(actor, call) };
  return exit.cuts === 'requests'
    ? {
        ...shared,
        severity: 'error',
        message:
          'process.exit() ends the process while other requests of this crawler are being handled: what they are writing is cut, and the SDK saves nothing more',
        related: [{ node: exit.crawler, message: 'this crawler runs it for a request' }],
      }
    : {
        ...shared,
        severity: 'error',
        message:
          'process.exit() ends the process before the SDK has saved this state: it does so each minute and in Actor.exit(), so the last changes are lost',
        related: [{ node: exit.state, message: 'the state' }],
      };
}
