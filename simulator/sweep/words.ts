import { isAnnounced } from '../run/restart-cause.ts';
import type { Tone } from '../verdict/index.ts';
import { capital, wordsOf } from '../verdict/cause-words.ts';
import { count, list } from '../verdict/words.ts';
import { missingShards, type RunOutcome, type ShortestFailure, type SweepReport, type SweepRun } from './report.ts';

/** The outcome of a run in words, and how it is marked. */
export const OUTCOMES = {
  passed: { tone: 'good', word: 'passed' },
  failed: { tone: 'bad', word: 'failed' },
  'not-reached': { tone: 'dim', word: 'not reached' },
  'not-known': { tone: 'unknown', word: 'not known' },
} as const satisfies Record<RunOutcome, { readonly tone: string; readonly word: string }>;

/** What an Actor printed last, of a run that ended badly. */
const PRINTED_LINES = 5;

/** Whether the Actor is safe, in a line. */
export function headlineOf({ by, runs, shortest, shards, problem, exitCode }: SweepReport): {
  readonly tone: Tone;
  readonly words: string;
} {
  const { done } = wordsOf(by);
  const number = (outcome: RunOutcome) => runs.filter((run) => run.outcome === outcome).length;
  const parts = (['failed', 'passed', 'not-reached', 'not-known'] as const)
    .filter((outcome) => number(outcome) > 0)
    .map((outcome) => `${number(outcome)} ${OUTCOMES[outcome].word}`);
  if (problem !== null && runs.length === 0) return { tone: 'unknown', words: 'Not swept' };
  if (runs.length === 0) return { tone: 'unknown', words: `Nothing was ${done}` };
  const all = `${done} at ${count(runs.length, 'point')}: ${list(parts, 4)}`;
  if (shortest !== null) return { tone: 'bad', words: `Not safe: ${all}` };
  if (number('passed') === 0 || exitCode !== 0) return { tone: 'unknown', words: `Not known: ${all}` };
  const where =
    missingShards(shards).length === 0
      ? ''
      : ` in shard ${list(shards.present.map((shard) => `${shard}/${shards.of}`))}`;
  return { tone: 'good', words: `Safe${where}: ${all}` };
}

/** Over the points at which it was. */
export function pointsTitle({ by }: SweepReport): string {
  return `${capital(wordsOf(by).done)} at`;
}

/** The first of the failures, in a sentence. */
export function shortestWords({ by }: SweepReport, { what, sentence }: ShortestFailure): string {
  return `${capital(wordsOf(by).done)} ${what}: ${sentence}`;
}

/** Over the points that were left out; `undefined` where none was. */
export function leftOutTitle({ by, points: { found, leftOut } }: SweepReport): string | undefined {
  const left = leftOut.reduce((sum, { count: number }) => sum + number, 0);
  if (left === 0) return undefined;
  return `Not ${wordsOf(by).done} at ${count(left, 'more point')}, alike to these (--sweep ${found} takes them all)`;
}

/** What to do where the Actor did not live to see most of the points: the last ones are the end of any. */
export function notReachedAdvice({ by, runs }: SweepReport): string | undefined {
  const missed = runs.filter(({ outcome }) => outcome === 'not-reached').length;
  if (!isAnnounced(by) || missed <= runs.length / 2) return undefined;
  return 'The Actor works on through its grace period, and ends before that is over. A shorter one (--grace 0.3), or an end without one (--by abort), kills it while it works.';
}

/** Which shards are not here, where there are others of the same sweep. */
export function missingWords({ shards }: SweepReport): string | undefined {
  const missing = missingShards(shards);
  if (missing.length === 0 || shards.present.length === 0 || shards.of === 1) return undefined;
  const named = missing.map((shard) => `${shard}/${shards.of}`);
  return `not here: ${list(named, 20)}`;
}

/** What the Actor printed last, where that tells why its run ended as it did. */
export function lastWords({ verdict, outcome, printed }: SweepRun): readonly string[] {
  const hasEnded = verdict === null || verdict === 'did-not-restart' || outcome === 'not-known';
  if (outcome === 'passed' || outcome === 'not-reached' || !hasEnded || printed === null) return [];
  return printed.trimEnd().split('\n').slice(-PRINTED_LINES);
}
