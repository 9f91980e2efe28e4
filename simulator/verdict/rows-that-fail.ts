import { parseJson } from './canonical.ts';
import { wordsOf } from './cause-words.ts';
import type { CutWrite } from './cut-writes.ts';
import type { Evidence } from './evidence.ts';
import type { Migration } from './history.ts';
import type { ChargeAgain } from './repeated-charges.ts';
import { failedBy, hadFailed } from './faults.ts';
import { startFailure } from './restart.ts';
import { emptyObjects } from './shape.ts';
import { faultyKeys, goesBack, hasReadState, missedRecords } from './restored.ts';
import type { ItemAgain } from './repeated-items.ts';
import type { StateRecord } from './state-records.ts';
import { targetOf } from './targets.ts';
import { count, list, quoted } from './words.ts';
import { recordName, type Write } from './writes.ts';

/** A row of the verdict's table: the sentence that says why it holds, or nothing where it does not. */
export type Row = (evidence: Evidence) => string | undefined;

/** The next process ended non-zero, or made no call. */
export const didNotRestart: Row = ({ migration, states }) => {
  const failure = startFailure(migration);
  if (failure === undefined) return undefined;
  const holes = states.flatMap(({ record, saved }) => {
    const value = saved.json === undefined ? undefined : parseJson(saved.json);
    const paths = value === undefined ? [] : emptyObjects(value);
    return paths.length === 0 ? [] : [`${quoted(recordName(record))} holds {} ${list(paths.map(placeIn))}`];
  });
  const hint =
    holes.length === 0 ? '' : ` ${list(holes)}: that is what a Map or a Set becomes when it is saved as JSON.`;
  return `${failure}${hadFailed(migration.next)}${hint}`;
};

function placeIn(path: string): string {
  return path === '' ? 'alone' : `at ${quoted(path)}`;
}

/** A write that the killed process had begun never landed, and nothing made up for it. */
export const lostWrites: Row = ({ cut, failed, migration }) => {
  const lost = [...cut, ...failed].filter(({ fate }) => fate === 'lost');
  const byKill = lost.filter(({ write }) => write.fault === undefined);
  const byFault = lost.map(({ write }) => write).filter(({ fault }) => fault !== undefined);
  const sentences = [lostByKill(byKill, migration), lostByFault(byFault)].filter((sentence) => sentence !== undefined);
  return sentences.length === 0 ? undefined : sentences.join(' ');
};

function lostByKill(lost: readonly CutWrite[], { killed: { end } }: Migration): string | undefined {
  if (lost.length === 0) return undefined;
  const targets = [...new Set(lost.map(({ write }) => quoted(targetOf(write.change))))];
  // Since SDK 3.7 each listener runs twice, and a save that nobody waits for is cut twice.
  const what = targets.length === 1 ? `What was written to ${targets.join('')} was` : `Writes to ${list(targets)} were`;
  const older = lost.some(({ readOlder }) => readOlder)
    ? 'the restarted Actor read what had been there before'
    : 'the restarted Actor did not make up for it';
  const ended = end?.how === 'killed' && end.exit !== undefined ? 'ended' : 'was killed';
  return `${what} under way when the process ${ended} and never arrived: ${older}.`;
}

function lostByFault(lost: readonly Write[]): string | undefined {
  if (lost.length === 0) return undefined;
  const targets = [...new Set(lost.map(({ change }) => quoted(targetOf(change))))];
  const what = lost.length === 1 ? `A write to ${list(targets)} was` : `Writes to ${list(targets)} were`;
  return `${what} ${failedBy(lost)} and never made again.`;
}

