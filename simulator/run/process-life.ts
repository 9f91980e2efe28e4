import type { ProcessExit, ProcessNumber, RestartCause, WindowEnd } from '../recording.ts';
import { Countdown } from './countdown.ts';
import { Deferred } from './deferred.ts';
import type { RunEnd } from './run.ts';

/** What ends the life of a process: it does so by itself, or a restart does, or the end of the run. */
export type Turn =
  | { readonly turn: 'exit'; readonly exit: ProcessExit }
  | { readonly turn: 'restart'; readonly why: RestartCause }
  | { readonly turn: 'end'; readonly end: RunEnd };

/** One process of the run, from before its launch until it is known what ends it. */
export class ProcessLife {
  readonly number: ProcessNumber;
  /** It has opened the events WebSocket. */
  listens = false;
  /** It has made a call to the platform. */
  called = false;
  /** It has printed something; known only where the face passes it on. */
  printed = false;
  /** Its run is aborted gracefully, and resurrected when it has ended, however it does. */
  isAborted = false;
  readonly #startLimit: Countdown;
  readonly #settled = new Deferred<Turn>();
  #ending: Turn | undefined;

  constructor(number: ProcessNumber, startLimitMs: number, paused: boolean, onSilent: (life: ProcessLife) => void) {
    this.number = number;
    this.#startLimit = new Countdown(startLimitMs, () => onSilent(this), paused);
  }

  /** Fulfilled with what ends it; what comes later does not count. */
  get turn(): Promise<Turn> {
    return this.#settled.promise;
  }

  get over(): boolean {
    return this.#ending !== undefined;
  }

  /** Whether another process takes its place; known once its life has ended. */
  get isFollowed(): boolean {
    return this.#ending?.turn === 'restart' || (this.#ending?.turn === 'exit' && this.isAborted);
  }

  /** How its end closes a window. */
  get windowEnd(): WindowEnd | undefined {
    if (this.#ending === undefined) return undefined;
    return ({ exit: 'exit', restart: 'reboot', end: 'aborted' } as const)[this.#ending.turn];
  }

  heard(): void {
    this.called = true;
    this.#startLimit.pause();
  }

  pause(): void {
    this.#startLimit.pause();
  }

  resume(): void {
    if (!this.called && !this.over) this.#startLimit.resume();
  }

  end(turn: Turn): void {
    this.#ending ??= turn;
    this.#startLimit.pause();
    this.#settled.resolve(turn);
  }
}
