import { parseJson } from './canonical.ts';
import type { RestartCause } from '../recording.ts';
import { isAnnounced } from '../run/restart-cause.ts';
import { wordsOf } from './cause-words.ts';
import type { KeyPlaces, KeyReport } from './report.ts';
import type { KeyVerdict, Verdict } from './verdict.ts';
import { duration, shortened } from './words.ts';
import { recordName } from './writes.ts';

/** Longer JSON is cut in its middle. */
export const JSON_LENGTH = 160;

const OUTCOMES: Readonly<Record<KeyVerdict['restored'], string>> = {
  read: 'read by the restarted Actor before it wrote it',
  'never-read': 'never read by the restarted Actor',
  'overwritten-first': 'overwritten by the restarted Actor before it had read it',
  'changed-in-shape': 'read by the restarted Actor, and written back in another shape',
};

export function lostSaveOf({ record }: KeyVerdict, { writes }: Verdict): boolean {
  return writes.some(({ kind, target, lost }) => lost && kind === 'record' && target === recordName(record));
}

/** @param by what ended the process that saved it */
export function keyReport(
  key: KeyVerdict,
  by: RestartCause,
  isLost: boolean,
  places: KeyPlaces | undefined,
): KeyReport {
  const { record, before, saved, savedAfterMs, restored } = key;
  return {
    name: recordName(record),
    tone: restored === 'read' && !isLost ? 'good' : 'bad',
    outcome: isLost ? `${OUTCOMES[restored]}; its last save was lost` : OUTCOMES[restored],
    before: shortJson(before),
    saved: shortJson(saved),
    savedWhen: savedWhen(savedAfterMs, by),
    savedAt: places?.savedAt ?? [],
    restoredAt: places?.restoredAt ?? [],
  };
}

/** The SDK saves with line breaks and spaces, which say nothing. */
function shortJson(text: string | undefined): string {
  if (text === undefined) return 'no record';
  const value = parseJson(text);
  return shortened(value === undefined ? text : JSON.stringify(value), JSON_LENGTH);
}

function savedWhen(afterMs: number | undefined, by: RestartCause): string {
  if (afterMs === undefined) return 'never saved';
  const { noun, happened } = wordsOf(by);
  if (!isAnnounced(by)) return `saved ${duration(Math.abs(afterMs))} before ${happened}`;
  return afterMs >= 0
    ? `saved ${duration(afterMs)} after the ${noun} had begun`
    : `saved ${duration(-afterMs)} before the ${noun} began`;
}
