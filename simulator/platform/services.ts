import type { Clock } from './clock.ts';
import type { PlatformOptions } from './protocol.ts';
import type { Recorder } from './recorder.ts';
import type { Storages } from './storage/storages.ts';
import type { WriteGate } from './write-gate.ts';

/** What every route of the platform works with. */
export interface Services {
  readonly options: PlatformOptions;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly writes: WriteGate;
  /** `new Storages(options.storageFolder, clock)` */
  readonly storages: Storages;
  /** The INPUT record of the default store, completed with the schema's defaults; `undefined`: as it is in the storage. */
  readonly input?: () => Promise<Uint8Array | undefined>;
  /** Told in a sentence that the storage folder cannot be written to. */
  readonly onStorageTrouble?: (sentence: string) => void;
}
