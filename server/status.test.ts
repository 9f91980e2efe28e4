import { describe, expect, it } from 'vitest';
import type { FolderState } from './folder-analysis.ts';
import { statusOf } from './status.ts';

const actorSummary = { root: '/a', name: 'a', sdk: undefined, entryPoints: [], keys: [], starts: [], listeners: [] };

function folder(state: FolderState, findings = 0) {
  return { folder: '/a', state, findings };
}

function ready(actors: number, notices: readonly { file: string; reason: string }[] = []): FolderState {
  return { kind: 'ready', analysis: { actors: Array.from({ length: actors }, () => actorSummary), notices } };
}

describe('the status', () => {
  it.each([
    [[], 'idle', 'No folder is open'],
    [[folder(ready(0))], 'idle', 'No Actor in this folder'],
    [[folder(ready(1), 1)], 'ready', '1 finding in 1 Actor'],
    [[folder(ready(2), 3), folder(ready(1), 0)], 'ready', '3 findings in 3 Actors'],
    [[folder(ready(1)), folder({ kind: 'analysing' })], 'analysing', 'Looking at the Actors'],
    [[folder({ kind: 'off' })], 'off', 'Turned off by the setting actorState.enable'],
    [[folder(ready(1)), folder({ kind: 'off' })], 'ready', '0 findings in 1 Actor'],
    [
      [folder({ kind: 'analysing' }), folder({ kind: 'failed', reason: 'no luck' })],
      'error',
      'The analysis of /a failed: no luck',
    ],
  ])('of %j is %s: %s', (folders, state, reason) => {
    expect(statusOf(folders)).toMatchObject({ state, reason });
  });

  it('names what was skipped', () => {
    const notice = { file: '/a/bundle.js', reason: 'it is 5 MB large' };
    expect(statusOf([folder(ready(1, [notice]))]).notices).toEqual([notice]);
  });
});
