import { type Evidence, evidenceOf } from './evidence.ts';
import { failedBy, hadFailed } from './faults.ts';
import type { History, Migration, ProcessEnd, Window } from './history.ts';
import { failed, howItEnded } from './restart.ts';
import { targetOf } from './targets.ts';
import type { RestartCause } from '../recording.ts';
import { wordsOf } from './cause-words.ts';
import type { VerdictWord } from './verdict.ts';
import { duration, list, quoted } from './words.ts';

/**
 * The Actor ended by itself in the grace period: a run that ends is not started again, so nothing can be resumed. That is a
 * fault where it failed, and where writes were under way that its end cut off.
 */
export function ended(history: History, strict: boolean) {
  const window = history.windows.find(({ endedBy }) => endedBy === 'exit');
  const life = history.lives.find(({ number }) => number === window?.process);
  if (window === undefined || life?.end?.how !== 'itself') return undefined;
  const migration: Migration = {
    number: history.migrations.length + 1,
    by: window.by,
    isAskedFor: false,
    at: window.openedAt,
    killedAt: life.end.at,
    window,
    before: history.lives.filter(({ number }) => number <= life.number),
    killed: life,
    next: undefined,
  };
  const known = evidenceOf(history, migration, strict);
  // No process follows that could make up for a write.
  const cut = known.cut.map((one) => (one.fate === 'open' ? { ...one, fate: 'lost' as const } : one));
  const evidence = { ...known, cut };
  return { number: migration.number, evidence, ...wordOn(evidence, window, life.end) };
}

function wordOn(
  { cut, migration: { killed } }: Evidence,
  window: Window,
  { exit, at }: Extract<ProcessEnd, { how: 'itself' }>,
): { readonly word: VerdictWord; readonly sentence: string } {
  const when = `${duration(Math.max(0, at - window.openedAt))} after the migration had begun`;
  if (failed(exit)) {
    const sentence = `The Actor ended ${howItEnded(exit)}, ${when}: a run that fails is not started again.${hadFailed(killed)}`;
    return { word: 'did-not-restart', sentence };
  }
  const lost = cut.filter(({ fate }) => fate === 'lost').map(({ write }) => write);
  if (lost.length > 0) {
    const targets = list([...new Set(lost.map(({ change }) => quoted(targetOf(change))))]);
    const sentence = lost.every(({ fault }) => fault !== undefined)
      ? `The Actor ended by itself, ${when}. Writes to ${targets} were ${failedBy(lost)} and never made again.`
      : `The Actor ended by itself, ${when}, while writes to ${targets} were under way: they never arrived.`;
    return { word: 'lost-writes', sentence };
  }
  const sentence = `The Actor ended by itself, ${when}: on the platform the run is finished then, and not started again. Migrate it earlier, or with a shorter grace period (--grace), so that it is killed before it is done. Where a listener of \`migrating\` has ended it, let it not: a run that is left alone is started again.`;
  return { word: 'nothing-to-resume', sentence };
}

/**
 * Why there was nothing to judge.
 *
 * @param by what the Actor's process was to be ended by
 */
export function neverRestarted({ lives, windows }: History, by: RestartCause): string {
  const { noun, happened, advice } = wordsOf(by);
  const end = lives.at(-1)?.end;
  if (end?.how === 'itself') {
    return failed(end.exit)
      ? `The Actor failed by itself, before ${happened}: it ended ${howItEnded(end.exit)}.${hadFailed(lives.at(-1))}`
      : `The Actor had ended before ${happened}, after ${duration(end.at - (lives.at(-1)?.startedAt ?? 0))}: ${advice} earlier.`;
  }
  if (end !== undefined) return `The Actor was stopped before ${happened}.`;
  return windows.some(({ endedBy }) => endedBy === 'cancelled')
    ? 'The migration was cancelled: the Actor goes on in the same process.'
    : `The ${noun} has not come yet.`;
}
