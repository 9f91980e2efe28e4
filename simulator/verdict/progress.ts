import type { Time } from '../recording.ts';
import type { ProcessLife } from './history.ts';

/** Units of acknowledged work after which it is said whether a restarted Actor goes on or begins again. */
export const ENOUGH_WORK = 3;

/**
 * Units of acknowledged work after which a restarted Actor has restored what it is going to restore, and made again what it
 * is going to make again. What it does later no longer turns a fault into none: else a verdict that was shown could become
 * better by waiting.
 */
export const MUCH_WORK = 20;

/** When the process had done so much work; `Infinity` where it has not. */
export function workedAt({ work }: ProcessLife, units: number): Time {
  return work[units - 1] ?? Infinity;
}

/** Whether a process is known to leave undone what it has not done until now: it ended by itself, or has done so much else. */
export function hasHadItsChance(life: ProcessLife, units: number): boolean {
  return life.end?.how === 'itself' || workedAt(life, units) < Infinity;
}
