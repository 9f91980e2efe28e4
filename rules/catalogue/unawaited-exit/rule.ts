import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { successorOf } from '../../actor/effects/successors.ts';
import { promisePathsOf } from '../../actor/writes/floating-writes.ts';
import type { Code } from '../../flow/code.ts';
import { fatesOf } from '../../flow/promises/fates.ts';
import type { Drop } from '../../flow/promises/fates.ts';
import type { PromisePaths } from '../../flow/promises/paths.ts';
import type { LifecycleWord } from '../../sdk/roles.ts';
import { underlined, wholeCallWords } from '../../syntax/call-words.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

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
  check: (actor) => {
    const paths = promisePathsOf(actor);
    return actor.files
      .filter(({ fileName }) => !isTestFile(fileName, actor.folder.root))
      .flatMap((file) => indexOf(file).calls)
      .filter(ts.isCallExpression)
      .flatMap((call) => reportsOf(actor, paths, call));
  },
};

function reportsOf(actor: ActorModel, paths: PromisePaths, made: ts.CallExpression): readonly Report[] {
  const { code } = actor;
  const word = code.roleOf(made, 'lifecycle')?.word;
  const ending = word === undefined ? undefined : ENDINGS[word];
  if (ending === undefined || fatesOf(code, made).length > 1) return [];
  return paths.dropsOf(made).flatMap(({ drop, through }): readonly Report[] => {
    const { call } = drop;
    const next = through.every((inner) => endsAtOnce(code, inner)) ? successorOf(code, call) : undefined;
    if (next === undefined || (through.length > 0 && !isLeft(drop))) return [];
    return [
      {
        ...underlined(call),
        severity: 'warning',
        message: `Nobody waits for ${wholeCallWords(call)}, so the code goes on while ${ending}: what it does then is cut somewhere`,
        related: [{ node: next, message: 'goes on here' }],
        fixes: fixesOf(actor, drop),
      },
    ];
  });
}

/** Whether a function does nothing else that takes its time than the call in it: who does not wait for it does not want the end. */
function endsAtOnce(code: Code, call: ts.CallExpression): boolean {
  const graph = code.graphAround(call);
  const isSure = graph.neverReturns || graph.isOnEveryWay(call);
  return isSure && graph.nodesBetween(undefined, call, ts.isAwaitExpression).length === 0;
}

function isLeft({ form }: Drop): boolean {
  return form === 'statement' || form === 'void' || form === 'unused';
}
