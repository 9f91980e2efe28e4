import { Cancelled } from './cancelled.ts';
import type { FolderAnalysis } from './folder-analysis.ts';

/**
 * Analyses what changed even when nobody asks, once it has been quiet for a while. A request that comes first does the
 * work, and then nothing is left to do here.
 */
export class Scheduler {
  readonly #quietMs: number;
  readonly #timers = new Map<FolderAnalysis, NodeJS.Timeout>();

  /** @param quietMs how long to wait after the last change, in milliseconds */
  constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  soon(folder: FolderAnalysis): void {
    this.forget(folder);
    this.#timers.set(
      folder,
      setTimeout(() => {
        this.#timers.delete(folder);
        folder.current().catch(ignoreCancelled);
      }, this.#quietMs),
    );
  }

  forget(folder: FolderAnalysis): void {
    clearTimeout(this.#timers.get(folder));
    this.#timers.delete(folder);
  }
}

/** A folder that was closed meanwhile needs no result. Any other error is let through. */
function ignoreCancelled(error: unknown): void {
  if (!(error instanceof Cancelled)) throw error;
}
