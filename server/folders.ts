import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path/posix';
import type { FolderAnalysis } from './folder-analysis.ts';
import { isInside } from './uris.ts';

export interface FoldersOptions {
  readonly create: (folder: string) => FolderAnalysis;
  readonly onRemoved: (folder: FolderAnalysis) => void;
  /** Where a file that lies in no folder of the workspace belongs; for the tests. */
  readonly packageOf?: (file: string) => string | undefined;
}

/**
 * The folders that are analysed: each folder of the workspace, and for an open file outside all of them the package that
 * it belongs to, for as long as it is open.
 */
export class Folders {
  readonly #options: FoldersOptions;
  readonly #workspace = new Map<string, FolderAnalysis>();
  readonly #loose = new Map<string, { readonly analysis: FolderAnalysis; readonly files: Set<string> }>();

  constructor(options: FoldersOptions) {
    this.#options = options;
  }

  all(): readonly FolderAnalysis[] {
    return [...this.#workspace.values(), ...[...this.#loose.values()].map(({ analysis }) => analysis)];
  }

  add(folder: string): void {
    if (this.#workspace.has(folder)) return;
    const loose = this.#loose.get(folder);
    this.#loose.delete(folder);
    this.#workspace.set(folder, loose?.analysis ?? this.#options.create(folder));
  }

  remove(folder: string): void {
    const analysis = this.#workspace.get(folder);
    this.#workspace.delete(folder);
    if (analysis) this.#end(analysis);
  }

  /** The folder that reports on a file: the innermost around it. */
  of(file: string): FolderAnalysis | undefined {
    const around = this.all().filter(({ folder }) => isInside(file, folder));
    return around.toSorted((one, other) => other.folder.length - one.folder.length)[0];
  }

  /** All folders that may read a file: those around it, and those that reported on it from outside. */
  reading(file: string): readonly FolderAnalysis[] {
    return this.all().filter((analysis) => isInside(file, analysis.folder) || analysis.reads(file));
  }

  /** Makes sure that an open file belongs to a folder where it can: opens its package when it lies outside the workspace. */
  opened(file: string): void {
    const owner = this.of(file)?.folder ?? (this.#options.packageOf ?? nearestPackage)(file);
    if (owner === undefined || this.#workspace.has(owner)) return;
    const known = this.#loose.get(owner) ?? { analysis: this.#options.create(owner), files: new Set() };
    known.files.add(file);
    this.#loose.set(owner, known);
  }

  /** Ends the analysis of a package outside the workspace when the last of its files is closed. */
  closed(file: string): void {
    for (const [folder, { analysis, files }] of this.#loose) {
      if (!files.delete(file) || files.size > 0) continue;
      this.#loose.delete(folder);
      this.#end(analysis);
    }
  }

  #end(analysis: FolderAnalysis): void {
    analysis.dispose();
    this.#options.onRemoved(analysis);
  }
}

/** The nearest folder upwards with a package.json. A home folder or a disk's root is nobody's Actor, and far too large. */
export function nearestPackage(file: string): string | undefined {
  const home = homedir().replaceAll('\\', '/');
  for (let folder = dirname(file); folder !== dirname(folder) && folder !== home; folder = dirname(folder)) {
    if (existsSync(`${folder}/package.json`)) return folder;
  }
  return undefined;
}
