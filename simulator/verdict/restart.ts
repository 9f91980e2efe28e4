import type { ProcessExit } from '../recording.ts';
import type { Migration } from './history.ts';
import { duration } from './words.ts';

/** Within which a process must have made its first call, unless the run was told otherwise. */
export const START_LIMIT_MS = 60_000;

/** Somebody stopped the process from outside: that is not the Actor's doing. */
const FROM_OUTSIDE = new Set(['SIGINT', 'SIGTERM', 'SIGHUP']);
const CODES_FROM_OUTSIDE = new Set([129, 130, 143]);

/** Ended non-zero, by its own doing. */
export function failed({ code, signal }: ProcessExit): boolean {
  if (signal !== undefined) return !FROM_OUTSIDE.has(signal);
  return code !== undefined && code !== 0 && !CODES_FROM_OUTSIDE.has(code);
}

/** `with exit code 1`, `by SIGSEGV`. */
export function howItEnded({ code, signal }: ProcessExit): string {
  if (signal !== undefined) return `by ${signal}`;
  return code === undefined ? 'in an unknown way' : `with exit code ${code}`;
}

/** Why the next process did not go on, or nothing where it did, or where that is not known. */
export function startFailure({ next }: Migration): string | undefined {
  if (next?.startedAt === undefined) return undefined;
  const { end, startedAt, firstCallAt } = next;
  if (end?.how === 'itself' && failed(end.exit))
    return `The restarted Actor ended ${howItEnded(end.exit)}, ${duration(end.at - startedAt)} after its start.`;
  if (firstCallAt !== undefined) return undefined;
  if (end?.how === 'itself' && end.exit.code === 0)
    return 'The restarted Actor ended without having made a call to the platform.';
  const lasted = end === undefined ? 0 : end.at - startedAt;
  return lasted >= START_LIMIT_MS
    ? `The restarted Actor made no call to the platform within ${duration(lasted)}.`
    : undefined;
}
