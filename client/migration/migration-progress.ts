import * as vscode from 'vscode';
import { RunProblem, type WindowEnd } from '../../simulator/index.ts';
import type { ActorSession } from '../debugging/actor-session.ts';
import { tell } from '../notice.ts';

/**
 * How long a run that was to be migrated before it listened is given to do something that could be lost: migrated in its first
 * moment, every Actor has nothing to resume. Milliseconds.
 */
const FIRST_WRITE_MS = 5000;

type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** Migrates once, with progress: waits until the Actor is at work, then counts the grace period down. */
export async function migrate(session: ActorSession): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Migrating ${session.name}`,
    cancellable: true,
  };
  const end = await vscode.window.withProgress(options, async (progress, token) => {
    if (!(await untilAtWork(session, progress, token))) return undefined;
    return await countDown(session, progress, token);
  });
  if (end === 'cancelled') {
    tell(
      'information',
      `The migration of ${session.name} was called off: it lives on. It has heard \`migrating\`, though, and may have stopped its work.`,
    );
  }
}

/**
 * Whether the Actor can be migrated now: it may have ended, or the person may have cancelled. One that listens already is
 * migrated at once; one that does not yet is waited for, until its first write or for some seconds more.
 */
async function untilAtWork(
  session: ActorSession,
  progress: Progress,
  token: vscode.CancellationToken,
): Promise<boolean> {
  if (listens(session.state)) return true;
  const late = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): boolean | undefined => {
    const { state } = session;
    if (token.isCancellationRequested || state.state === 'ended') return false;
    if (!listens(state)) {
      const what =
        state.state === 'restarting' ? 'waiting for the new process' : 'waiting until the Actor listens for events';
      progress.report({ message: what });
      return undefined;
    }
    timer ??= setTimeout(() => late.fire(), FIRST_WRITE_MS);
    progress.report({ message: 'waiting for its first write' });
    return hasWritten(session, state.process) ? true : undefined;
  };
  const lateLook = (): boolean | undefined => (listens(session.state) ? true : look());
  try {
    return await until([
      { event: session.onDidChange, look },
      { event: token.onCancellationRequested, look },
      { event: late.event, look: lateLook },
    ]);
  } finally {
    clearTimeout(timer);
    late.dispose();
  }
}

function listens({ state }: ActorSession['state']): boolean {
  return state === 'running' || state === 'window';
}

function hasWritten({ recording }: ActorSession, process: number): boolean {
  const events = recording?.events ?? [];
  return events.some((event) => event.kind === 'write' && event.outcome === 'landed' && event.process === process);
}

async function countDown(
  session: ActorSession,
  progress: Progress,
  token: vscode.CancellationToken,
): Promise<WindowEnd | undefined> {
  const total = session.configuration.graceSeconds;
  let shown = 0;
  const report = (): void => {
    const { state } = session;
    if (state.state === 'restarting') progress.report({ message: 'the new process starts' });
    if (state.state !== 'window') return;
    const left = Math.max(0, Math.ceil(state.remainingMs / 1000));
    const increment = total > 0 ? Math.max(0, ((total - left) / total) * 100 - shown) : 0;
    shown += increment;
    const message = state.paused
      ? `${left} s left; time stands still while the debugger is paused`
      : `${left} s left to save the state`;
    progress.report({ message, increment });
  };
  const subscriptions = [session.onDidChange(report), token.onCancellationRequested(() => session.cancelWindow())];
  try {
    return await session.migrate();
  } catch (error) {
    if (!(error instanceof RunProblem)) throw error;
    // How a run ended that could not go on, its session says.
    if (session.state.state !== 'ended') tell('error', error.message);
    return undefined;
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
  }
}

interface Occasion<Answer> {
  readonly event: vscode.Event<unknown>;
  readonly look: () => Answer | undefined;
}

/** Fulfilled with the first answer: looked for now, and on each occasion. */
async function until<Answer>(occasions: readonly Occasion<Answer>[]): Promise<Answer> {
  return await new Promise((resolve) => {
    let subscriptions: readonly vscode.Disposable[] = [];
    const take = (answer: Answer | undefined): void => {
      if (answer === undefined) return;
      for (const subscription of subscriptions) subscription.dispose();
      resolve(answer);
    };
    subscriptions = occasions.map(({ event, look }) => event(() => take(look())));
    take(occasions[0]?.look());
  });
}
