/** The face of the simulator: what the command line and the extension use. */
export * from './comparison/index.ts';
export { BadFault, type FailWrites, type Faults, NO_FAULTS, parseFailWrites, parseWebSocketFault } from './faults.ts';
export type * from './recording.ts';
export type { Launch, Launched, Launcher } from './run/launcher.ts';
export {
  RunProblem,
  type ActorRun,
  type ProblemKind,
  type ProgramFiles,
  type RunEnd,
  type RunOptions,
  type RunState,
  type StorageChoice,
} from './run/run.ts';
export { BadCause, checkAnnounced, GRACE_SECONDS, isAnnounced, parseCause } from './run/restart-cause.ts';
export { fidelityOf } from './run/fidelity.ts';
export { LocalDisk } from './run/local-disk.ts';
export { actorName, scriptsIn } from './run/manifest.ts';
export { runToEnd, type EndedRun } from './run/run-to-end.ts';
export { startScheduledRun, type Schedule, type ScheduledRun } from './run/scheduled-run.ts';
export { startRun } from './run/start-run.ts';
export { spawnLauncher, type SpawnOptions } from './run/spawn-launcher.ts';
export { BadTrigger, parseTrigger, type Trigger } from './run/trigger.ts';
export * from './sweep/index.ts';
export * from './trial/index.ts';
export * from './verdict/index.ts';
