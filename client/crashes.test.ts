import { describe, expect, it } from 'vitest';
import { Crashes } from './crashes.ts';

const MINUTE = 60_000;

describe('a server that ends unasked', () => {
  it('is started again twice, and then left to the person', () => {
    const crashes = new Crashes();
    expect([0, 1, 2].map((time) => crashes.next(time))).toEqual(['start-again', 'start-again', 'give-up']);
  });

  it('is started again as long as it ends rarely', () => {
    const crashes = new Crashes();
    expect([0, 2, 4, 6, 8].map((time) => crashes.next(time * MINUTE))).not.toContain('give-up');
  });

  it('gets new tries when the person restarts it', () => {
    const crashes = new Crashes();
    for (const time of [0, 1, 2]) crashes.next(time);
    crashes.forget();
    expect(crashes.next(3)).toBe('start-again');
  });
});
