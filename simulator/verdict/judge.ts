import type { Recording } from '../recording.ts';
import type { RestartCause } from '../recording.ts';
import { capital, wordsOf } from './cause-words.ts';
import { ended, neverRestarted } from './ended.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { type History, historyOf } from './history.ts';
import { keyVerdicts, migrationSummaries, repeated, wasTold, writeVerdicts } from './findings.ts';
import { remarks } from './remarks.ts';
import {
  didNotRestart,
  lostWrites,
  partlyResumed,
  repeatedWork,
  restartedFromZero,
  type Row,
} from './rows-that-fail.ts';
import { nothingToResume, resumed } from './rows-that-pass.ts';
import { type Verdict, VERDICTS, type VerdictWord } from './verdict.ts';

export interface JudgeOptions {
  /** What Crawlee's way of working repeats (requests in flight at the kill) is a fault too. */
  readonly strict?: boolean;
  /** What the Actor's process was to be ended by, where nothing has: a migration unless told. */
  readonly by?: RestartCause;
}

/** The verdict's table: the first row that holds says the word. Its order is that of {@link VERDICTS}. */
const TABLE: Readonly<Record<VerdictWord, Row>> = {
  'did-not-restart': didNotRestart,
  'lost-writes': lostWrites,
  // Before repeated work: an Actor that begins again has lost its place, whether or not its first items are noticed twice.
  'restarted-from-zero': restartedFromZero,
  'repeated-work': repeatedWork,
  'partly-resumed': partlyResumed,
  resumed,
  'nothing-to-resume': nothingToResume,
};

/**
 * Says whether an Actor went on where it was when it was migrated, from what was recorded of the run and nothing else. Of
 * several migrations each is judged, and the worst counts.
 *
 * Made to be quiet when unsure: a fault is named only where the recording shows it. What it says while the run goes on may
 * become worse later, but not better, from the moment on at which {@link settled} says so.
 *
 * @returns the verdict on what has been recorded until now
 */
export function judge(recording: Recording, options: JudgeOptions = {}): Verdict {
  return verdictOn(historyOf(recording), options);
}

/** @returns the same as {@link judge}, from a history that was made already */
export function verdictOn(history: History, { strict = false, by = 'migration' }: JudgeOptions): Verdict {
  const { fidelity } = history.recording;
  const judged = judgements(history, strict);
  const worst = worstOf(judged);
  const about = worst?.evidence;
  return {
    word: worst?.word ?? 'nothing-to-resume',
    sentence: worst === undefined ? neverRestarted(history, by) : numbered(worst, judged.length),
    fidelity,
    strict,
    wasTold: about !== undefined && wasTold(about),
    decidedBy: worst?.number,
    migrations: migrationSummaries(history),
    keys: about === undefined ? [] : keyVerdicts(about),
    writes: about === undefined ? [] : writeVerdicts(about),
    repeated: about === undefined ? { items: [], requests: [], atLeastOnce: [] } : repeated(about),
    disk: [...new Set(history.events.filter((event) => event.kind === 'disk-file').map(({ path }) => path))],
    remarks: remarks(history, about),
  };
}

interface Judgement {
  readonly number: number;
  readonly word: VerdictWord;
  readonly sentence: string;
  readonly evidence: Evidence;
}

function judgements(history: History, strict: boolean): readonly Judgement[] {
  const migrated = history.migrations.map((migration) => {
    const evidence = evidenceOf(history, migration, strict);
    return { number: migration.number, evidence, ...firstRow(evidence) };
  });
  const last = ended(history, strict);
  return last === undefined ? migrated : [...migrated, last];
}

function firstRow(evidence: Evidence): Pick<Judgement, 'word' | 'sentence'> {
  for (const word of VERDICTS) {
    const sentence = TABLE[word](evidence);
    if (sentence !== undefined) return { word, sentence };
  }
  // The last row holds whenever no other does.
  return { word: 'nothing-to-resume', sentence: 'There was nothing to resume.' };
}

/** Of equally bad ones the last: its report is the one that is waited for. */
function worstOf(judged: readonly Judgement[]): Judgement | undefined {
  return judged.toSorted((a, b) => VERDICTS.indexOf(a.word) - VERDICTS.indexOf(b.word) || b.number - a.number)[0];
}

function numbered({ number, sentence, evidence }: Judgement, all: number): string {
  const { noun } = wordsOf(evidence.migration.by);
  return all === 1 ? sentence : `${capital(noun)} ${number} of ${all}: ${sentence}`;
}
