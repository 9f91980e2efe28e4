/** Migrations at every point of interest of a run, and what they show together. */
export { sweepAsHtml } from './html.ts';
export { merge, MergeProblem } from './merge.ts';
export { isSweepReport } from './read-report.ts';
export type { FailedRun, SweepReport, SweepRun } from './report.ts';
export { sweep, type SweepOptions, type SweepProgress } from './sweep.ts';
export { sweepAsText } from './text.ts';
