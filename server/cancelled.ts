/** Nobody waits for the result any more: the request was cancelled or the folder closed. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Stops waiting when the signal says so; the work itself is stopped by its owner. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await work;
  return await new Promise((resolve, reject) => {
    const stop = (): void => reject(new Cancelled());
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