/** The next process read none of the state and began the same work again. */
export const restartedFromZero: Row = (evidence) => {
  const { states, items, requests, migration } = evidence;
  const firstItem = items.items
    .filter(({ why }) => why === 'fault')
    .slice(0, 3)
    .find(({ isFirst }) => isFirst);
  const firstRequest = requests.slice(0, 3).find(({ isFirst }) => isFirst);
  const back = states.find((state) => goesBack(state, evidence.span));
  const begunAgainAt = Math.min(
    firstItem?.at ?? Infinity,
    firstRequest?.at ?? Infinity,
    back?.rewritten?.at ?? Infinity,
  );
  if (begunAgainAt === Infinity || hasReadState(states, begunAgainAt)) return undefined;
  const did =
    firstItem !== undefined
      ? `pushed its first item again, ${quoted(firstItem.item.text)}`
      : firstRequest !== undefined
        ? `handled its first request again, ${quoted(firstRequest.request.url, 80)}`
        : `wrote ${quoted(back === undefined ? '' : recordName(back.record))} as it had been at the beginning`;
  return `The restarted Actor ${did}: ${whyNothingWasRestored(evidence, missedRecords(migration))}.`;
};

function whyNothingWasRestored({ states }: Evidence, missed: readonly string[]): string {
  if (states.length > 0) {
    const names = list(states.map(({ record }) => quoted(recordName(record))));
    const overwritten = states.every(({ rewritten }) => rewritten !== undefined);
    return overwritten
      ? `it overwrote ${names} without having read it`
      : `its state was saved in ${names}, but not read`;
  }
  if (missed.length > 0)
    return `it asked for ${list(missed.map((name) => quoted(name)))}, but nothing had been saved there`;
  return 'none of its progress had been saved';
}

/** Work that had been acknowledged was done once more. */
export const repeatedWork: Row = ({ requests, items, charges, states, strict, migration }) => {
  const isFault = ({ why }: { readonly why: string }) => strict || why === 'fault';
  const again = items.items.filter(isFault);
  const charged = charges.filter(isFault);
  const [item, request, charge] = [again[0], requests[0], charged[0]];
  const parts = [
    ...(request === undefined
      ? []
      : [`handled ${count(requests.length, 'request')} again, first ${quoted(request.request.url, 80)}`]),
    ...(item === undefined ? [] : [`pushed ${count(again.length, 'item')} again, first ${quoted(item.item.text)}`]),
    ...(charge === undefined ? [] : [`charged ${list([...new Set(charged.map(({ event }) => quoted(event)))])} again`]),
  ];
  if (parts.length === 0) return undefined;
  const onlyInFlight = [...again, ...charged].every(({ why }) => why !== 'fault') && requests.length === 0;
  const why = onlyInFlight
    ? 'That belongs to the work that was under way at the kill, and --strict allows none of it'
    : whyRepeated(migration, states, again, charged);
  return `The restarted Actor ${parts.join(', and ')}. ${why}.`;
};

function whyRepeated(
  { by }: Migration,
  states: readonly StateRecord[],
  again: readonly ItemAgain[],
  charged: readonly ChargeAgain[],
): string {
  const read = states.filter(({ restored }) => restored === 'read').map(({ record }) => quoted(recordName(record)));
  const byLoop =
    again.some(({ requests, why }) => why === 'fault' && requests.length === 0) ||
    charged.some(({ isWithItem }) => isWithItem);
  return byLoop && read.length > 0
    ? `It read ${list(read)}, but what was saved there was not where it had got to`
    : `That had been done before the ${wordsOf(by).noun}`;
}

/** Part of the state was restored, or the queue went on, and another part was not. */
export const partlyResumed: Row = (evidence) => {
  const faulty = faultyKeys(evidence);
  if (faulty.length === 0) return undefined;
  const reasons = faulty.map(({ record, restored }) => `${quoted(recordName(record))} ${RESTORED[restored]}`);
  const read = evidence.states
    .filter(({ restored }) => restored === 'read')
    .map(({ record }) => quoted(recordName(record)));
  const wentOn = read.length > 0 ? `restored ${list(read)}` : 'went on';
  return `The restarted Actor ${wentOn}, but ${list(reasons)}.`;
};

const RESTORED = {
  read: 'was read',
  'never-read': 'was never read',
  'overwritten-first': 'was overwritten before it was read',
  'changed-in-shape': 'came back in another shape',
};
