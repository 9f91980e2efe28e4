import {
  CodeActionKind,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type FileOperationRegistrationOptions,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { ClientFeatures } from './client-features.ts';

/** What the fixes of a whole file are asked for with, on save or as a source action. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.actorState`;

const everyFile: FileOperationRegistrationOptions = { filters: [{ scheme: 'file', pattern: { glob: '**' } }] };

/** What the server offers to this client. */
export function serverCapabilities(client: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { identifier: 'actor-state', interFileDependencies: true, workspaceDiagnostics: true },
    }),
    ...(client.literalCodeActions && {
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
        resolveProvider: client.resolvesCodeActions,
      },
    }),
    hoverProvider: true,
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      // Watchers tell of a renamed or deleted folder without naming what was in it; the editor names the folder itself.
      fileOperations: { didCreate: everyFile, didRename: everyFile, didDelete: everyFile },
    },
  };
}
