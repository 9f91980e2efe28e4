import type { InitializeParams } from 'vscode-languageserver/node';

/** What the client said it can do, reduced to what decides something here. */
export interface ClientFeatures {
  /** Asks for diagnostics (3.17); a client that does not gets them published. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly watcherRegistration: boolean;
  readonly workspaceFolders: boolean;
  readonly literalCodeActions: boolean;
  /** Lets the server fill in an action's edit when the person has chosen it. */
  readonly resolvesCodeActions: boolean;
  readonly versionedEdits: boolean;
  /** Shows links in a hover. */
  readonly markdownHover: boolean;
}

/** @param capabilities as the client sent them with `initialize` */
export function clientFeatures({ capabilities }: Pick<InitializeParams, 'capabilities'>): ClientFeatures {
  const { textDocument, workspace } = capabilities;
  const { codeAction, diagnostic, hover, publishDiagnostics } = textDocument ?? {};
  const diagnostics = diagnostic ?? publishDiagnostics;
  return {
    pullsDiagnostics: diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: (diagnostics?.relatedInformation ?? publishDiagnostics?.relatedInformation) === true,
    codeDescription: (diagnostics?.codeDescriptionSupport ?? publishDiagnostics?.codeDescriptionSupport) === true,
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watcherRegistration: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    literalCodeActions: codeAction?.codeActionLiteralSupport !== undefined,
    resolvesCodeActions:
      codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    markdownHover: hover?.contentFormat?.includes('markdown') === true,
  };
}
