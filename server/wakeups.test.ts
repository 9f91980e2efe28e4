import { describe, expect, it } from 'vitest';
import { Cancelled } from './cancelled.ts';
import { Wakeups } from './wakeups.ts';

const NEVER = new AbortController().signal;

describe('waiting for something new', () => {
  it('ends when there is', async () => {
    const wakeups = new Wakeups();
    const waiting = wakeups.after(wakeups.count, NEVER);
    wakeups.wake();
    await waiting;
  });

  it('ends at once when there was since one looked', async () => {
    const wakeups = new Wakeups();
    const { count } = wakeups;
    wakeups.wake();
    await wakeups.after(count, NEVER);
  });

  it('ends with the request', async () => {
    const wakeups = new Wakeups();
    const controller = new AbortController();
    const waiting = wakeups.after(wakeups.count, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(Cancelled);
  });

  it('ends with the server', async () => {
    const wakeups = new Wakeups();
    const waiting = wakeups.after(wakeups.count, NEVER);
    wakeups.end();
    await waiting;
    expect(wakeups.ended).toBe(true);
  });
});
