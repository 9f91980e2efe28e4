import { posix } from 'node:path';
import type { SourceIndex } from './source-index.ts';

const STARTS_ACTOR = /^(?!\s*(?:\/\/|\*|\/\*)).*\b(?:Apify\.main|Actor\.main|Actor\.init)\s*\(/m;
const MAKES_CRAWLER = /^(?!\s*(?:\/\/|\*|\/\*)).*\bnew\s+(?:\w+\.)?\w*Crawler\s*(?:<[^>]*>)?\s*\(/m;
const RUNS = /^(?!\s*(?:\/\/|\*|\/\*)).*\.run\s*\(/m;
const IMPORTS_SDK =
  /(?:\bfrom\s+|\brequire\s*\(\s*|\bimport\s*\(\s*|\bimport\s+)['"](?:apify|crawlee|@crawlee\/[\w-]+)(?:\/[\w./-]+)?['"]/;
const RELATIVE_IMPORT =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\(|\bWorker\s*\(|new\s+URL\s*\()\s*['"](\.[^'"\n]*)['"]/g;

/**
 * True for a module that seems to start an Actor: it calls `Actor.init`, `Actor.main` or `Apify.main`, or makes a
 * crawler and runs it. Told by the text alone, before anything is parsed; comments do not count.
 */
export function looksLikeEntry(text: string): boolean {
  return STARTS_ACTOR.test(text) || (MAKES_CRAWLER.test(text) && RUNS.test(text));
}

/** True for a module that imports an SDK. */
export function importsSdk(text: string): boolean {
  return IMPORTS_SDK.test(text);
}

/** The modules among `candidates` that look like an entry point and that no module imports. */
export function guessEntryPoints(
  candidates: readonly string[],
  texts: ReadonlyMap<string, string>,
  isImported: (path: string) => boolean,
): readonly string[] {
  return candidates.filter((path) => looksLikeEntry(texts.get(path) ?? '') && !isImported(path));
}

/** The modules that another one imports by a relative path; asked for late, since it reads every text. */
export function importedModules(texts: ReadonlyMap<string, string>, index: SourceIndex): ReadonlySet<string> {
  const imported = new Set<string>();
  for (const [path, text] of texts) {
    for (const [, specifier = ''] of text.matchAll(RELATIVE_IMPORT)) {
      const found = index.find(posix.join(posix.dirname(path), specifier));
      if (found !== undefined && found !== path) imported.add(found);
    }
  }
  return imported;
}
