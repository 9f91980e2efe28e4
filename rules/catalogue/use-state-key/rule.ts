import type { ActorModel } from '../../actor/actor-model.ts';
import { objectsAsKeys } from '../../actor/keys/objects-as-keys.ts';
import type { ObjectAsKey } from '../../actor/keys/objects-as-keys.ts';
import { callWords } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';
import { keyFixes } from './fixes.ts';

/** The first value of a state, given where the key of its record belongs. */
export const useStateKey: Rule = {
  id: 'use-state-key',
  group: 'misuse',
  summary: 'A useState or getAutoSavedValue that is given its first value in the place of the key.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor) => objectsAsKeys(actor).map((found) => reportOf(actor, found)),
};

function reportOf(actor: ActorModel, { call, object }: ObjectAsKey): Report {
  return {
    node: object,
    severity: 'error',
    message: `The first argument of ${callWords(call)} is the key of the record, and an object is none: the call throws`,
    related: [],
    fixes: keyFixes(actor, call, object),
  };
}
