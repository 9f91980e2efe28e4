/**
 * The little of a disk that the analysis reads. Paths are absolute, with forward slashes on every platform.
 * Nothing here throws for a missing or unreadable entry: the caller says in a notice what could not be read.
 */
export interface FileSystem {
  /** The bytes of a file, or why they cannot be had. */
  readFile(path: string): ReadResult;
  /** The entries of a folder, in no particular order, or why they cannot be had. */
  readDirectory(path: string): DirectoryResult;
  /** Where a path really lies once links are followed; `undefined` where it leads nowhere. */
  realPath(path: string): string | undefined;
  /** The size in bytes and the kind of an entry, links followed; `undefined` where there is none. */
  stat(path: string): EntryStat | undefined;
}

export type ReadResult = { readonly ok: true; readonly bytes: Uint8Array } | ReadFailure;

export type DirectoryResult = { readonly ok: true; readonly entries: readonly DirectoryEntry[] } | ReadFailure;

/** `reason` completes the sentence "… cannot be read: ". */
export interface ReadFailure {
  readonly ok: false;
  readonly reason: string;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export interface EntryStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
}
