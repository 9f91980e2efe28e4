import type { EventsFault, WriteFault } from './recording.ts';

/** What a run has to bear beside its migrations. The same seed gives the same faults on the next run. */
export interface Faults {
  /** Milliseconds by which the latency of a write is longer or shorter, at the most. */
  readonly jitterMs: number;
  readonly failWrites: FailWrites | undefined;
  /** What happens to the connection over which a process would hear of its migration. */
  readonly webSocket: EventsFault | undefined;
  readonly seed: number;
}

export interface FailWrites {
  /** Of all writes: from 0 to 1. */
  readonly share: number;
  readonly how: WriteFault;
}

export const NO_FAULTS: Faults = { jitterMs: 0, failWrites: undefined, webSocket: undefined, seed: 1 };

/** A fault that cannot be understood; the message says which forms there are. */
export class BadFault extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BadFault';
  }
}

/**
 * Reads `--fail-writes`: `0.1`, `0.1:reject`, `0.1:outage`.
 *
 * @throws {BadFault} when the form is not known
 */
export function parseFailWrites(text: string): FailWrites {
  const { share, how = 'reject' } = /^(?<share>[\d.]+)(?::(?<how>reject|outage))?$/.exec(text)?.groups ?? {};
  const number = Number(share);
  if (number >= 0 && number <= 1) return { share: number, how: how === 'outage' ? 'outage' : 'reject' };
  throw new BadFault(
    `\`${text}\` does not say which writes fail. Give their share from 0 to 1, and how: 0.1:reject (answered with 400, ` +
      'as 0.1 alone) or 0.1:outage (answered with 503, which apify-client repeats).',
  );
}

/**
 * Reads `--websocket`: `closed`, `slow:2000`.
 *
 * @throws {BadFault} when the form is not known
 */
export function parseWebSocketFault(text: string): EventsFault {
  if (text === 'closed') return { kind: 'closed' };
  const { ms } = /^slow:(?<ms>\d+)$/.exec(text)?.groups ?? {};
  if (ms !== undefined) return { kind: 'slow', ms: Number(ms) };
  throw new BadFault(
    `\`${text}\` does not say what happens to the connection of the events. Give closed (it is closed instead of telling ` +
      'the Actor of its migration), or slow:2000 (the Actor is told so many milliseconds late).',
  );
}

/** Whether anything is to go wrong at all. */
export function hasFaults({ jitterMs, failWrites, webSocket }: Faults): boolean {
  return jitterMs > 0 || failWrites !== undefined || webSocket !== undefined;
}
