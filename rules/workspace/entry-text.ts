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

/** The modules that look like an entry point and that none of the others imports, in the order given. */
export function guessEntryPoints(
  candidates: readonly string[],
  texts: ReadonlyMap<string, string>,
  index: SourceIndex,
): readonly string[] {
  const likely = candidates.filter((path) => looksLikeEntry(texts.get(path) ?? ''));
  if (likely.length <= 1) return likely;
  const imported = new Set(candidates.flatMap((path) => relativeImports(path, texts.get(path) ?? '', index)));
  return likely.filter((path) => !imported.has(path));
}

function relativeImports(path: string, text: string, index: SourceIndex): readonly string[] {
  return [...text.matchAll(RELATIVE_IMPORT)].flatMap(([, specifier = '']) => {
    const found = index.find(posix.join(posix.dirname(path), specifier));
    return found === undefined || found === path ? [] : [found];
  });
}
