import { TextDocuments, type Connection } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { toFile, toUri } from './uris.ts';

export interface DocumentListeners {
  /** A document was opened or its text changed. */
  readonly onText: (file: string, text: string) => void;
  readonly onClose: (file: string) => void;
}

/** The documents that the client has open, by the file they are of. */
export class Documents {
  readonly #open = new Map<string, TextDocument>();

  /** Follows the client's documents. Those that are no file of this machine are not followed. */
  listen(connection: Connection, { onText, onClose }: DocumentListeners): void {
    const documents = new TextDocuments(TextDocument);
    documents.onDidChangeContent(({ document }) => {
      const file = toFile(document.uri);
      if (file === undefined) return;
      this.#open.set(file, document);
      onText(file, document.getText());
    });
    documents.onDidClose(({ document }) => {
      const file = toFile(document.uri);
      if (file === undefined) return;
      this.#open.delete(file);
      onClose(file);
    });
    documents.listen(connection);
  }

  /** Each open file with its text. */
  *texts(): Generator<readonly [file: string, text: string]> {
    for (const [file, document] of this.#open) yield [file, document.getText()];
  }

  /** An open file's text; `undefined` for a file that is not open. */
  textOf(file: string): string | undefined {
    return this.#open.get(file)?.getText();
  }

  isOpen(file: string): boolean {
    return this.#open.has(file);
  }

  files(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** The version that the client gave to an open file's text; `undefined` for a file that is not open. */
  versionOf(file: string): number | undefined {
    return this.#open.get(file)?.version;
  }

  /** The URI of a file, in the client's own spelling where it has the file open. */
  uriOf(file: string): string {
    return this.#open.get(file)?.uri ?? toUri(file);
  }
}
