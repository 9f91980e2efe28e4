import { posix } from 'node:path';
import type { TextReader } from './read-text.ts';

/**
 * The version of a package that a lock file in `lockFolder` fixes for the package in `root`. Lock files are large and
 * written by machines: a few exact patterns find the entry in a fraction of the time of parsing them whole.
 */
export function lockedVersion(
  name: string,
  range: string | undefined,
  root: string,
  lockFolder: string,
  read: TextReader,
): string | undefined {
  const importer = posix.relative(lockFolder, root);
  const at = (file: string): string | undefined => read(posix.join(lockFolder, file));
  return (
    fromNpm(at('package-lock.json') ?? at('npm-shrinkwrap.json'), name, importer) ??
    fromPnpm(at('pnpm-lock.yaml'), name, importer) ??
    fromYarn(at('yarn.lock'), name, range) ??
    fromBun(at('bun.lock'), name)
  );
}

/** `"node_modules/apify": { "version": "3.1.0"` in versions 2 and 3, `"apify": { "version": …` in version 1. */
function fromNpm(text: string | undefined, name: string, importer: string): string | undefined {
  if (text === undefined) return undefined;
  const keys = [`${importer}/node_modules/${name}`, `node_modules/${name}`, name];
  for (const key of keys) {
    const match = new RegExp(`"${escape(key)}":\\s*\\{\\s*"version":\\s*"([^"]+)"`).exec(text);
    if (match) return match[1];
  }
  return undefined;
}

/** The importer's own entry; without importers (one package, lock file version 5) the entry at the top. */
function fromPnpm(text: string | undefined, name: string, importer: string): string | undefined {
  if (text === undefined) return undefined;
  const key = `['"]?${escape(name)}['"]?`;
  const start = new RegExp(`^ {2}['"]?${escape(importer === '' ? '.' : importer)}['"]?:$`, 'm').exec(text);
  const rest = start ? text.slice(start.index + start[0].length) : text;
  const end = start ? rest.search(/^ {0,2}\S/m) : -1;
  const block = end === -1 ? rest : rest.slice(0, end);
  const match =
    new RegExp(`^ +${key}:\\s*\\n(?: +specifier:.*\\n)? +version: ['"]?([^\\s('"_]+)`, 'm').exec(block) ??
    new RegExp(`^ +${key}: ['"]?(\\d[^\\s('"_]*)`, 'm').exec(block) ??
    new RegExp(`^ {2}['"]?/?${escape(name)}[@/](\\d[^\\s:('"_]*)`, 'm').exec(text);
  return match?.[1];
}

/** `apify@^3.0.0, apify@^3.1.0:` and, in its block, `version "3.1.0"` (classic) or `version: 3.1.0` (berry). */
function fromYarn(text: string | undefined, name: string, range: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const entry = new RegExp(`^"?(${escape(name)}@[^\\n]*):\\r?\\n\\s+version:? "?([^"\\s]+)`, 'gm');
  const found = [...text.matchAll(entry)].filter(
    (match) => match[2] !== undefined && !match[2].startsWith('0.0.0-use'),
  );
  const fits = (heads: string | undefined): boolean =>
    range !== undefined &&
    (heads ?? '').split(/"?, "?/).some((head) => head.replace(/"$/, '').replace('@npm:', '@') === `${name}@${range}`);
  return (found.find((match) => fits(match[1])) ?? found[0])?.[2];
}

function fromBun(text: string | undefined, name: string): string | undefined {
  return text === undefined ? undefined : new RegExp(`"${escape(name)}": \\["${escape(name)}@([^"]+)"`).exec(text)?.[1];
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
