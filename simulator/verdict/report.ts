import type { RecordId, WindowEnd } from '../recording.ts';
import { isAnnounced } from '../run/restart-cause.ts';
import { adviceFor, causeOf } from './advice.ts';
import { capital, wordsOf } from './cause-words.ts';
import { keyReport, lostSaveOf } from './report-keys.ts';
import { lostWrites, repeats } from './report-losses.ts';
import type { MigrationSummary, Verdict, VerdictWord } from './verdict.ts';
import { duration } from './words.ts';

/** A place in the Actor's source. */
export interface Place {
  /** As it is to be shown: relative to the Actor's folder, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Where the source saves and restores a key. */
export interface KeyPlaces {
  readonly savedAt: readonly Place[];
  readonly restoredAt: readonly Place[];
}

/**
 * A verdict for people, in the order in which they read it. Faces print it: see text.ts and markdown.ts. What the Actor itself
 * wrote stands in backticks within a sentence, and has none in it.
 */
export interface Report {
  readonly word: VerdictWord;
  readonly tone: Tone;
  readonly headline: string;
  readonly sentence: string;
  /** What to do next. */
  readonly advice: readonly string[];
  /** One for each migration, or what was like one. */
  readonly migrations: readonly MigrationReport[];
  readonly keys: readonly KeyReport[];
  readonly lostWrites: readonly string[];
  readonly repeats: readonly RepeatsReport[];
  readonly remarks: readonly string[];
  readonly fidelity: string;
}

export interface MigrationReport {
  /** `The migration`, `Abort 2`. */
  readonly title: string;
  /** In the order of time. */
  readonly facts: readonly string[];
}

export type Tone = 'good' | 'bad' | 'unknown';

export interface KeyReport {
  /** `default/STATE`. */
  readonly name: string;
  readonly tone: Tone;
  readonly outcome: string;
  /** JSON, shortened. */
  readonly before: string;
  readonly saved: string;
  /** `0.2 s after the Actor was told`. */
  readonly savedWhen: string;
  readonly savedAt: readonly Place[];
  readonly restoredAt: readonly Place[];
}

export interface RepeatsReport {
  readonly title: string;
  readonly tone: Tone;
  /** JSON or a URL each, shortened; the first few. */
  readonly examples: readonly string[];
  /** How many more there are. */
  readonly more: number;
}

/** Each word as a title. */
export const VERDICT_TITLES: Readonly<Record<VerdictWord, string>> = {
  'did-not-restart': 'Did not restart',
  'lost-writes': 'Lost writes',
  'restarted-from-zero': 'Restarted from zero',
  'repeated-work': 'Repeated work',
  'partly-resumed': 'Partly resumed',
  resumed: 'Resumed',
  'nothing-to-resume': 'Nothing to resume',
};

/** @param placesOf where the source saves and restores a record, where that is known */
export function describe(verdict: Verdict, placesOf?: (record: RecordId) => KeyPlaces | undefined): Report {
  return {
    word: verdict.word,
    tone: toneOf(verdict.word),
    headline: VERDICT_TITLES[verdict.word],
    sentence: verdict.sentence,
    advice: adviceFor(verdict),
    migrations: verdict.migrations.map((migration, index, { length }) => ({
      title: length === 1 ? `The ${wordsOf(migration.by).noun}` : `${capital(wordsOf(migration.by).noun)} ${index + 1}`,
      facts: factsOf(migration),
    })),
    keys: verdict.keys.map((key) => keyReport(key, causeOf(verdict), lostSaveOf(key, verdict), placesOf?.(key.record))),
    lostWrites: lostWrites(verdict.writes),
    repeats: repeats(verdict),
    remarks: verdict.remarks,
    fidelity:
      verdict.fidelity === 'platform'
        ? 'Run against a local Apify platform: all reads and writes of storages were seen.'
        : 'Run on local storage without the Apify SDK: the calls of Crawlee to its storage were seen, but no network.',
  };
}

function toneOf(word: VerdictWord): Tone {
  if (word === 'resumed') return 'good';
  return word === 'nothing-to-resume' ? 'unknown' : 'bad';
}

function factsOf(migration: MigrationSummary): readonly string[] {
  const { by, at, pausedMs, killToStartMs } = migration;
  const { noun, happened } = wordsOf(by);
  const resurrected = by === 'migration' || by === 'reboot' ? '' : ', of the run that was resurrected,';
  return [
    `${duration(at)} after the start of the run ${isAnnounced(by) ? `the ${noun} began` : happened}.`,
    graceOf(migration),
    ...(pausedMs > 0 ? [`For ${duration(pausedMs)} of it a debugger held the Actor, which does not count.`] : []),
    ...(killToStartMs === undefined
      ? []
      : [`The new process${resurrected} began ${duration(killToStartMs)} after the end of the old one.`]),
  ];
}

function graceOf({ windowMs, endedBy }: MigrationSummary): string {
  if (endedBy === undefined) return 'The process was killed at once, and heard of nothing: there was no grace period.';
  if (windowMs === 0 && endedBy === 'reboot') return 'It had asked for the restart itself: there was no grace period.';
  return `The grace period lasted ${duration(windowMs)}: ${ENDED_BY[endedBy]}.`;
}

const ENDED_BY: Readonly<Record<WindowEnd, string>> = {
  reboot: 'its listeners were done, and the SDK asked for the restart',
  deadline: 'the time was up, and the process was killed',
  user: 'it was ended by hand',
  exit: 'the Actor ended by itself',
  cancelled: 'the migration was called off',
  aborted: 'the run was aborted',
};
