import type { RestartCause } from '../recording.ts';

/** What sentences say of that which ended a process for another to take its place. */
export interface CauseWords {
  /** `the migration`, `2 migrations`. */
  readonly noun: string;
  /** When it happened: `… it was migrated`. */
  readonly happened: string;
  /** `it is aborted at 3 points`. */
  readonly done: string;
  /** What to do another time: `migrate it` later. */
  readonly advice: string;
  /** `the migrated run`. */
  readonly run: string;
}

const WORDS: Readonly<Record<RestartCause, CauseWords>> = {
  migration: {
    noun: 'migration',
    happened: 'it was migrated',
    done: 'migrated',
    advice: 'migrate it',
    run: 'migrated',
  },
  reboot: { noun: 'reboot', happened: 'it was rebooted', done: 'rebooted', advice: 'reboot it', run: 'rebooted' },
  'graceful-abort': {
    noun: 'graceful abort',
    happened: 'it was aborted gracefully',
    done: 'aborted gracefully',
    advice: 'abort it',
    run: 'aborted',
  },
  abort: { noun: 'abort', happened: 'it was aborted', done: 'aborted', advice: 'abort it', run: 'aborted' },
  timeout: {
    noun: 'time-out',
    happened: 'its time was up',
    done: 'timed out',
    advice: 'let its time be up',
    run: 'timed-out',
  },
};

export function wordsOf(by: RestartCause): CauseWords {
  return WORDS[by];
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
