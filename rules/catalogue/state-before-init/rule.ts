import type { ActorModel } from '../../actor/actor-model.ts';
import type { Call } from '../../syntax/file-index.ts';
import { BeforeInit } from '../../actor/effects/init-order.ts';
import { isOfActorClass, isOnInstance } from '../../actor/effects/sdk-members.ts';
import { ownCallsOf } from '../../actor/own-code.ts';
import { wholeCallWords } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';
import { moveFixes } from './fixes.ts';

/** A storage that is used before `Actor.init()`: the SDK does not know yet where the storages are. */
export const stateBeforeInit: Rule = {
  id: 'state-before-init',
  group: 'misuse',
  summary: 'A storage is used before Actor.init(): the SDK fails to start, or the data stay in the container.',
  defaultSeverity: 'error',
  needsEntryPoint: true,
  check: (actor) =>
    actor.folder.sdk?.package === 'apify' && actor.folder.sdk.generation === 3 ? reportsOf(actor) : [],
};

function reportsOf(actor: ActorModel): readonly Report[] {
  const before = new BeforeInit(actor);
  const { start } = before;
  if (start === undefined) return [];
  return ownCallsOf(actor)
    .filter((call) => usesStorage(actor, call) && before.has(call))
    .map((call) => reportOf(actor, call, start));
}

/** Opens, reads or writes a storage by itself: a method of what was opened before is told of at its opening. */
function usesStorage({ code }: ActorModel, call: Call): boolean {
  return (
    !isOnInstance(code, call) &&
    code.rolesOf(call).some((role) => {
      if (role.kind === 'write') return role.store !== 'run' && role.store !== 'charge';
      return role.kind === 'read' || role.kind === 'state' || (role.kind === 'open' && STORAGES.has(role.store));
    })
  );
}

const STORAGES: ReadonlySet<string> = new Set(['key-value-store', 'dataset', 'request-queue']);

function reportOf(actor: ActorModel, call: Call, start: Call): Report {
  const starting = wholeCallWords(start);
  const message = isOfActorClass(actor.code, call)
    ? `this comes before ${starting}, which then refuses to start: a storage was used already`
    : `this comes before ${starting}, so it opens a storage in the container: what is written there is gone with it`;
  return {
    node: call,
    until: call.expression,
    severity: 'error',
    message,
    related: [{ node: start.expression, message: 'the SDK is started here' }],
    fixes: moveFixes(call, start),
  };
}
