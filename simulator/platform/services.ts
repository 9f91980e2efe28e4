import type { Clock } from './clock.ts';
import type { PlatformOptions } from './protocol.ts';
import type { Recorder } from './recorder.ts';
import type { WriteGate } from './write-gate.ts';

/** What every route of the platform works with. */
export interface Services {
  readonly options: PlatformOptions;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly writes: WriteGate;
}
