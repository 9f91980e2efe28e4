import { ts } from 'ts-morph';

import { Waiting } from '../../fixes/waiting.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { callWords } from '../../syntax/call-words.ts';
import { unawaitedStatesOf } from '../../actor/records/unawaited-states.ts';
import type { UnawaitedState } from '../../actor/records/unawaited-states.ts';
import { successorOf } from '../../actor/effects/successors.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** The promise of `useState` or `getAutoSavedValue`, used as if it were the state. */
export const unawaitedUseState: Rule = {
  id: 'unawaited-use-state',
  group: 'saves',
  summary: 'A useState or getAutoSavedValue without await, whose promise is used as if it were the state.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor) =>
    unawaitedStatesOf(actor)
      .filter(({ call }) => !isTestFile(call.getSourceFile().fileName, actor.folder.root))
      .map((unawaited) => reportOf(actor, unawaited)),
};

function reportOf(actor: ActorModel, unawaited: UnawaitedState): Report {
  const { call, use, state } = unawaited;
  const name = callWords(call);
  const seen = call === state.made ? [] : [{ node: state.made.expression, message: 'which gives this promise' }];
  return {
    node: call,
    ...(ts.isCallExpression(call) ? { until: call.expression } : {}),
    severity: use === undefined ? 'warning' : 'error',
    message:
      use === undefined
        ? `Nobody waits for ${name}: what follows may come before the state is there, and a failure ends the process`
        : `${name} gives a promise, and nobody waits for it: what is put into the promise is neither saved nor restored`,
    related: [...seen, ...(use === undefined ? [] : [{ node: use, message: 'used here as if it were the state' }])],
    fixes: awaitFixes(actor, unawaited),
  };
}

function awaitFixes(actor: ActorModel, { call, use }: UnawaitedState): readonly Fix[] {
  const waiting = new Waiting(actor, ({ call: caller }) => successorOf(actor.code, caller) === undefined);
  if (!waiting.awaitAt(call)) return [];
  const { changes, leftWords } = waiting;
  // Where the promise is used as the state, nothing but the fault changes: the code could not have worked.
  const safe = use !== undefined && waiting.onlyWaits;
  return [{ id: 'await', title: `Wait for it with await${leftWords}`, safe, changes: () => changes }];
}
