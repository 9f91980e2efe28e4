import {
  accessSync,
  chmodSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';

const BYTE_ORDER_MARK = '\uFEFF';

/** A file on disk that is to be changed: its text as an editor sees it (without a byte order mark), and how it was read. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly hasByteOrderMark: boolean;
}

/** Reads a file that may be rewritten; a sentence where it is not, since what is not UTF-8 would be damaged. */
export function readSourceFile(path: string): SourceFile | string {
  try {
    const bytes = readFileSync(path);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const hasByteOrderMark = text.startsWith(BYTE_ORDER_MARK);
    return { path, bytes, hasByteOrderMark, text: hasByteOrderMark ? text.slice(1) : text };
  } catch (error) {
    return error instanceof TypeError ? 'it is not written in UTF-8' : reason(error);
  }
}

/**
 * Replaces the file's content in one step: a reader, or a power cut, sees the old file or the new one.
 * A link is followed, mode and byte order mark stay.
 *
 * @returns why it could not be done; `undefined` when it was
 */
export function writeSourceFile(file: SourceFile, text: string): string | undefined {
  let temporary: string | undefined;
  try {
    const target = realpathSync(file.path);
    accessSync(target, constants.W_OK);
    if (!readFileSync(target).equals(file.bytes)) return 'it changed while it was being fixed; run the command again';
    temporary = join(dirname(target), `.actor-state-${randomBytes(6).toString('hex')}.tmp`);
    const { mode } = statSync(target);
    writeFileSync(temporary, (file.hasByteOrderMark ? BYTE_ORDER_MARK : '') + text, { flag: 'wx', mode, flush: true });
    chmodSync(temporary, mode); // what was created passed through the umask
    renameSync(temporary, target);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    return reason(error);
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'it may not be written; check its permissions';
  if (code === 'ENOENT') return 'it is gone';
  return error.message;
}
