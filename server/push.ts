import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { NOTHING } from './reports.ts';

export interface PushOptions {
  readonly folders: Folders;
  readonly documents: Documents;
  readonly publish: (params: PublishDiagnosticsParams) => Promise<void>;
}

/** Diagnostics for clients that cannot ask for them: sent whenever they change. */
export class PushDiagnostics {
  readonly #options: PushOptions;
  /** The result that was last published for a file; a file without one has never had any. */
  readonly #published = new Map<string, string>();

  constructor(options: PushOptions) {
    this.#options = options;
  }

  /** Publishes what differs from what was published; a file with nothing left to say gets an empty list. */
  async update(files: readonly string[]): Promise<void> {
    const { folders, documents, publish } = this.#options;
    for (const file of files) {
      const report = this.#reportOf(file, folders);
      if ((this.#published.get(file) ?? NOTHING.resultId) === report.resultId) continue;
      if (report === NOTHING) this.#published.delete(file);
      else this.#published.set(file, report.resultId);
      const version = documents.versionOf(file);
      await publish({
        uri: documents.uriOf(file),
        diagnostics: [...report.diagnostics],
        ...(version !== undefined && { version }),
      });
    }
  }

  /** The folder around a file speaks for it; a file outside all folders is spoken for by whoever reads it. */
  #reportOf(file: string, folders: Folders) {
    const speakers = [folders.of(file), ...folders.all()];
    for (const speaker of speakers) {
      const report = speaker?.reports.get(file);
      if (report) return report;
    }
    return NOTHING;
  }
}
