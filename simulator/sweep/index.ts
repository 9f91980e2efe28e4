/** Migrations at every point of interest of a run, and what they show together. */
export { jobsFor, MOST_POINTS, SWEEP_DEFAULTS } from './defaults.ts';
export { sweepAsHtml } from './html.ts';
export { merge, MergeProblem } from './merge.ts';
export { isSweepReport } from './read-report.ts';
export type { FailedRun, SweepReport, SweepRun } from './report.ts';
export { parseShard, type Shard, WHOLE_SWEEP } from './shard.ts';
export { sweep, type SweepOptions, type SweepProgress } from './sweep.ts';
export { sweepAsText } from './text.ts';
