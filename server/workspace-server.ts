import type { Connection, FileEvent } from 'vscode-languageserver/node';
import type { ClientFeatures } from './client-features.ts';
import { ClientSettings } from './client-settings.ts';
import { toDiagnostic } from './diagnostics.ts';
import { Documents } from './documents.ts';
import { FolderAnalysis, type Engine } from './folder-analysis.ts';
import { Folders, nearestPackage } from './folders.ts';
import { PullDiagnostics } from './pull.ts';
import { PushDiagnostics } from './push.ts';
import { rulePages } from './rule-pages.ts';
import { Scheduler } from './scheduler.ts';
import { STATUS, statusOf } from './status.ts';
import { isInside, toFile } from './uris.ts';
import { Wakeups } from './wakeups.ts';
import { relevantPaths } from './watched-files.ts';

/** A client that pulls asks by itself, at once; this is for what it does not ask for. */
const QUIET_MS = { pull: 300, push: 10 } as const;

/** What happens in the workspace, and what follows from it. */
export class WorkspaceServer {
  readonly documents = new Documents();
  readonly folders: Folders;
  readonly pull: PullDiagnostics;
  readonly #push: PushDiagnostics | undefined;
  readonly #connection: Connection;
  readonly #client: ClientFeatures;
  readonly #settings: ClientSettings;
  readonly #scheduler: Scheduler;
  readonly #wakeups = new Wakeups();
  #pages: ReadonlyMap<string, string> = new Map();
  #lastStatus = '';

  constructor(connection: Connection, client: ClientFeatures, initializationOptions: unknown) {
    const { documents } = this;
    this.#connection = connection;
    this.#client = client;
    this.#settings = new ClientSettings(connection, client, initializationOptions);
    this.#scheduler = new Scheduler(client.pullsDiagnostics ? QUIET_MS.pull : QUIET_MS.push);
    const folders = new Folders({
      create: (folder) => this.#create(folder),
      onRemoved: (folder) => this.#removed(folder),
    });
    this.folders = folders;
    this.pull = new PullDiagnostics({ folders, documents, wakeups: this.#wakeups, refresh: () => this.#refresh() });
    const publish = connection.sendDiagnostics.bind(connection);
    this.#push = client.pullsDiagnostics ? undefined : new PushDiagnostics({ folders, documents, publish });
  }

  /** The client is ready for requests. */
  async start(folders: readonly string[]): Promise<void> {
    for (const folder of folders) this.folders.add(folder);
    this.#tellStatus();
    await this.#settings.listen(() => this.#settingsChanged());
  }

  readonly onText = (file: string, text: string): void => {
    this.folders.opened(file);
    for (const folder of this.folders.reading(file)) {
      folder.setText(file, text);
      this.#scheduler.soon(folder);
    }
  };

  readonly onClose = (file: string): void => {
    for (const folder of this.folders.reading(file)) {
      folder.setText(file, undefined);
      this.#scheduler.soon(folder);
    }
    this.pull.closed(file);
    this.folders.closed(file);
  };

  /** What the client's watchers saw. */
  filesChanged(events: readonly FileEvent[]): void {
    this.#changedOnDisk(relevantPaths(events));
  }

  /** What the person created, renamed or deleted in the editor: files, or whole folders. */
  pathsChanged(uris: readonly string[]): void {
    this.#changedOnDisk(uris.flatMap((uri) => toFile(uri) ?? []));
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): void {
    for (const folder of removed) this.folders.remove(folder);
    for (const folder of added) this.folders.add(folder);
    // What a folder around them leaves to others to report has changed, though none of its files has.
    for (const around of this.folders.all()) {
      if (![...added, ...removed].some((folder) => isInside(folder, around.folder))) continue;
      around.filesChanged([]);
      this.#scheduler.soon(around);
    }
    // What is open in a folder that was removed is still to be looked at.
    for (const file of this.documents.files()) this.folders.opened(file);
    this.#tellStatus();
    this.#wakeups.wake();
    this.#refresh();
  }

  /** The client is about to end the process. */
  end(): void {
    this.#wakeups.end();
    for (const folder of this.folders.all()) this.#scheduler.forget(folder);
  }

  #changedOnDisk(paths: readonly string[]): void {
    let matters = false;
    for (const folder of this.folders.all()) {
      const inside = paths.filter((path) => isInside(path, folder.folder) || folder.reads(path));
      if (inside.length === 0) continue;
      folder.filesChanged(inside);
      this.#scheduler.soon(folder);
      matters = true;
    }
    if (matters) this.#refresh();
  }

  #settingsChanged(): void {
    for (const folder of this.folders.all()) {
      folder.settingsChanged();
      this.#scheduler.soon(folder);
    }
    this.#refresh();
  }

  #create(folder: string): FolderAnalysis {
    const analysis: FolderAnalysis = new FolderAnalysis(folder, {
      open: async () => await this.#open(folder),
      actorAround: (file) => actorAround(file, folder),
      openActor: async (actor) => await this.#open(actor),
      texts: () => this.documents.texts(),
      settings: async () => await this.#settings.of(folder),
      toDiagnostic: (finding) =>
        toDiagnostic(finding, {
          client: this.#client,
          uriOf: (file) => this.documents.uriOf(file),
          pageOf: (ruleId) => this.#pages.get(ruleId),
        }),
      owns: (file) => (this.folders.of(file) ?? analysis) === analysis,
      onState: () => this.#tellStatus(),
      onReports: (changed) => this.#reportsChanged(changed),
      onError: (error) => this.#logError(folder, error),
    });
    for (const [file, text] of this.documents.texts()) if (isInside(file, folder)) analysis.setText(file, text);
    this.#scheduler.soon(analysis);
    return analysis;
  }

  /** The analysis is loaded with the first folder, after the client has had its answer to `initialize`. */
  async #open(folder: string): Promise<Engine> {
    const { ActorWorkspace, rules } = await import('../rules/index.ts');
    this.#pages = rulePages(rules);
    return new ActorWorkspace(folder);
  }

  #removed(folder: FolderAnalysis): void {
    this.#scheduler.forget(folder);
    this.#reportsChanged([...folder.reports.keys()]);
    this.#tellStatus();
  }

  #reportsChanged(files: readonly string[]): void {
    this.#wakeups.wake();
    if (!this.#push) return this.pull.reportsChanged();
    this.#push.update(files).catch((error: unknown) => this.#logError('publishing', error));
  }

  #refresh(): void {
    if (!this.#client.refreshesDiagnostics || this.#wakeups.ended) return;
    this.#connection.languages.diagnostics
      .refresh()
      .catch((error: unknown) => this.#connection.console.warn(`The client did not refresh: ${String(error)}`));
  }

  #tellStatus(): void {
    const status = statusOf(
      this.folders.all().map(({ folder, state, reports }) => ({
        folder,
        state,
        findings: [...reports.values()].reduce((count, { findings }) => count + findings.length, 0),
      })),
    );
    const text = JSON.stringify(status);
    if (text === this.#lastStatus) return;
    this.#lastStatus = text;
    this.#connection
      .sendNotification(STATUS, status)
      .catch((error: unknown) => this.#logError('telling the status', error));
  }

  #logError(what: string, error: unknown): void {
    this.#connection.console.error(
      `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

/** The folder of the Actor around a file, where it is a part of a folder that is open. */
function actorAround(file: string, folder: string): string | undefined {
  const around = nearestPackage(file);
  return around === undefined || around === folder || !isInside(around, folder) ? undefined : around;
}
