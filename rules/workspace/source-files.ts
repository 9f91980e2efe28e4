import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { decodeText, type TextResult } from './read-text.ts';

/** In the order in which a module is looked for where several files have its name: source before what is built of it. */
export const SOURCE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

/** Above this a file is taken for a bundle, whatever is in it. */
const MAX_BYTES = 1024 * 1024;

/** Above this a file whose lines are longer than people write is taken for a bundle. */
const BUNDLE_BYTES = 200 * 1024;
const BUNDLE_LINE_LENGTH = 500;

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.[cm]?ts$/;
const MINIFIED = /\.min\.[cm]?js$/;
const TYPESCRIPT = /\.([cm]?)tsx?$/;

/** True for a file that is read: JavaScript or TypeScript that was written by hand, as far as its name tells. */
export function isSourceName(name: string): boolean {
  return SOURCE.test(name) && !DECLARATION.test(name) && !MINIFIED.test(name) && !name.startsWith('.');
}

/** True for a test or what lies in a folder of tests: it is read, and is never an entry point. */
export function isTestFile(path: string, root: string): boolean {
  if (/\.(test|spec)\.[cm]?[jt]sx?$/.test(path)) return true;
  const folders = posix.relative(root, posix.dirname(path)).split('/');
  return folders.some((name) => name === '__tests__' || name === '__mocks__' || name === 'test' || name === 'tests');
}

/** Among the files of one folder, the JavaScript that a compiler put beside its TypeScript. */
export function compiledBeside(names: readonly string[]): ReadonlySet<string> {
  const compiled = names
    .filter((name) => TYPESCRIPT.test(name) && !DECLARATION.test(name))
    .map((name) => name.replace(TYPESCRIPT, '.$1js'));
  return new Set(compiled);
}

/** Reads a source file; where it is left out, the reason says so in a sentence for a notice. */
export function readSource(path: string, fs: FileSystem): TextResult {
  const size = fs.stat(path)?.size ?? 0;
  if (size > MAX_BYTES) return { ok: false, reason: bundleReason(size) };
  const read = fs.readFile(path);
  if (!read.ok) return { ok: false, reason: `cannot be read: ${read.reason}` };
  const decoded = decodeText(read.bytes);
  if (decoded.ok && size > BUNDLE_BYTES && meanLineLength(decoded.text) > BUNDLE_LINE_LENGTH) {
    return { ok: false, reason: bundleReason(size) };
  }
  return decoded;
}

function bundleReason(bytes: number): string {
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  return `skipped: ${megabytes} MB, looks like a bundle; the source that it was built from is what to check`;
}

function meanLineLength(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines;
}
