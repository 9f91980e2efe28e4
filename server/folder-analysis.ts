import type { Diagnostic } from 'vscode-languageserver/node';
import type { ActorWorkspace, Analysis, Finding, TextEdit } from '../rules/index.ts';
import { changedFiles, NOTHING, reportsOf, type FileReport, type Reports } from './reports.ts';
import { Cancelled, untilAborted } from './cancelled.ts';
import { FirstLooks } from './first-looks.ts';
import type { FolderSettings } from './settings.ts';

/** What is used of the analysis. */
export type Engine = Pick<
  ActorWorkspace,
  'setDocument' | 'closeDocument' | 'filesChanged' | 'analyse' | 'edit' | 'suppress' | 'textOf' | 'dispose'
>;

export type FolderState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'analysing' }
  | { readonly kind: 'off' }
  | { readonly kind: 'ready'; readonly analysis: Pick<Analysis, 'actors' | 'notices'> }
  | { readonly kind: 'failed'; readonly reason: string };

export interface FolderSurroundings {
  readonly open: (folder: string) => Promise<Engine>;
  /** The folder of the Actor around a file; `undefined` where that is all of the folder. */
  readonly actorAround: (file: string) => string | undefined;
  /** For one Actor alone. */
  readonly openActor: (actor: string) => Promise<Engine>;
  /** The texts of the editor. */
  readonly texts: () => Iterable<readonly [file: string, text: string]>;
  readonly settings: (folder: string) => Promise<FolderSettings>;
  readonly toDiagnostic: (finding: Finding) => Diagnostic;
  /** Whether what is found in a file is this folder's to report, and not that of a folder inside it. */
  readonly owns: (file: string) => boolean;
  readonly onState: () => void;
  readonly onReports: (changed: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * The analysis of one folder, always of the newest text: a change makes a running analysis stop, and whoever waits for it
 * gets the result of the next one.
 *
 * Invariant: between the start and the end of an analysis its input does not change. Changes are queued until then.
 */
export class FolderAnalysis {
  readonly folder: string;
  readonly #surroundings: FolderSurroundings;
  #engine: Engine | undefined;
  #settings: FolderSettings | undefined;
  /** What the engine has yet to be told: the texts of the editor (`undefined`: closed) and the paths that changed on disk. */
  readonly #texts = new Map<string, string | undefined>();
  readonly #paths = new Set<string>();
  /** Counts the changes; the reports are those of generation `#analysed`. */
  #generation = 0;
  #analysed = -1;
  #reports: Reports = new Map();
  #files: ReadonlySet<string> = new Set();
  #state: FolderState = { kind: 'waiting' };
  #running: Promise<Reports> | undefined;
  #controller = new AbortController();
  #waiting = 0;
  readonly #firstLooks: FirstLooks;
  /** While somebody else works with the engine. */
  #borrowing: Promise<void> | undefined;
  #disposed = false;

  constructor(folder: string, surroundings: FolderSurroundings) {
    this.folder = folder;
    this.#surroundings = surroundings;
    this.#firstLooks = new FirstLooks(surroundings);
  }

  get state(): FolderState {
    return this.#state;
  }

  /** Whether the newest analysis read a file, wherever it lies. */
  reads(file: string): boolean {
    return this.#files.has(file);
  }

  /** The newest reports that there are; `current` waits for those of the newest text. */
  get reports(): Reports {
    return this.#reports;
  }

  /** The editor's text of a file from now on; `undefined` once it is closed. A running analysis is stopped. */
  setText(file: string, text: string | undefined): void {
    this.#texts.set(file, text);
    if (text === undefined) this.#firstLooks.forget();
    this.#outdate();
  }

  /** Files or folders that changed on disk. A running analysis is stopped. */
  filesChanged(paths: readonly string[]): void {
    for (const path of paths) this.#paths.add(path);
    this.#firstLooks.forget();
    this.#outdate();
  }

  /** Makes the next analysis ask for the settings again. */
  settingsChanged(): void {
    this.#settings = undefined;
    this.#outdate();
  }

  /**
   * The reports for the newest text.
   *
   * @throws {Cancelled} when `signal` is aborted or the folder is closed
   */
  async current(signal?: AbortSignal): Promise<Reports> {
    if (signal?.aborted || this.#disposed) throw new Cancelled();
    if (this.#analysed === this.#generation) return this.#reports;
    this.#waiting += 1;
    this.#running ??= this.#run();
    try {
      return await untilAborted(this.#running, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#controller.abort(new Cancelled());
    }
  }

  /** What is reported about one file, for the newest text. @throws {Cancelled} as `current` does */
  async reportOf(file: string, signal?: AbortSignal): Promise<FileReport> {
    return (await this.current(signal)).get(file) ?? NOTHING;
  }

  /**
   * As `reportOf`, but soon after the start, while the folder has not been looked at yet: what the Actor around the file says of
   * it. What other Actors say of a file that they share comes with the reports of the folder.
   */
  async firstReportOf(file: string, signal?: AbortSignal): Promise<FileReport> {
    if (this.#analysed !== -1 || this.#disposed) return await this.reportOf(file, signal);
    const generation = this.#generation;
    const settings = async () => this.#settings ?? (await this.#surroundings.settings(this.folder));
    const report = await this.#firstLooks.at(file, settings, signal);
    const isNewest = generation === this.#generation && this.#analysed === -1;
    return report !== undefined && isNewest ? report : await this.reportOf(file, signal);
  }

  /** The edits of a fix of a finding of the newest reports; `undefined` when no safe edit can be made. */
  edit(finding: Finding, fixId: string): readonly TextEdit[] | undefined {
    // After a failure the reports are of an older text, whose edits would damage the one that is open.
    if (this.#state.kind !== 'ready') return undefined;
    return this.#engine?.edit(finding, fixId);
  }

  /** The edit that suppresses a finding of the newest reports; `undefined` where there can be none. */
  suppress(finding: Finding): TextEdit | undefined {
    return this.#state.kind === 'ready' ? this.#engine?.suppress(finding) : undefined;
  }

  /**
   * Works with the engine for the newest text, while no analysis runs.
   *
   * @param work gives the engine back with the documents that it had
   * @returns `undefined` where there is no analysis to work with
   * @throws {Cancelled} as `current` does
   */
  async borrow<T>(
    work: (engine: Engine, settings: FolderSettings) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T | undefined> {
    do {
      await this.#borrowing;
      await this.current(signal);
    } while (this.#borrowing !== undefined || this.#analysed !== this.#generation);
    const [engine, settings] = [this.#engine, this.#settings];
    if (this.#state.kind !== 'ready' || engine === undefined || settings === undefined) return undefined;
    // The work begins when it is known that it does.
    const working = Promise.resolve().then(() => work(engine, settings));
    this.#borrowing = working.then(
      () => this.#returned(),
      () => this.#returned(),
    );
    return await working;
  }

  /** What the engine said last is of other texts. */
  #returned(): void {
    this.#borrowing = undefined;
    this.#outdate();
    if (this.#disposed) this.#engine?.dispose();
  }

  dispose(): void {
    this.#disposed = true;
    this.#controller.abort(new Cancelled());
    this.#firstLooks.forget();
    // A running analysis still holds the engine; it disposes of it when it has stopped.
    if (!this.#running && !this.#borrowing) this.#engine?.dispose();
  }

  #outdate(): void {
    this.#generation += 1;
    this.#controller.abort(new Cancelled());
  }

  async #run(): Promise<Reports> {
    try {
      // Also again when it was stopped while somebody who came later waits.
      while (this.#waiting > 0 && !this.#disposed) {
        const generation = this.#generation;
        this.#controller = new AbortController();
        if (this.#state.kind !== 'ready') this.#become({ kind: 'analysing' });
        const outcome = await this.#analyse(this.#controller.signal);
        if (generation !== this.#generation || outcome === 'stopped') continue;
        this.#analysed = generation;
        this.#take(outcome);
        return this.#reports;
      }
      throw new Cancelled();
    } finally {
      this.#running = undefined;
      if (this.#disposed) this.#engine?.dispose();
    }
  }

  /** The border to the analysis: what fails in it is logged and shown, and never ends the server. */
  async #analyse(signal: AbortSignal): Promise<Analysis | 'stopped' | 'off' | 'failed'> {
    try {
      await this.#borrowing;
      await this.#firstLooks.answered();
      const settings = this.#settings ?? (await this.#surroundings.settings(this.folder));
      // What was asked for before a change may be the old settings.
      if (signal.aborted) return 'stopped';
      this.#settings = settings;
      if (!settings.enable) return 'off';
      this.#engine ??= await this.#surroundings.open(this.folder);
      this.#tell(this.#engine);
      return await this.#engine.analyse(settings.rules, signal);
    } catch (error) {
      if (signal.aborted) return 'stopped';
      this.#surroundings.onError(error);
      this.#become({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
      return 'failed';
    }
  }

  #tell(engine: Engine): void {
    if (this.#paths.size > 0) engine.filesChanged([...this.#paths]);
    this.#paths.clear();
    for (const [file, text] of this.#texts) {
      if (text === undefined) engine.closeDocument(file);
      else engine.setDocument(file, text);
    }
    this.#texts.clear();
  }

  #take(outcome: Analysis | 'off' | 'failed'): void {
    // After a failure the last good reports stay: they are wrong by an edit at most.
    if (outcome === 'failed') return;
    this.#firstLooks.forget();
    const { owns, toDiagnostic, onReports } = this.#surroundings;
    const before = this.#reports;
    const findings = outcome === 'off' ? [] : outcome.findings.filter(({ file }) => owns(file));
    this.#reports = reportsOf(findings, before, toDiagnostic);
    this.#files = new Set(outcome === 'off' ? [] : outcome.files);
    this.#become(outcome === 'off' ? { kind: 'off' } : { kind: 'ready', analysis: outcome });
    const changed = changedFiles(before, this.#reports);
    if (changed.length > 0) onReports(changed);
  }

  #become(state: FolderState): void {
    this.#state = state;
    this.#surroundings.onState();
  }
}
