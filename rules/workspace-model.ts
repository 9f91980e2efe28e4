import type { ts } from 'ts-morph';

import { modelOf, programOf } from './actor/actor-model.ts';
import type { ActorModel } from './actor/actor-model.ts';
import { SourceProject } from './program/source-project.ts';
import type { ImportTarget } from './program/source-project.ts';
import type { Notice } from './workspace/notice.ts';
import { findActors } from './workspace/actors.ts';
import type { ActorFolder } from './workspace/actors.ts';
import { importsSdk, looksLikeEntry } from './workspace/entry-text.ts';
import type { FileSystem } from './workspace/file-system.ts';
import { createModuleResolver } from './workspace/resolve-module.ts';
import type { ModuleResolver } from './workspace/resolve-module.ts';
import { scanFolder } from './workspace/scan.ts';
import type { FolderScan } from './workspace/scan.ts';
import { readSource } from './workspace/source-files.ts';

/** What the disk and the editor say of a folder, until one of them changes. */
interface Snapshot {
  readonly scan: FolderScan;
  readonly folders: readonly ActorFolder[];
  readonly notices: readonly Notice[];
  readonly resolver: ModuleResolver;
  readonly project: SourceProject;
}

/**
 * Holds the texts of a folder and the models made from them. A keystroke changes one text; only what can change which
 * Actors there are, such as a new file or a package.json, makes the folder be read again.
 */
export class WorkspaceModel {
  readonly #folder: string;
  readonly #disk: FileSystem;
  readonly #documents = new Map<string, string>();
  #snapshot: Snapshot | undefined;

  constructor(folder: string, disk: FileSystem) {
    this.#folder = folder;
    this.#disk = disk;
  }

  setDocument(file: string, text: string): void {
    const before = this.#documents.get(file) ?? this.#snapshot?.scan.texts.get(file);
    this.#documents.set(file, text);
    if (this.#snapshot === undefined) return;
    const inProject = this.#snapshot.project.sourceFile(file) !== undefined;
    if (before === undefined || !inProject || changesActors(before, text)) this.#snapshot = undefined;
    else this.#snapshot.project.setText(file, withoutMark(text));
  }

  closeDocument(file: string): void {
    if (this.#documents.delete(file)) this.#snapshot = undefined;
  }

  filesChanged(paths: readonly string[]): void {
    for (const path of paths) this.#fileChanged(path);
  }

  #fileChanged(path: string): void {
    const snapshot = this.#snapshot;
    if (snapshot === undefined) return;
    const isFile = this.#disk.stat(path)?.kind === 'file';
    // An open document is the editor's: what a save writes is known already.
    if (isFile && this.#documents.has(path)) return;
    const before = snapshot.scan.texts.get(path);
    const read = isFile && before !== undefined ? readSource(path, this.#disk) : undefined;
    if (read?.ok !== true || before === undefined || changesActors(before, read.text)) this.#snapshot = undefined;
    else snapshot.project.setText(path, withoutMark(read.text));
  }

  /** The Actors of the folder, and what was left out. */
  actors(): { readonly folders: readonly ActorFolder[]; readonly notices: readonly Notice[] } {
    const { folders, notices, project } = this.#read();
    return { folders, notices: [...notices, ...project.tooDeep().map(noticeOfDepth)] };
  }

  /** Whether these trees are what the project holds for their files. */
  isCurrent(files: readonly ts.SourceFile[]): boolean {
    const { project } = this.#read();
    return files.length > 0 && files.every((file) => project.sourceFile(file.fileName) === file);
  }

  /** The text of a file as it is analysed; `undefined` for a file that is not. */
  textOf(file: string): string | undefined {
    return this.#read().project.sourceFile(file)?.text;
  }

  modelOf(folder: ActorFolder): ActorModel {
    const { project } = this.#read();
    return modelOf(folder, project, programOf(folder, project));
  }

  files(): readonly string[] {
    return this.#read().scan.sources.filter((path) => this.isAsked(path));
  }

  /** Whether a file lies in what the caller asked for: the folder may be part of an Actor. */
  isAsked(file: string): boolean {
    const { asked } = this.#read().scan;
    return file === asked || asked === '/' || file.startsWith(`${asked}/`);
  }

  dispose(): void {
    this.#snapshot = undefined;
    this.#documents.clear();
  }

  #read(): Snapshot {
    this.#snapshot ??= this.#readAnew();
    return this.#snapshot;
  }

  #readAnew(): Snapshot {
    const fileSystem = withDocuments(this.#disk, this.#documents);
    const scan = scanFolder(this.#folder, fileSystem);
    const { actors: folders, notices } = findActors(scan, fileSystem);
    const resolver = createModuleResolver(scan);
    const isLegacy = legacyFilesOf(folders);
    const project = new SourceProject((specifier, from) => targetOf(specifier, from, resolver, isLegacy));
    for (const [path, text] of scan.texts) project.setText(path, withoutMark(text));
    return { scan, folders, notices: [...scan.notices, ...notices], resolver, project };
  }
}

function targetOf(
  specifier: string,
  from: string,
  resolver: ModuleResolver,
  isLegacy: (file: string) => boolean,
): ImportTarget | undefined {
  switch (resolver.specialOf(specifier)) {
    case 'apify':
      return { kind: 'sdk', declarations: isLegacy(from) ? 'apify-legacy' : 'apify-3' };
    case 'apify-client':
      return { kind: 'sdk', declarations: 'apify-client' };
    case 'crawlee':
      return { kind: 'sdk', declarations: 'crawlee-3' };
    case undefined: {
      const path = resolver.resolve(specifier, from);
      return path === undefined ? undefined : { kind: 'file', path };
    }
  }
}

function noticeOfDepth(file: string): Notice {
  return { file, reason: 'skipped: its code is nested too deep to be followed, as generated code may be' };
}

/** Tells whether a file's Actor has SDK 0, 1 or 2. Of Actors in one another, the inner one decides; of two in one place, the first. */
function legacyFilesOf(folders: readonly ActorFolder[]): (file: string) => boolean {
  const generations = new Map(folders.toReversed().map(({ root, sdk }) => [root, sdk?.generation]));
  return (file) => {
    let folder = folderOf(file);
    while (folder !== '' && !generations.has(folder)) folder = folderOf(folder);
    return (generations.get(folder) ?? 3) < 3;
  };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** An edit can make a module an entry point, or bring the SDK to a package that had none. */
function changesActors(before: string, after: string): boolean {
  return looksLikeEntry(before) !== looksLikeEntry(after) || importsSdk(before) !== importsSdk(after);
}

/** A byte order mark is no part of the text for an editor, so positions leave it out. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function withDocuments(disk: FileSystem, documents: ReadonlyMap<string, string>): FileSystem {
  const encoder = new TextEncoder();
  return {
    readFile: (path) => {
      const text = documents.get(path);
      return text === undefined ? disk.readFile(path) : { ok: true, bytes: encoder.encode(text) };
    },
    readDirectory: (path) => disk.readDirectory(path),
    realPath: (path) => disk.realPath(path),
    stat: (path) => disk.stat(path),
  };
}
