import type { TextEdit as ProtocolEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Finding, Position, Range, TextEdit } from '../rules/index.ts';
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

/**
 * One safe fix for each finding that has one, together. A fix whose edits touch those of an earlier one is left out as a
 * whole: half a fix is worse than none, and it is offered again afterwards.
 */
export function safeEdits(
  findings: readonly Finding[],
  build: (finding: Finding, fixId: string) => readonly TextEdit[] | undefined,
): readonly TextEdit[] {
  const accepted: TextEdit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(({ safe }) => safe);
    const edits = fix && build(finding, fix.id);
    if (edits && !edits.some((edit) => accepted.some((other) => touches(edit, other)))) accepted.push(...edits);
  }
  return accepted;
}

/** Whether two ranges share a position; those that only meet at their ends do, too. */
export function intersects(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function touches(one: TextEdit, other: TextEdit): boolean {
  return one.file === other.file && intersects(one.range, other.range);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function toProtocolEdit({ range, newText }: TextEdit): ProtocolEdit {
  return { range, newText };
}
