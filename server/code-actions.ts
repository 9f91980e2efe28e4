import {
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver/node';
import type { Finding, FixOffer, TextEdit } from '../rules/index.ts';
import { readData, type ActionData } from './action-data.ts';
import { answer } from './cancellation.ts';
import { FIX_ALL } from './capabilities.ts';
import type { ClientFeatures } from './client-features.ts';
import { identityOf } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { fixAll } from './fix-all.ts';
import { intersects, toWorkspaceEdit } from './fix-edits.ts';
import type { FolderAnalysis } from './folder-analysis.ts';
import type { Folders } from './folders.ts';
import type { FileReport } from './reports.ts';
import { toFile } from './uris.ts';

export interface CodeActionOptions {
  readonly folders: Folders;
  readonly documents: Documents;
  readonly client: ClientFeatures;
}

/** A file that somebody asks about, and the folder that reports on it. */
interface Place {
  readonly file: string;
  readonly folder: FolderAnalysis;
}

/** The fixes of findings. An offer costs nothing; its edit is built when the person has chosen it. */
export class CodeActions {
  readonly #options: CodeActionOptions;

  constructor(options: CodeActionOptions) {
    this.#options = options;
  }

  /** `textDocument/codeAction` */
  async offer(params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
    return await answer(token, async (signal) => {
      const { uri } = params.textDocument;
      const place = this.#placeOf(uri);
      if (!place) return [];
      const report = await place.folder.reportOf(place.file, signal);
      const actions: CodeAction[] = [];
      if (isWanted(CodeActionKind.QuickFix, params.context.only)) {
        actions.push(...quickFixes(uri, report, params), ...suppressions(uri, place.folder, report, params));
      }
      if (params.context.only && isWanted(FIX_ALL, params.context.only) && report.findings.some(hasSafeFix)) {
        const data: ActionData = { kind: 'fix-all', uri };
        actions.push({ title: 'Fix all that Actor State can fix safely', kind: FIX_ALL, data });
      }
      if (this.#options.client.resolvesCodeActions) return actions;
      const built: CodeAction[] = [];
      for (const action of actions) {
        const resolved = await this.#withEdit(action, place, report, signal);
        if (resolved) built.push(resolved);
      }
      return built;
    });
  }

  /**
   * `codeAction/resolve`
   *
   * @throws {ResponseError} with a sentence for the person when the text has moved on, or the fix cannot be made safely
   */
  async resolve(action: CodeAction, token: CancellationToken): Promise<CodeAction> {
    return await answer(token, async (signal) => {
      const data = readData(action.data);
      const place = data && this.#placeOf(data.uri);
      if (!place) throw failure(`"${action.title}" was not offered by this server.`);
      const report = await place.folder.reportOf(place.file, signal);
      if (data.kind !== 'fix-all' && !findingOf(report, data.finding)) {
        throw failure(`"${action.title}" was offered for an older text of the file. Ask for the fixes again.`);
      }
      const resolved = await this.#withEdit(action, place, report, signal);
      if (!resolved) throw failure(`"${action.title}" cannot be done here without changing what the Actor does.`);
      return resolved;
    });
  }

  async #withEdit(
    action: CodeAction,
    place: Place,
    report: FileReport,
    signal: AbortSignal,
  ): Promise<CodeAction | undefined> {
    const { data: unread, ...rest } = action;
    const data = readData(unread);
    const { documents, client } = this.#options;
    const edits =
      data?.kind === 'fix-all'
        ? await fixAll(place.file, place.folder, documents, signal)
        : data && editsOf(data, place.folder, report);
    if (!edits || edits.length === 0) return undefined;
    return { ...rest, edit: toWorkspaceEdit(edits, documents, client) };
  }

  #placeOf(uri: string): Place | undefined {
    const file = toFile(uri);
    const folder = file === undefined ? undefined : this.#options.folders.of(file);
    return file !== undefined && folder ? { file, folder } : undefined;
  }
}

function editsOf(
  data: Exclude<ActionData, { readonly kind: 'fix-all' }>,
  folder: FolderAnalysis,
  report: FileReport,
): readonly TextEdit[] | undefined {
  const finding = findingOf(report, data.finding);
  if (!finding) return undefined;
  if (data.kind === 'fix') return folder.edit(finding, data.fix);
  const comment = folder.suppress(finding);
  return comment && [comment];
}

function quickFixes(uri: string, report: FileReport, params: CodeActionParams): readonly CodeAction[] {
  return findingsAt(report, params).flatMap(({ finding, diagnostics }) => {
    const preferred = finding.fixes.find(({ safe }) => safe);
    return finding.fixes.map((fix: FixOffer): CodeAction => {
      const data: ActionData = { kind: 'fix', uri, finding: identityOf(finding), fix: fix.id };
      const preference = fix === preferred && { isPreferred: true };
      return { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics, ...preference, data };
    });
  });
}

/** For what is meant to be as it is. They come last: a mistake is to be mended before it is excused. */
function suppressions(
  uri: string,
  folder: FolderAnalysis,
  report: FileReport,
  params: CodeActionParams,
): readonly CodeAction[] {
  return findingsAt(report, params)
    .filter(({ finding }) => folder.suppress(finding) !== undefined)
    .map(({ finding, diagnostics }) => {
      const data: ActionData = { kind: 'suppress', uri, finding: identityOf(finding) };
      const title = `Suppress \`${finding.ruleId}\` on this line`;
      return { title, kind: CodeActionKind.QuickFix, diagnostics, data };
    });
}

/** The findings that a request is about, each with the diagnostics that the client shows for it. */
function findingsAt(
  report: FileReport,
  { range, context }: CodeActionParams,
): readonly { readonly finding: Finding; readonly diagnostics: Diagnostic[] }[] {
  return report.findings.flatMap((finding, index) => {
    const own = report.diagnostics[index];
    if (!own || !intersects(finding.range, range)) return [];
    const identity = identityOf(finding);
    const shown = context.diagnostics.filter((diagnostic) => isOf(diagnostic, own, identity));
    return [{ finding, diagnostics: shown.length > 0 ? shown : [own] }];
  });
}

/** Whether what the client shows is this finding. A client that drops `data` is recognised by what it shows. */
function isOf(diagnostic: Diagnostic, own: Diagnostic, identity: string): boolean {
  const data: unknown = diagnostic.data;
  if (typeof data === 'object' && data !== null && 'finding' in data) return data.finding === identity;
  return diagnostic.code === own.code && diagnostic.message === own.message && intersects(diagnostic.range, own.range);
}

function findingOf(report: FileReport, identity: string): Finding | undefined {
  return report.findings.find((finding) => identityOf(finding) === identity);
}

function hasSafeFix({ fixes }: Finding): boolean {
  return fixes.some(({ safe }) => safe);
}

/** Kinds are hierarchical: who asks for `source` gets `source.fixAll`, too. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

function failure(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
