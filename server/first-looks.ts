import { setTimeout as delay } from 'node:timers/promises';
import type { FolderSurroundings } from './folder-analysis.ts';
import type { FolderSettings } from './settings.ts';
import { NOTHING, reportsOf, type FileReport } from './reports.ts';

/** How long an answer takes to leave, in milliseconds: the process is kept busy after it. */
const ANSWER_MS = 10;

type Settings = () => Promise<FolderSettings>;

/** Looks at single files, each with the Actor around it alone: a fraction of the time that a folder of many Actors takes. */
export class FirstLooks {
  readonly #surroundings: Pick<FolderSurroundings, 'openAround' | 'toDiagnostic' | 'onError'>;
  readonly #going = new Set<Promise<unknown>>();

  constructor(surroundings: Pick<FolderSurroundings, 'openAround' | 'toDiagnostic' | 'onError'>) {
    this.#surroundings = surroundings;
  }

  /** What the Actor around a file says of it; `undefined` where only the whole folder can tell. */
  async at(file: string, settings: Settings, signal: AbortSignal | undefined): Promise<FileReport | undefined> {
    const looking = this.#look(file, settings, signal);
    const answered = looking.then(() => delay(ANSWER_MS)).finally(() => this.#going.delete(answered));
    this.#going.add(answered);
    return await looking;
  }

  /** Until the looks that go on have been answered: what takes longer lets them go first. */
  async answered(): Promise<void> {
    await Promise.all(this.#going);
  }

  async #look(file: string, settings: Settings, signal: AbortSignal | undefined): Promise<FileReport | undefined> {
    const { openAround, toDiagnostic, onError } = this.#surroundings;
    try {
      const { enable, rules } = await settings();
      const engine = enable ? await openAround(file) : undefined;
      if (engine === undefined) return undefined;
      try {
        const { findings } = await engine.analyse(rules, signal);
        return reportsOf(findings, new Map(), toDiagnostic).get(file) ?? NOTHING;
      } finally {
        engine.dispose();
      }
    } catch (error) {
      // The analysis of the folder meets the same fault, if it is one.
      if (signal?.aborted !== true) onError(error);
      return undefined;
    }
  }
}
