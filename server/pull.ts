import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { answer } from './cancellation.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { NOTHING, type FileReport } from './reports.ts';
import { toFile } from './uris.ts';
import type { Wakeups } from './wakeups.ts';

type Progress = { report(part: WorkspaceDiagnosticReport): void } | undefined;

export interface PullOptions {
  readonly folders: Folders;
  readonly documents: Documents;
  /** Tells when reports have changed, or the server ends. */
  readonly wakeups: Wakeups;
  /** Asks the client to pull again; does nothing for a client that cannot. */
  readonly refresh: () => void;
}

/** Diagnostics for clients that ask for them. */
export class PullDiagnostics {
  readonly #options: PullOptions;
  /** The result that a client was last given for a file it asked for. */
  readonly #given = new Map<string, string>();

  constructor(options: PullOptions) {
    this.#options = options;
  }

  /** `textDocument/diagnostic`: always of the newest text, however often it changes while the client waits. */
  async document(params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    return await answer(token, async (signal) => {
      const file = toFile(params.textDocument.uri);
      const folder = file === undefined ? undefined : this.#options.folders.of(file);
      if (file === undefined || !folder) return full(NOTHING);
      const report = await this.#give(file, () => folder.firstReportOf(file, signal));
      return params.previousResultId === report.resultId ? unchanged(report) : full(report);
    });
  }

  /**
   * `workspace/diagnostic`: the files of all folders, folder by folder for a client that takes partial results. For such a
   * client, when there is nothing new, the request stays open until there is: it need not ask again every other second.
   */
  async workspace(
    params: WorkspaceDiagnosticParams,
    token: CancellationToken,
    progress: Progress,
  ): Promise<WorkspaceDiagnosticReport> {
    return await answer(token, async (signal) => {
      const known = new Map(params.previousResultIds.map(({ uri, value }) => [toFile(uri) ?? uri, { uri, value }]));
      for (;;) {
        const { wakeups } = this.#options;
        const { count } = wakeups;
        const { report, isNew } = await this.#news(known, signal, progress);
        if (!progress || isNew || wakeups.ended) return report;
        await wakeups.after(count, signal);
      }
    });
  }

  /** Reports have changed: has the client an open file of which it now shows something old? */
  reportsChanged(): void {
    const { folders, documents, refresh } = this.#options;
    const isOutdated = documents.files().some((file) => {
      const given = this.#given.get(file);
      return given !== undefined && given !== (folders.of(file)?.reports.get(file) ?? NOTHING).resultId;
    });
    if (isOutdated) refresh();
  }

  closed(file: string): void {
    this.#given.delete(file);
  }

  /** What is on its way to the client is not outdated there: it need not be told to ask for it again. */
  async #give(file: string, report: () => Promise<FileReport>): Promise<FileReport> {
    const before = this.#given.get(file);
    this.#given.delete(file);
    try {
      const given = await report();
      this.#given.set(file, given.resultId);
      return given;
    } catch (error) {
      // The client goes on showing what it had.
      if (before !== undefined && !this.#given.has(file)) this.#given.set(file, before);
      throw error;
    }
  }

  async #news(
    known: ReadonlyMap<string, { readonly uri: string; readonly value: string }>,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<{ readonly report: WorkspaceDiagnosticReport; readonly isNew: boolean }> {
    let isNew = false;
    const seen = new Set<string>();
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const folder of this.#options.folders.all()) {
      const ofFolder: WorkspaceDocumentDiagnosticReport[] = [];
      for (const [file, report] of await folder.current(signal)) {
        if (seen.has(file)) continue;
        seen.add(file);
        ofFolder.push(this.#item(file, report, known.get(file)));
      }
      isNew ||= ofFolder.some(isFull);
      if (progress && ofFolder.some(isFull)) progress.report({ items: ofFolder });
      else items.push(...ofFolder);
    }
    // What was reported before and is not any more: the file is clean, gone, or its folder is.
    for (const [file, previous] of known) {
      if (!seen.has(file)) items.push(this.#item(file, NOTHING, previous));
    }
    return { report: { items }, isNew: isNew || items.some(isFull) };
  }

  #item(
    file: string,
    report: FileReport,
    previous: { readonly uri: string; readonly value: string } | undefined,
  ): WorkspaceDocumentDiagnosticReport {
    const { documents } = this.#options;
    const where = { uri: previous?.uri ?? documents.uriOf(file), version: documents.versionOf(file) ?? null };
    return { ...where, ...(previous?.value === report.resultId ? unchanged(report) : full(report)) };
  }
}

function isFull({ kind }: WorkspaceDocumentDiagnosticReport): boolean {
  return kind === DocumentDiagnosticReportKind.Full;
}

function full({ resultId, diagnostics }: FileReport): FullDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
}

function unchanged({ resultId }: FileReport): UnchangedDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
}
