import type { ProcessNumber, Recording, Time } from '../../recording.ts';
import { failedBy } from '../faults.ts';
import { historyOf, type History, type ProcessLife } from '../history.ts';
import { targetOf } from '../targets.ts';
import { duration, shortened } from '../words.ts';
import { isWork, recordName, type Write } from '../writes.ts';

/** A run as it is drawn: a lane for each process, over one scale of time. */
export interface Timeline {
  /** The last moment that is drawn: milliseconds since the run began. */
  readonly endsAt: Time;
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly process: ProcessNumber;
  readonly from: Time;
  readonly to: Time;
  /** How it ended, in a word: `killed`, `ended`, `failed`; `goes on` while it lives. */
  readonly ending: string;
  readonly windows: readonly Span[];
  readonly marks: readonly Mark[];
}

export interface Span {
  readonly from: Time;
  readonly to: Time;
  readonly label: string;
}

/** `work`: items, handled requests, charges. `save`, `restore`: records that are written and read. `cut`: a write that the kill cut. */
export type MarkKind = 'work' | 'save' | 'restore' | 'cut';

export interface Mark {
  readonly kind: MarkKind;
  readonly at: Time;
  readonly label: string;
}

/** What happened in a run, for the eye; only what is the user's. */
export function timelineOf(recording: Recording): Timeline {
  const history = historyOf(recording);
  const endsAt = Math.max(1, ...history.events.map(({ at }) => at));
  const lanes = history.lives.map((life) => laneOf(life, history, endsAt));
  return { endsAt, lanes };
}

function laneOf(life: ProcessLife, { windows }: History, endsAt: Time): Lane {
  const { number, startedAt, firstCallAt, end } = life;
  return {
    process: number,
    from: startedAt ?? firstCallAt ?? 0,
    to: end?.at ?? endsAt,
    ending: endingOf(life),
    windows: windows
      .filter(({ process }) => process === number)
      .map(({ openedAt, closedAt }) => ({
        from: openedAt,
        to: closedAt,
        label: `grace period, ${duration(closedAt - openedAt)}`,
      })),
    marks: [...life.writes.flatMap(writeMark), ...life.reads.map(readMark)].toSorted((a, b) => a.at - b.at),
  };
}

function endingOf({ end }: ProcessLife): string {
  if (end === undefined) return 'goes on';
  if (end.exit === undefined) return end.how === 'killed' && end.why === 'stop' ? 'stopped' : 'killed';
  const { code, signal } = end.exit;
  if (code === 0) return 'ended';
  return `failed${signal === undefined ? (code === undefined ? '' : ` with ${code}`) : ` with ${signal}`}`;
}

function writeMark(write: Write): readonly Mark[] {
  const { change, outcome, settledAt, begunAt, fault } = write;
  const label = `${targetOf(change)}: ${changeWords(write)}`;
  if (fault !== undefined) return [{ kind: 'cut', at: begunAt, label: `${label}, ${failedBy([write])}` }];
  if (outcome === 'cut' || outcome === 'failed') return [{ kind: 'cut', at: begunAt, label: `${label}, ${outcome}` }];
  if (outcome !== 'landed') return [];
  if (change.type === 'set-record' || change.type === 'delete-record') return [{ kind: 'save', at: settledAt, label }];
  return isWork(write) ? [{ kind: 'work', at: settledAt, label }] : [];
}

function changeWords({ change }: Write): string {
  switch (change.type) {
    case 'set-record':
      return change.value.json === undefined ? `${change.value.bytes} bytes` : shortened(change.value.json, 80);
    case 'push-items':
      return change.items.map((item) => ('json' in item ? shortened(item.json, 80) : 'a large item')).join(', ');
    case 'update-request':
      return change.request.url;
    case 'charge':
      return `${change.count} times`;
    default:
      return change.type.replace('-', ' ');
  }
}

function readMark({ at, record, value }: ProcessLife['reads'][number]): Mark {
  return { kind: 'restore', at, label: `${recordName(record)}: ${value === undefined ? 'no record' : 'read'}` };
}
