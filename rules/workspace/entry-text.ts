import { posix } from 'node:path';
import type { SourceIndex } from './source-index.ts';

/** A line of code: no comment stands before it. */
const CODE = String.raw`^(?!\s*(?:\/\/|\*|\/\*)).*`;
/** What may stand between a name and the member that is taken from it: `Actor!`, `(Actor as any)`, `Actor?`. */
const WRAPPED = String.raw`(?:\s+as\s+\w+)?[\s)!?]*`;
const NAMED = String.raw`(?:\.\s*|\[\s*['"\x60])`;
const SAYS_START = /(['"`])(?:main|init)\1/u;
const LOADS_SDK = String.raw`(?:await\s+)?\b(?:require|import)\s*\(\s*['"]apify['"]\s*\)`;

/** How a text starts an Actor, by the names that it gives to the SDK's classes. */
interface Starts {
  /** `Actor.init()`, `Apify.main(…)` */
  readonly actor: RegExp;
  /** `const { init } = Actor` */
  readonly taken: RegExp;
  /** `Actor[INIT]()` */
  readonly computed: RegExp;
  readonly crawler: RegExp;
}

function startsBy(actors: readonly string[], crawlers: readonly string[]): Starts {
  const actor = `(?:${actors.join('|')})`;
  const crawler = `(?:${crawlers.join('|')})`;
  return {
    actor: new RegExp(
      String.raw`${CODE}\b(?:${actor}${WRAPPED}${NAMED}(?:main|init)|Apify${WRAPPED}${NAMED}main)\b`,
      'mu',
    ),
    taken: new RegExp(
      String.raw`${CODE}\{[^{}]*\b(?:main|init)\b[^{}]*\}\s*=\s*(?:(?:${actor}|Apify)\b|${LOADS_SDK})`,
      'mu',
    ),
    computed: new RegExp(String.raw`${CODE}\b(?:${actor}|Apify)${WRAPPED}\[\s*\w+\s*\]`, 'mu'),
    crawler: new RegExp(
      String.raw`${CODE}(?:\bnew\s+\(*\s*|\bReflect\.construct\(\s*)(?:\w+\.)?${crawler}\s*(?:<[^>]*>)?\s*[,()]`,
      'mu',
    ),
  };
}

const ACTORS = ['Actor'];
const CRAWLERS = [String.raw`\w*Crawler`];
const PLAIN = startsBy(ACTORS, CRAWLERS);

/** `Actor as A`, `Actor: A`, `A = Actor`, `A = require('apify')`, `import A from 'apify'` */
const RENAMES_ACTOR = new RegExp(
  String.raw`\bActor\s*(?:\bas\b|:)\s*(\w+)|\b(\w+)\s*=\s*(?:Actor\b(?!\s*[.[(?!])|${LOADS_SDK})|\bimport\s+(?:\*\s+as\s+)?(\w+)[^'";]*?\bfrom\s*['"]apify['"]`,
  'gu',
);
const RENAMES_CRAWLER = /\b\w*Crawler\s*(?:\bas\b|:)\s*(\w+)/gu;

function namesIn(text: string, renames: RegExp): readonly string[] {
  return [...text.matchAll(renames)].flatMap((match) => match.slice(1).find((name) => name !== undefined) ?? []);
}

function startsIn(text: string): Starts {
  const [actors, crawlers] = [namesIn(text, RENAMES_ACTOR), namesIn(text, RENAMES_CRAWLER)];
  if (actors.length + crawlers.length === 0) return PLAIN;
  return startsBy([...ACTORS, ...new Set(actors)], [...CRAWLERS, ...new Set(crawlers)]);
}

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
  const { actor, taken, computed, crawler } = startsIn(text);
  if (actor.test(text) || taken.test(text)) return true;
  return (computed.test(text) && SAYS_START.test(text)) || (crawler.test(text) && RUNS.test(text));
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
