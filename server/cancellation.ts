import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';
import { Cancelled } from './cancelled.ts';

/** The protocol's cancellation as the analysis knows it. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort(new Cancelled());
  else token.onCancellationRequested(() => controller.abort(new Cancelled()));
  return controller.signal;
}

/**
 * Answers a request, and a cancelled one with the error that tells the client what to do: nothing when it was the client
 * that cancelled, ask again when the server did (the folder was closed and another one may own the file now).
 */
export async function answer<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(signalOf(token));
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    throw token.isCancellationRequested
      ? new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled by the client')
      : new ResponseError(LSPErrorCodes.ServerCancelled, 'The folder was closed', { retriggerRequest: true });
  }
}
