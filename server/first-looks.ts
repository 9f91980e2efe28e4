import { setTimeout as delay } from 'node:timers/promises';
import type { Engine, FolderSurroundings } from './folder-analysis.ts';
import type { FolderSettings } from './settings.ts';
import { NOTHING, reportsOf, type FileReport } from './reports.ts';

/** How long an answer takes to leave, in milliseconds: the process is kept busy after it. */
const ANSWER_MS = 10;

type Engines = Map<string, Promise<Engine>>;
type Settings = () => Promise<FolderSettings>;
type Surroundings = Pick<FolderSurroundings, 'actorAround' | 'openActor' | 'texts' | 'toDiagnostic' | 'onError'>;

/**
 * Looks at single files, each with the Actor around it alone, which its other files share, until a folder of many Actors has
 * been looked at: that takes many times as long.
 */
export class FirstLooks {
  readonly #surroundings: Surroundings;
  /** By the Actor's folder: what is known of it, for the next look at one of its files. */
  #engines: Engines = new Map();
  readonly #going = new Set<Promise<unknown>>();
  /** One look after the other: while an analysis goes on, its texts do not change. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** What the Actor around a file says of it; `undefined` where only the whole folder can tell. */
  async at(file: string, settings: Settings, signal: AbortSignal | undefined): Promise<FileReport | undefined> {
    const engines = this.#engines;
    const looking = this.#last.then(() => this.#look(file, engines, settings, signal));
    this.#last = looking;
    const answered = looking.then(() => delay(ANSWER_MS)).finally(() => this.#going.delete(answered));
    this.#going.add(answered);
    return await looking;
  }

  /** Until the looks that go on have been answered: what takes longer lets them go first. */
  async answered(): Promise<void> {
    await Promise.all(this.#going);
  }

  /** Lets go of what is known: the folder knows it now, or more than the text of an open file has changed. */
  forget(): void {
    if (this.#engines.size === 0 && this.#going.size === 0) return;
    this.#last = disposeAfter(this.#last, this.#engines);
    this.#engines = new Map();
  }

  /** Never rejects: what went wrong is told, and the folder is asked instead. */
  async #look(
    file: string,
    engines: Engines,
    settings: Settings,
    signal: AbortSignal | undefined,
  ): Promise<FileReport | undefined> {
    const { actorAround, openActor, texts, toDiagnostic, onError } = this.#surroundings;
    const actor = actorAround(file);
    if (actor === undefined) return undefined;
    try {
      const { enable, rules } = await settings();
      if (!enable) return undefined;
      const opened = engines.get(actor) ?? openActor(actor);
      engines.set(actor, opened);
      const engine = await opened;
      for (const [path, text] of texts()) engine.setDocument(path, text);
      const { findings } = await engine.analyse(rules, signal);
      return reportsOf(findings, new Map(), toDiagnostic).get(file) ?? NOTHING;
    } catch (error) {
      if (signal?.aborted === true) return undefined;
      engines.delete(actor);
      onError(error);
      return undefined;
    }
  }
}

/** A look that goes on, or waits for its turn, still needs its engine. */
async function disposeAfter(look: Promise<unknown>, engines: Engines): Promise<void> {
  await look;
  for (const engine of await Promise.allSettled(engines.values())) {
    if (engine.status === 'fulfilled') engine.value.dispose();
  }
}
