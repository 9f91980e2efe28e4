import { capital, wordsOf } from './cause-words.ts';
import type { Evidence } from './evidence.ts';
import { ENOUGH_WORK, hasHadItsChance } from './progress.ts';
import type { Row } from './rows-that-fail.ts';
import { count, list, quoted } from './words.ts';
import { isWork, landed, recordName } from './writes.ts';

/** There was something to go on from, and the next process did. */
export const resumed: Row = (evidence) => {
  if (!hadSomething(evidence) || !isDecidable(evidence)) return undefined;
  const { states, items, charges } = evidence;
  const read = states.filter(({ restored }) => restored === 'read').map(({ record }) => quoted(recordName(record)));
  const how =
    read.length > 0
      ? `read ${list(read)} and went on`
      : 'went on where it was: none of the work done before was done again';
  const allowed = items.items.length + charges.length;
  const repeats = allowed === 0 ? '' : `; ${count(allowed, 'repeat')} of what was under way at the kill`;
  return `The restarted Actor ${how}${repeats}.`;
};

/** There was nothing to lose yet, or the restarted Actor was not watched for long enough. */
export const nothingToResume: Row = (evidence) => {
  const { happened, advice } = wordsOf(evidence.migration.by);
  if (!hadSomething(evidence))
    return `The Actor had saved no state and done no work when ${happened}: there was nothing to resume. ${capital(advice)} later.`;
  return evidence.migration.next === undefined
    ? 'The Actor was not started again.'
    : 'The restarted Actor was not watched for long enough to tell whether it went on.';
};

/** State, or work that was acknowledged, or a write that was under way. */
function hadSomething({ migration, states, cut }: Evidence): boolean {
  const done = migration.before.some(({ writes }) =>
    writes.some((write) => landed(write) && isWork(write) && write.change.type !== 'set-record'),
  );
  return done || states.length > 0 || cut.some(({ fate }) => fate === 'again' || fate === 'redone' || fate === 'open');
}

/** The next process has shown that it goes on: by what it read, by what it did, or by its end. */
function isDecidable({ migration: { next }, states }: Evidence): boolean {
  if (next === undefined) return false;
  const allRead = states.length > 0 && states.every(({ restored }) => restored === 'read');
  return allRead || hasHadItsChance(next, ENOUGH_WORK);
}
