import type { ActorModel } from '../../actor/actor-model.ts';
import { earlyWritesOf } from '../../actor/records/early-writes.ts';
import type { EarlyWrite } from '../../actor/records/early-writes.ts';
import { underlined } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

/** A first value that is written over the saved state right before that is read. */
export const overwrittenOnStart: Rule = {
  id: 'overwritten-on-start',
  group: 'restores',
  summary: 'A first value is written over the saved record before that is read: each start begins from nothing.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor: ActorModel) => earlyWritesOf(actor).map(reportOf),
};

function reportOf(early: EarlyWrite): Report {
  const { key, write, read, later } = early;
  return {
    ...underlined(write),
    severity: 'error',
    message: `This writes over \`${key}\` before it is read: after a migration the saved state is gone`,
    related: [
      { node: read.expression, message: 'what is read here is always the first value' },
      { node: later.expression, message: 'the state is saved here' },
    ],
    fixes: fixesOf(early),
  };
}
