import type { RecordedEvent, RunEnd, WindowEnd } from '../../simulator/index.ts';

/** How a window's end reads in the Debug Console. */
const ENDS: Readonly<Record<WindowEnd, string>> = {
  reboot: 'the SDK has asked for the restart',
  deadline: 'the grace period is over',
  user: 'the grace period was ended',
  exit: 'the Actor has ended by itself in the grace period',
  cancelled: 'called off: the process lives on',
  aborted: 'stopped',
};

/** The line that marks an event of the run in the Debug Console; `undefined` for what needs none. */
export function consoleLineOf(event: RecordedEvent): string | undefined {
  switch (event.kind) {
    case 'process-started':
      return event.process === 1 ? undefined : marked(`process ${event.process} started`);
    case 'window-opened':
      return marked(`migrating: ${seconds(event.graceMs)} to save the state`);
    case 'window-closed':
      return marked(ENDS[event.endedBy]);
    case 'killed':
      return event.why === 'migration' || event.why === 'reboot'
        ? marked(`process ${event.process} killed`)
        : undefined;
    case 'refused':
      return marked(event.sentence);
    default:
      return undefined;
  }
}

/** How the run ended, for the Debug Console's last line. */
export function endLineOf(end: RunEnd): string {
  if (end.how === 'stopped') return marked('stopped');
  if (end.how === 'problem') return end.problem.message;
  const { code, signal } = end.exit;
  if (signal !== undefined) return marked(`the Actor was ended by ${signal}`);
  return marked(code === undefined ? 'the Actor has ended' : `the Actor has ended with code ${code}`);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function marked(text: string): string {
  return `── ${text} ──`;
}
