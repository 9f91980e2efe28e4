import type { ActorModel } from '../../actor/actor-model.ts';
import { keyCollisionsOf } from '../../actor/keys/key-collisions.ts';
import type { KeyCollision } from '../../actor/keys/key-collisions.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

/** One key of a store that two places use for different things. */
export const stateKeyCollision: Rule = {
  id: 'state-key-collision',
  group: 'restores',
  summary: 'One key for two states, or for a state and another record: each gets what the other one wrote.',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) =>
    keyCollisionsOf(actor)
      .filter(({ call }) => !isTestFile(call.getSourceFile().fileName, actor.folder.root))
      .map((collision) => reportOf(actor, collision)),
};

function reportOf(actor: ActorModel, collision: KeyCollision): Report {
  const { call, other, key } = collision;
  return {
    node: call,
    until: call.expression,
    severity: 'warning',
    message: sentenceOf(collision, `\`${key}\``),
    related: [{ node: other.expression, message: 'the same key here' }],
    fixes: fixesOf(actor, collision),
  };
}

/** sdk-facts.md, section 9: one object a key, the first one's; a record that is written is put into it. */
function sentenceOf({ form }: KeyCollision, key: string): string {
  switch (form) {
    case 'two states':
      return `Another state has the key ${key} too: both get one object, with the first values of whichever comes first`;
    case 'state and record':
      return `useState owns the key ${key}: what is written here is mixed into its object, and overwritten when the SDK saves that`;
    case 'two records':
      return `The key ${key} is read as something else than is written here: a restart reads the wrong shape`;
  }
}
