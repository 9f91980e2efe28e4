import type { Fidelity, RecordId, RestartCause, StorageId, Time, WindowEnd, WriteFault } from '../recording.ts';

/** The words of a verdict, the worst first. */
export const VERDICTS = [
  'did-not-restart',
  'lost-writes',
  'restarted-from-zero',
  'repeated-work',
  'partly-resumed',
  'resumed',
  'nothing-to-resume',
] as const;

export type VerdictWord = (typeof VERDICTS)[number];

/** What came back and what was lost. Knows keys, methods and times; never source positions. */
export interface Verdict {
  readonly word: VerdictWord;
  /** One sentence: the word and why, with the key, item or request that decided. */
  readonly sentence: string;
  readonly fidelity: Fidelity;
  /** Repeats that are allowed otherwise are a fault. */
  readonly strict: boolean;
  /** An event announced the end that decided, and reached the Actor in time. */
  readonly wasTold: boolean;
  /** Number of the migration, or of what was like one, that decided, from 1: the worst of the run. `undefined` where there was none. */
  readonly decidedBy: number | undefined;
  readonly migrations: readonly MigrationSummary[];
  readonly keys: readonly KeyVerdict[];
  readonly writes: readonly WriteVerdict[];
  readonly repeated: Repeated;
  /** Files on the local disk that the restarted Actor read, though the platform would not have kept them. */
  readonly disk: readonly string[];
  /** What a reader must know to trust the verdict: assumptions made, time that stood still, calls that were refused. */
  readonly remarks: readonly string[];
}

export interface MigrationSummary {
  readonly by: RestartCause;
  /** When the window opened; without one when the process was killed, or when it had asked for its reboot. */
  readonly at: Time;
  readonly windowMs: number;
  /** Of it, time in which a debugger held the process still. */
  readonly pausedMs: number;
  /** `undefined` where the process was killed at once. */
  readonly endedBy: WindowEnd | undefined;
  /** From the end of the last process to the first instruction of the next; `undefined` where there was none. */
  readonly killToStartMs: number | undefined;
}

/** A state record: what it held, what was saved in the window, and what the restarted Actor did with it. */
export interface KeyVerdict {
  readonly record: RecordId;
  /** JSON text when the window opened; `undefined` where there was no record. */
  readonly before: string | undefined;
  /** JSON text at the kill. */
  readonly saved: string | undefined;
  /** When it was saved last before the kill, counted from the opening of the window; negative: before it. */
  readonly savedAfterMs: number | undefined;
  readonly restored: 'read' | 'never-read' | 'overwritten-first' | 'changed-in-shape';
}

/** A write that counts for the verdict: those of the window, those that were cut, and those that the run was told to fail. */
export interface WriteVerdict {
  readonly kind: 'record' | 'items' | 'requests' | 'handled' | 'charge';
  /** `default/STATE`, `dataset default`, … */
  readonly target: string;
  readonly landed: boolean;
  readonly latencyMs: number;
  /** The restarted Actor wrote the same again. */
  readonly writtenAgain: boolean;
  /** It did not land, and nothing made up for it. */
  readonly lost: boolean;
  /** How `--fail-writes` failed it. */
  readonly fault: WriteFault | undefined;
}

export interface Repeated {
  /** Items of datasets and charges that were made again and are a fault. */
  readonly items: readonly RepeatedItem[];
  /** URLs of requests that were handled again although they had been marked as handled. */
  readonly requests: readonly string[];
  /** Repeats that are allowed, unless with `strict`: of requests in flight at the kill, and of the work that was under way then. */
  readonly atLeastOnce: readonly RepeatedItem[];
}

export interface RepeatedItem {
  readonly target: StorageId | { readonly kind: 'charge'; readonly name: string };
  /** JSON text; the event's name for a charge. */
  readonly item: string;
  readonly times: number;
}
