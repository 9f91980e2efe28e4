import type { Terminal } from '../terminal.ts';

/**
 * Hears of Ctrl+C while something goes on.
 *
 * @param work is given a signal that is aborted by it
 */
export async function interruptible<Result>(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stopListening = terminal.onInterrupt(() => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
