import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { isObject, stringAt, stringList, type JsonObject } from './parse-json.ts';
import type { TextReader } from './read-text.ts';

/** What the analysis needs of a tsconfig.json or jsconfig.json. All paths are absolute. */
export interface Tsconfig {
  readonly file: string;
  readonly baseUrl: string | undefined;
  /** Each pattern with its targets, `*` kept in both. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
  /** As written: `react`, `react-jsx`, `preserve` … */
  readonly jsx: string | undefined;
}

/**
 * Reads a tsconfig with what it extends by a relative path. A configuration package (`@apify/tsconfig`) is not looked
 * for: in a fresh clone it is not there, and findings must not depend on that. Broken or missing ones count as empty.
 */
export function readTsconfig(file: string, read: TextReader): Tsconfig {
  return readChain(file, read, new Set(), posix.dirname(file));
}

function readChain(file: string, read: TextReader, seen: Set<string>, configDir: string): Tsconfig {
  seen.add(file);
  const written = readWritten(file, read);
  const options = isObject(written['compilerOptions']) ? written['compilerOptions'] : {};
  let base = EMPTY;
  for (const parent of parentsOf(written['extends'])) {
    const parentFile = locate(parent, file, read);
    if (parentFile !== undefined && !seen.has(parentFile)) {
      base = merge(base, readChain(parentFile, read, seen, configDir));
    }
  }
  return { ...merge(base, ownOptions(options, posix.dirname(file), configDir)), file };
}

type Options = Omit<Tsconfig, 'file'>;
const EMPTY: Options = { baseUrl: undefined, paths: new Map(), outDir: undefined, rootDir: undefined, jsx: undefined };

function merge(base: Options, own: Options): Options {
  return {
    baseUrl: own.baseUrl ?? base.baseUrl,
    paths: own.paths.size > 0 ? own.paths : base.paths,
    outDir: own.outDir ?? base.outDir,
    rootDir: own.rootDir ?? base.rootDir,
    jsx: own.jsx ?? base.jsx,
  };
}

function ownOptions(options: JsonObject, folder: string, configDir: string): Options {
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : joinTo(folder, path.replace('${configDir}', configDir));
  const baseUrl = absolute(stringAt(options, 'baseUrl'));
  const paths = new Map<string, readonly string[]>();
  if (isObject(options['paths'])) {
    for (const [pattern, targets] of Object.entries(options['paths'])) {
      const list = stringList(targets).map((target) =>
        joinTo(baseUrl ?? folder, target.replace('${configDir}', configDir)),
      );
      paths.set(pattern, list);
    }
  }
  return {
    baseUrl,
    paths,
    outDir: absolute(stringAt(options, 'outDir')),
    rootDir: absolute(stringAt(options, 'rootDir')),
    jsx: stringAt(options, 'jsx'),
  };
}

function readWritten(file: string, read: TextReader): JsonObject {
  const text = read(file);
  if (text === undefined) return {};
  const parsed: { readonly config?: unknown } = ts.parseConfigFileTextToJson(file, text);
  return isObject(parsed.config) ? parsed.config : {};
}

function parentsOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : stringList(value);
}

function locate(parent: string, file: string, read: TextReader): string | undefined {
  if (!parent.startsWith('.') && !posix.isAbsolute(parent)) return undefined;
  const path = joinTo(posix.dirname(file), parent);
  return [path, `${path}.json`, `${path}/tsconfig.json`].find((candidate) => read(candidate) !== undefined);
}

/** Without a slash at the end, so that paths compare. */
function joinTo(folder: string, path: string): string {
  const joined = posix.isAbsolute(path) ? posix.normalize(path) : posix.join(folder, path);
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}
