import { ts } from 'ts-morph';

import { Waiting } from '../../fixes/waiting.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { fatesOf } from '../../flow/promises/fates.ts';
import type { Drop } from '../../flow/promises/fates.ts';
import { successorOf } from '../../actor/effects/successors.ts';
import type { LifecycleWord } from '../../sdk/roles.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** What an Actor ends its own run with. */
const ENDINGS: Readonly<Partial<Record<LifecycleWord, string>>> = {
  exit: 'the run is ended',
  fail: 'the run is ended',
  reboot: 'the run is restarted',
  metamorph: 'the run becomes another Actor',
};

/** `Actor.exit()` and its kin without `await`, where code goes on that was not to run any more. */
export const unawaitedExit: Rule = {
  id: 'unawaited-exit',
  group: 'saves',
  summary: 'The end of the run is not awaited, so the code after it runs on.',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) =>
    actor.files
      .filter(({ fileName }) => !isTestFile(fileName, actor.folder.root))
      .flatMap((file) => indexOf(file).calls)
      .filter(ts.isCallExpression)
      .flatMap((call) => reportsOf(actor, call)),
};

function reportsOf(actor: ActorModel, call: ts.CallExpression): readonly Report[] {
  const { code } = actor;
  const word = code.roleOf(call, 'lifecycle')?.word;
  const ending = word === undefined ? undefined : ENDINGS[word];
  if (ending === undefined) return [];
  const [fate, ...others] = fatesOf(code, call);
  if (fate?.kind !== 'dropped' || others.length > 0) return [];
  const next = successorOf(code, call);
  if (next === undefined) return [];
  return [
    {
      node: call,
      until: call.expression,
      severity: 'warning',
      message: `Nobody waits for ${call.expression.getText()}(), so the code goes on while ${ending}: what it does then is cut somewhere`,
      related: [{ node: next, message: 'goes on here' }],
      fixes: awaitFixes(actor, fate.drop),
    },
  ];
}

function awaitFixes(actor: ActorModel, drop: Drop): readonly Fix[] {
  const waiting = new Waiting(actor, ({ call }) => successorOf(actor.code, call) === undefined);
  if (!waiting.awaitAt(drop.promise)) return [];
  const { changes, leftWords, onlyWaits } = waiting;
  return [{ id: 'await', title: `Wait for the end with await${leftWords}`, safe: onlyWaits, changes: () => changes }];
}
