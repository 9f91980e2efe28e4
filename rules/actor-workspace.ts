import { setImmediate as nextTurn } from 'node:timers/promises';

import { checkActor } from './checked-actor.ts';
import type { ActorSummary, CheckedActor, RuleSettings } from './checked-actor.ts';
import { editOf } from './finding-of-report.ts';
import type { Finding, SuppressedFinding, TextEdit } from './finding.ts';
import { Findings } from './findings.ts';
import { spanOf } from './catalogue/rule.ts';
import type { ActorModel } from './actor/actor-model.ts';
import { hasSyntaxErrors } from './program/syntax-errors.ts';
import { suppressionFor } from './suppression/write.ts';
import { WorkspaceModel } from './workspace-model.ts';
import { diskFileSystem } from './workspace/disk.ts';
import type { FileSystem } from './workspace/file-system.ts';
import type { Notice } from './workspace/notice.ts';

export interface Analysis {
  readonly actors: readonly ActorSummary[];
  readonly findings: readonly Finding[];
  /** What comments in the code say is meant to be there. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly notices: readonly Notice[];
  /** Files with findings whose safe fixes are not offered, since the file does not parse. */
  readonly unfixed: readonly string[];
  /** Every file that was looked at. */
  readonly files: readonly string[];
}

/**
 * A folder of Actors: texts go in, findings come out. Only the Actors whose program a change touches are analysed anew.
 *
 * Architecture invariant: an analysis never changes a file; a fix is text edits that the caller applies.
 */
export class ActorWorkspace {
  readonly #asked: string;
  readonly #model: WorkspaceModel;
  #checked = new Map<string, CheckedActor>();
  #findings = new Findings();

  /**
   * @param folder an absolute path with forward slashes: of a folder, or of a file in an Actor
   * @param fileSystem where texts are read from; nothing is read before the first analysis
   */
  constructor(folder: string, fileSystem: FileSystem = diskFileSystem) {
    this.#asked = folder;
    this.#model = new WorkspaceModel(folder, fileSystem);
  }

  /** Takes an editor's text of a file, saved or not, in the place of what is on disk. */
  setDocument(file: string, text: string): void {
    this.#model.setDocument(file, text);
  }

  /** Goes back to what is on disk. */
  closeDocument(file: string): void {
    this.#model.closeDocument(file);
  }

  /** Says which files or folders were created, changed, renamed or deleted on disk. */
  filesChanged(paths: readonly string[]): void {
    this.#model.filesChanged(paths);
  }

  /**
   * Finds what a migration would lose in all Actors of the folder. Gives way to other work between Actors.
   *
   * @param settings severities by rule id; they win over those in an Actor's package.json
   * @throws the signal's reason, once it is aborted
   */
  async analyse(settings: RuleSettings = {}, signal?: AbortSignal): Promise<Analysis> {
    signal?.throwIfAborted();
    const { folders, notices } = this.#model.actors();
    const current = new Map<string, CheckedActor>();
    for (const folder of folders) {
      const id = [folder.root, folder.kind, ...folder.entryPoints].join('\0');
      const before = this.#checked.get(id);
      const isSame = before !== undefined && this.#model.isCurrent(before.files);
      const checked = isSame ? before : checkActor(folder, () => this.#model.modelOf(folder));
      current.set(id, checked);
      if (isSame) continue;
      // Also for the next analysis, where this one is stopped.
      this.#checked.set(id, checked);
      await nextTurn();
      signal?.throwIfAborted();
    }
    this.#checked = current;
    const actors = [...current.values()];
    this.#findings = new Findings(actors, settings, (file) => this.#model.isAsked(file), this.#findings);
    return {
      actors: actors.map(({ summary }) => summary),
      findings: this.#findings.open,
      suppressed: this.#findings.suppressed,
      unfixed: this.#findings.unfixed,
      notices: [
        ...notices,
        ...actors.flatMap((each) => each.notices),
        ...this.#findings.notices,
        ...this.#noticeOfUnreached(actors),
      ],
      files: this.#model.files(),
    };
  }

  /** A file that was asked for by itself, and that no Actor runs: silence would say that it is fine. */
  #noticeOfUnreached(actors: readonly CheckedActor[]): readonly Notice[] {
    const file = this.#asked;
    if (actors.length === 0 || !this.#model.files().includes(file)) return [];
    if (actors.some(({ files }) => files.some(({ fileName }) => fileName === file))) return [];
    return [{ file, reason: 'no entry point of an Actor reaches this file, so no rule was applied to it' }];
  }

  /**
   * The text edits of a fix.
   *
   * @param finding one of the newest analysis
   * @returns `undefined` when the finding is not of that analysis, or the fix cannot be made, or a file of it does not parse
   */
  edit(finding: Finding, fixId: string): readonly TextEdit[] | undefined {
    const fix = this.#findings.reportOf(finding)?.fixes.find(({ id }) => id === fixId);
    const changes = fix?.changes() ?? [];
    return changes.length === 0 || changes.some(({ file }) => hasSyntaxErrors(file)) ? undefined : changes.map(editOf);
  }

  /**
   * The edit that writes a comment which suppresses a finding.
   *
   * @param finding one of the newest analysis
   * @returns `undefined` when the finding is not of that analysis, or no comment can stand above its line
   */
  suppress(finding: Finding): TextEdit | undefined {
    const report = this.#findings.reportOf(finding);
    const change = report && suppressionFor(finding.ruleId, spanOf(report));
    return change && editOf(change);
  }

  /** The text that positions in a file are in: without a byte order mark. `undefined` for a file that is not analysed. */
  textOf(file: string): string | undefined {
    return this.#model.textOf(file);
  }

  /** The models of the Actors as they are now, for `explain`. */
  models(): readonly ActorModel[] {
    return this.#model.actors().folders.map((folder) => this.#model.modelOf(folder));
  }

  dispose(): void {
    this.#checked.clear();
    this.#findings = new Findings();
    this.#model.dispose();
  }
}
