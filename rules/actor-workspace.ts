import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ts } from 'ts-morph';

import { ruleList } from './catalogue/index.ts';
import type { Report } from './catalogue/rule.ts';
import { editOf, findingOf } from './finding-of-report.ts';
import type { Finding, Location, Notice, RuleSetting, TextEdit } from './finding.ts';
import type { ActorModel } from './model/actor-model.ts';
import { listenerSummariesOf, startsOf } from './model/actor-places.ts';
import type { ListenerSummary } from './model/actor-places.ts';
import { keySummariesOf } from './model/key-graph.ts';
import type { KeySummary } from './model/key-graph.ts';
import { WorkspaceModel } from './workspace-model.ts';
import { diskFileSystem } from './workspace/disk.ts';
import type { FileSystem } from './workspace/file-system.ts';

/** What a person set, by rule id. A rule that is not named keeps the severity that it chooses itself. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

export interface ActorSummary {
  readonly root: string;
  readonly name: string;
  readonly sdk: { readonly package: string; readonly version: string | undefined } | undefined;
  readonly entryPoints: readonly string[];
  readonly keys: readonly KeySummary[];
  /** Where the work of each entry point begins: where it starts the SDK, else its first statement. */
  readonly starts: readonly Location[];
  readonly listeners: readonly ListenerSummary[];
}

export interface Analysis {
  readonly actors: readonly ActorSummary[];
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  /** Every file that was looked at. */
  readonly files: readonly string[];
}

/** What the rules said of one Actor, for as long as no file of its program changes. */
interface Checked {
  readonly files: readonly ts.SourceFile[];
  readonly summary: ActorSummary;
  readonly reports: readonly { readonly ruleId: string; readonly report: Report }[];
  readonly ruleSettings: RuleSettings;
  readonly notices: readonly Notice[];
}

/**
 * A folder of Actors: texts go in, findings come out. Only the Actors whose program a change touches are analysed anew.
 *
 * Architecture invariant: an analysis never changes a file; a fix is text edits that the caller applies.
 */
export class ActorWorkspace {
  readonly #model: WorkspaceModel;
  #checked = new Map<string, Checked>();
  #findings = new Map<Report, Finding>();
  #reports = new Map<Finding, Report>();
  #settings: RuleSettings = {};

  /**
   * @param folder an absolute path with forward slashes: of a folder, or of a file in an Actor
   * @param fileSystem where texts are read from; nothing is read before the first analysis
   */
  constructor(folder: string, fileSystem: FileSystem = diskFileSystem) {
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
    const checked = new Map<string, Checked>();
    for (const folder of folders) {
      const id = [folder.root, folder.kind, ...folder.entryPoints].join('\0');
      const before = this.#checked.get(id);
      const isSame = before !== undefined && this.#model.isCurrent(before.files);
      checked.set(id, isSame ? before : this.#check(this.#model.modelOf(folder)));
      if (isSame) continue;
      await nextTurn();
      signal?.throwIfAborted();
    }
    this.#checked = checked;
    const failures = [...checked.values()].flatMap((each) => each.notices);
    return {
      actors: [...checked.values()].map(({ summary }) => summary),
      findings: this.#findingsOf([...checked.values()], settings),
      notices: [...notices, ...failures],
      files: this.#model.files(),
    };
  }

  #check(model: ActorModel): Checked {
    const notices: Notice[] = [];
    const reports = ruleList
      .filter((rule) => !rule.needsEntryPoint || model.entryPoints.length > 0)
      .flatMap((rule) => {
        try {
          return rule.check(model).map((report) => ({ ruleId: rule.id, report }));
        } catch (error) {
          // A fault of ours in one rule must not hide what the others find. It is said, not swallowed.
          notices.push({ file: model.folder.root, reason: faultOf(rule.id, error) });
          return [];
        }
      });
    const { root, name, sdk, entryPoints, ruleSettings } = model.folder;
    const summary: ActorSummary = {
      root,
      name,
      sdk: sdk && { package: sdk.package, version: sdk.version },
      entryPoints,
      keys: keySummariesOf(model),
      starts: startsOf(model),
      listeners: listenerSummariesOf(model),
    };
    return { files: model.files, summary, reports, ruleSettings, notices };
  }

  /** Findings of the reports, one for each place: a file in two Actors is reported once. */
  #findingsOf(checked: readonly Checked[], settings: RuleSettings): readonly Finding[] {
    const sameSettings = JSON.stringify(settings) === JSON.stringify(this.#settings);
    const before = sameSettings ? this.#findings : new Map<Report, Finding>();
    this.#settings = settings;
    this.#findings = new Map();
    this.#reports = new Map();
    const places = new Set<string>();
    for (const { reports, ruleSettings } of checked) {
      for (const { ruleId, report } of reports) {
        const rule = ruleList.find(({ id }) => id === ruleId);
        if (rule === undefined || !this.#model.isAsked(report.node.getSourceFile().fileName)) continue;
        const finding = before.get(report) ?? findingOf(rule, report, settings[ruleId] ?? ruleSettings[ruleId]);
        if (finding === undefined) continue;
        const place = JSON.stringify([ruleId, finding.file, finding.range]);
        if (places.has(place)) continue;
        places.add(place);
        this.#findings.set(report, finding);
        this.#reports.set(finding, report);
      }
    }
    return [...this.#reports.keys()].toSorted(byPlace);
  }

  /**
   * The text edits of a fix.
   *
   * @param finding one of the newest analysis
   * @returns `undefined` when the finding is not of that analysis, or the fix cannot be made
   */
  edit(finding: Finding, fixId: string): readonly TextEdit[] | undefined {
    const fix = this.#reports.get(finding)?.fixes.find(({ id }) => id === fixId);
    const changes = fix?.changes() ?? [];
    return changes.length === 0 ? undefined : changes.map(editOf);
  }

  /** The models of the Actors as they are now, for `explain`. */
  models(): readonly ActorModel[] {
    return this.#model.actors().folders.map((folder) => this.#model.modelOf(folder));
  }

  dispose(): void {
    this.#checked.clear();
    this.#findings.clear();
    this.#reports.clear();
    this.#model.dispose();
  }
}

function faultOf(ruleId: string, error: unknown): string {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `rule ${ruleId} failed on this Actor, a fault of Actor State: please report it with this text. ${what}`;
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
