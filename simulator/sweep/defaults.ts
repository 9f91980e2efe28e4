/** How a sweep goes unless it is told. */
export const SWEEP_DEFAULTS = {
  /** Points at the most. */
  points: 24,
  /** What a restart takes, and an Actor that is slow to notice that it is done. */
  slackMs: 60_000,
  /** Characters of what an Actor prints that are kept. */
  lastWords: 2_000,
} as const;

/** Of `--sweep` and `points`: more is a slip of the keyboard. */
export const MOST_POINTS = 10_000;

/** How many runs at the same time: an Actor's run keeps two processes busy; more of them would only be slower. */
export function jobsFor(cores: number): number {
  return cores === 1 ? 1 : Math.max(2, Math.floor(cores / 2));
}
