import { posix } from 'node:path';
import type { SourceIndex } from './source-index.ts';

/** A line of code: no comment stands before it. */
const CODE = String.raw`^(?!\s*(?:\/\/|\*|\/\*)).*`;
/** What may stand between a name and the member that is taken from it: `Actor!`, `(Actor as any)`, `Actor?`. */
const WRAPPED = String.raw`(?:\s+as\s+\w+)?[\s)!?]*`;
const NAMED = String.raw`(?:\.\s*|\[\s*['"\x60])`;
const STARTS_ACTOR = new RegExp(
  `${CODE}\\b(?:Actor${WRAPPED}${NAMED}(?:main|init)|Apify${WRAPPED}${NAMED}main)\\b`,
  'mu',
);
/** `const { init } = Actor` */
const TAKES_START = new RegExp(String.raw`${CODE}\{[^{}]*\b(?:main|init)\b[^{}]*\}\s*=\s*(?:Actor|Apify)\b`, 'mu');
/** `Actor[INIT]()` */
const COMPUTES_MEMBER = new RegExp(String.raw`${CODE}\b(?:Actor|Apify)${WRAPPED}\[\s*\w+\s*\]`, 'mu');
const SAYS_START = /(['"`])(?:main|init)\1/u;
const MAKES_CRAWLER = new RegExp(
  String.raw`${CODE}(?:\bnew\s+\(*\s*|\bReflect\.construct\(\s*)(?:\w+\.)?\w*Crawler\s*(?:<[^>]*>)?\s*[,()]`,
  'mu',
);
const RUNS = new RegExp(String.raw`${CODE}${NAMED}run\b`, 'mu');
const IMPORTS_SDK =
  /(?:\bfrom\s+|\brequire\s*\(\s*|\bimport\s*\(\s*|\bimport\s+)['"](?:apify|crawlee|@crawlee\/[\w-]+)(?:\/[\w./-]+)?['"]/;
const RELATIVE_IMPORT =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\(|\bWorker\s*\(|new\s+URL\s*\()\s*['"](\.[^'"\n]*)['"]/g;

/**
 * True for a module that seems to start an Actor: it calls `Actor.init`, `Actor.main` or `Apify.main`, or makes a
 * crawler and runs it. Told by the text alone, before anything is parsed; comments do not count.
 */
export function looksLikeEntry(text: string): boolean {
  if (STARTS_ACTOR.test(text) || TAKES_START.test(text)) return true;
  return (COMPUTES_MEMBER.test(text) && SAYS_START.test(text)) || (MAKES_CRAWLER.test(text) && RUNS.test(text));
}

/** True for a module that imports an SDK. */
export function importsSdk(text: string): boolean {
  return IMPORTS_SDK.test(text);
}

/**
 * The modules among `candidates` that look like an entry point and that no other module imports. If each is imported by
 * its own neighbours (an `index.js` that only imports it), they still are. What another Actor imports is a helper.
 */
export function guessEntryPoints(
  candidates: readonly string[],
  texts: ReadonlyMap<string, string>,
  importersOf: (path: string) => readonly string[],
): readonly string[] {
  const own = new Set(candidates);
  const likely = candidates.filter((path) => looksLikeEntry(texts.get(path) ?? ''));
  const inside = likely.filter((path) => importersOf(path).every((importer) => own.has(importer)));
  const free = inside.filter((path) => importersOf(path).length === 0);
  return free.length > 0 ? free : inside;
}

/** Which modules import which by a relative path; asked for late, since it reads every text. */
export function importersByModule(
  texts: ReadonlyMap<string, string>,
  index: SourceIndex,
): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const [path, text] of texts) {
    for (const [, specifier = ''] of text.matchAll(RELATIVE_IMPORT)) {
      const found = index.find(posix.join(posix.dirname(path), specifier));
      if (found === undefined || found === path) continue;
      const known = importers.get(found);
      if (known) known.push(path);
      else importers.set(found, [path]);
    }
  }
  return importers;
}
