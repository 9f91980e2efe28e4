import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  Position,
  Range,
  TextDocumentEdit,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import type { PlainClient } from './plain-client.ts';

/** A file that a client has open, and what a person does to it. */
export class OpenDocument {
  readonly uri: string;
  #text: string;
  #version = 1;

  private constructor(
    readonly client: PlainClient,
    uri: string,
    text: string,
  ) {
    this.uri = uri;
    this.#text = text;
  }

  static async open(client: PlainClient, uri: string, text: string): Promise<OpenDocument> {
    const languageId = /\.[cm]?tsx?$/.test(uri) ? 'typescript' : 'javascript';
    await client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return new OpenDocument(client, uri, text);
  }

  get version(): number {
    return this.#version;
  }

  get text(): string {
    return this.#text;
  }

  /** Types `newText` in place of the first `oldText`, sent as the one range that changed. */
  async replace(oldText: string, newText: string): Promise<void> {
    const start = this.#text.indexOf(oldText);
    if (start === -1) throw new Error(`"${oldText}" is not in the document`);
    const range = { start: this.#position(start), end: this.#position(start + oldText.length) };
    this.#text = this.#text.slice(0, start) + newText + this.#text.slice(start + oldText.length);
    this.#version += 1;
    await this.client.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.#version },
      contentChanges: [{ range, text: newText }],
    });
  }

  async close(): Promise<void> {
    await this.client.notify('textDocument/didClose', { textDocument: { uri: this.uri } });
  }

  async pull(previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const textDocument = { uri: this.uri };
    return await this.client.request('textDocument/diagnostic', { textDocument, previousResultId });
  }

  /** The diagnostics of a report that is not `unchanged`. */
  async diagnostics(): Promise<readonly Diagnostic[]> {
    const report = await this.pull();
    if (report.kind !== 'full') throw new Error('the report is unchanged');
    return report.items;
  }

  async codeActions(range: Range, diagnostics: readonly Diagnostic[], only?: readonly string[]): Promise<CodeAction[]> {
    const textDocument = { uri: this.uri };
    return await this.client.request('textDocument/codeAction', {
      textDocument,
      range,
      context: { diagnostics, only },
    });
  }

  /** The text once `edit`, which must be for the version that is open, is applied. */
  applied({ textDocument, edits }: TextDocumentEdit): string {
    if (textDocument.uri !== this.uri || textDocument.version !== this.#version)
      throw new Error('an edit of another text');
    const offsets = edits.map((edit) => {
      if (!('newText' in edit)) throw new Error('a snippet is no plain edit');
      return { from: this.offset(edit.range.start), to: this.offset(edit.range.end), newText: edit.newText };
    });
    return offsets
      .toSorted((one, other) => other.from - one.from)
      .reduce((text, { from, to, newText }) => text.slice(0, from) + newText + text.slice(to), this.#text);
  }

  /** What lies in a range, to be read in an expectation. */
  textAt({ start, end }: Range): string {
    return this.#text.slice(this.offset(start), this.offset(end));
  }

  offset({ line, character }: Position): number {
    const lines = this.#text.split('\n').slice(0, line);
    return lines.reduce((sum, text) => sum + text.length + 1, 0) + character;
  }

  #position(offset: number): Position {
    const before = this.#text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  }
}

/** Asks for the diagnostics of all files at once. */
export async function pullWorkspace(
  client: PlainClient,
  previousResultIds: readonly { readonly uri: string; readonly value: string }[] = [],
): Promise<WorkspaceDiagnosticReport> {
  return await client.request('workspace/diagnostic', { previousResultIds });
}
