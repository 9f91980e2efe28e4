import type { FolderState } from './folder-analysis.ts';

/** The notification that tells a client what the server is doing. */
export const STATUS = 'actorState/status';

/** Plain values, for a client of any make. */
export interface StatusMessage {
  readonly state: 'idle' | 'analysing' | 'ready' | 'off' | 'error';
  /** One sentence that says why. */
  readonly reason: string;
  readonly actors: number;
  readonly findings: number;
  readonly notices: readonly { readonly file: string; readonly reason: string }[];
}

export interface FolderStatus {
  readonly folder: string;
  readonly state: FolderState;
  readonly findings: number;
}

/** The state of all folders in one message: an error before work that goes on, work before what is known. */
export function statusOf(folders: readonly FolderStatus[]): StatusMessage {
  const states = folders.map(({ state }) => state);
  const ready = states.filter((state) => state.kind === 'ready');
  const actors = sum(ready.map(({ analysis }) => analysis.actors.length));
  const findings = sum(folders.map((folder) => folder.findings));
  const notices = ready.flatMap(({ analysis }) => analysis.notices.map(({ file, reason }) => ({ file, reason })));
  const known = { actors, findings, notices };
  for (const { folder, state } of folders) {
    if (state.kind !== 'failed') continue;
    return { state: 'error', reason: `The analysis of ${folder} failed: ${state.reason}`, ...known };
  }
  if (states.some(({ kind }) => kind === 'analysing'))
    return { state: 'analysing', reason: 'Looking at the Actors', ...known };
  if (folders.length > 0 && states.every(({ kind }) => kind === 'off')) {
    return { state: 'off', reason: 'Turned off by the setting actorState.enable', ...known };
  }
  if (actors > 0)
    return { state: 'ready', reason: `${count(findings, 'finding')} in ${count(actors, 'Actor')}`, ...known };
  return { state: 'idle', reason: folders.length === 0 ? 'No folder is open' : 'No Actor in this folder', ...known };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
