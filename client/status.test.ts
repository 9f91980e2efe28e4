import { describe, expect, it } from 'vitest';
import { readStatus, viewOf } from './status.ts';

describe('what the server says of itself', () => {
  it('is taken as it is', () => {
    const message = { state: 'ready', reason: '1 finding in 1 Actor', actors: 1, findings: 1, notices: [] };
    expect(readStatus(message)).toEqual({ state: 'ready', reason: '1 finding in 1 Actor', notices: [] });
  });

  it.each([
    undefined,
    null,
    'ready',
    {},
    { state: 'ready' },
    { state: 'happy', reason: '' },
    { state: 'ready', reason: 1 },
  ])('is passed over when it is %j', (message) => {
    expect(readStatus(message)).toBeUndefined();
  });

  it('loses the notices that are none', () => {
    const notice = { file: '/a.js', reason: 'it is binary' };
    expect(readStatus({ state: 'idle', reason: '', notices: [notice, null, {}] })?.notices).toEqual([notice]);
  });
});

describe('what the person sees', () => {
  it('is the reason when nothing is looked at', () => {
    const view = viewOf({ state: 'idle', reason: 'No Actor in this folder', notices: [] });
    expect(view).toMatchObject({
      text: 'Actor State: idle',
      detail: 'No Actor in this folder',
      severity: 'information',
    });
  });

  it('is busy while the server works', () => {
    expect(viewOf({ state: 'starting' }).busy).toBe(true);
    expect(viewOf({ state: 'analysing', reason: '', notices: [] }).busy).toBe(true);
    expect(viewOf({ state: 'ready', reason: '', notices: [] }).busy).toBe(false);
  });

  it('names what was skipped', () => {
    const notices = [
      { file: '/a.js', reason: 'it is binary' },
      { file: '/b.js', reason: 'it is 5 MB large' },
    ];
    expect(viewOf({ state: 'ready', reason: '0 findings in 1 Actor', notices }).detail).toBe(
      '0 findings in 1 Actor; skipped /a.js (it is binary) and 1 more',
    );
  });

  it('is an error, with a way out, when the server is gone', () => {
    const view = viewOf({ state: 'crashed', reason: 'It ended.' });
    expect(view).toMatchObject({ severity: 'error', action: 'restart', detail: 'It ended.' });
  });
});
