import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProcessLife } from './process-life.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function life(paused = false): { readonly life: ProcessLife; readonly silent: ReturnType<typeof vi.fn> } {
  const silent = vi.fn<(life: ProcessLife) => void>();
  return { life: new ProcessLife(1, 1000, paused, silent), silent };
}

test('a process that is silent until the start limit is told once', () => {
  const { silent } = life();
  vi.advanceTimersByTime(999);
  expect(silent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(silent).toHaveBeenCalledTimes(1);
});

test.each<[string, (life: ProcessLife) => void]>([
  ['has called', (one) => one.heard()],
  ['has ended', (one) => one.end({ turn: 'exit', exit: { code: 0, signal: undefined } })],
])('a process that %s is not silent, also after a pause', (_, happens) => {
  const { life: one, silent } = life();
  happens(one);
  one.pause();
  one.resume();
  vi.advanceTimersByTime(5000);
  expect(silent).not.toHaveBeenCalled();
});

test('the start limit stands still in a pause, also one in which the process begins', () => {
  const { life: one, silent } = life(true);
  vi.advanceTimersByTime(5000);
  one.resume();
  vi.advanceTimersByTime(600);
  one.pause();
  vi.advanceTimersByTime(5000);
  one.resume();
  vi.advanceTimersByTime(399);
  expect(silent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(silent).toHaveBeenCalledTimes(1);
});

test('what ends it first counts', async () => {
  const { life: one } = life();
  one.end({ turn: 'restart', why: 'migration' });
  one.end({ turn: 'end', end: { how: 'stopped' } });
  expect(await one.turn).toEqual({ turn: 'restart', why: 'migration' });
  expect([one.over, one.windowEnd]).toEqual([true, 'reboot']);
});
