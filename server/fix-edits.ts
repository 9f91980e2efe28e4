import type { TextEdit as ProtocolEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Position, Range, TextEdit } from '../rules/index.ts';
import type { ClientFeatures } from './client-features.ts';
import type { Documents } from './documents.ts';

/** Edits as the client applies them: bound to the version that they were built for, where the client can check that. */
export function toWorkspaceEdit(
  edits: readonly TextEdit[],
  documents: Pick<Documents, 'uriOf' | 'versionOf'>,
  client: Pick<ClientFeatures, 'versionedEdits'>,
): WorkspaceEdit {
  const documentChanges = [...new Set(edits.map(({ file }) => file))].map((file) => ({
    textDocument: { uri: documents.uriOf(file), version: documents.versionOf(file) ?? null },
    edits: edits.filter((edit) => edit.file === file).map(toProtocolEdit),
  }));
  if (client.versionedEdits) return { documentChanges };
  return { changes: Object.fromEntries(documentChanges.map((change) => [change.textDocument.uri, change.edits])) };
}

/** Whether two ranges share a position; those that only meet at their ends do, too. */
export function intersects(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function toProtocolEdit({ range, newText }: TextEdit): ProtocolEdit {
  return { range, newText };
}
