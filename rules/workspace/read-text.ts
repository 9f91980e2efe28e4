import type { FileSystem } from './file-system.ts';

export type TextResult =
  | { readonly ok: true; readonly text: string }
  /** `reason` is a sentence of its own, without a full stop. */
  | { readonly ok: false; readonly reason: string };

/** Reads texts by path; a missing or unreadable one is `undefined`. Each is read once. */
export type TextReader = (path: string) => string | undefined;

/** How much of a file is looked at to tell text from bytes: what git looks at, too. */
const BINARY_PROBE_BYTES = 8192;

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The text of a source file. A byte order mark stays in UTF-8 text, since it counts in the positions of edits;
 * UTF-16 (which Visual Studio Code can be set to) is told by its mark.
 */
export function decodeText(bytes: Uint8Array): TextResult {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { ok: true, text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { ok: true, text: decodeUtf16BigEndian(bytes) };
  if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) {
    return {
      ok: false,
      reason:
        'skipped: it holds binary data, not text (UTF-16 without a byte order mark counts as binary: save it as UTF-8)',
    };
  }
  return { ok: true, text: UTF8.decode(bytes) };
}

/** A reader that remembers what it read: many packages share one lock file. */
export function textReader(fs: FileSystem): TextReader {
  const texts = new Map<string, string | undefined>();
  return (path) => {
    if (texts.has(path)) return texts.get(path);
    const text = readText(path, fs);
    texts.set(path, text);
    return text;
  };
}

/** The text of one file as it is on disk; `undefined` where it is missing, unreadable or binary. */
export function readText(path: string, fs: FileSystem): string | undefined {
  const read = fs.readFile(path);
  if (!read.ok) return undefined;
  const decoded = decodeText(read.bytes);
  return decoded.ok ? decoded.text : undefined;
}

function decodeUtf16BigEndian(bytes: Uint8Array): string {
  const swapped = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let index = 0; index < swapped.length; index += 2) {
    swapped[index] = bytes[index + 1] ?? 0;
    swapped[index + 1] = bytes[index] ?? 0;
  }
  return new TextDecoder('utf-16le').decode(swapped);
}
