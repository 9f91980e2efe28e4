import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ts } from 'ts-morph';

/** The parts of design.md: what each knows, and which it may use. */
export const PARTS = {
  rules: {
    uses: [],
    never: ['vscode', 'vscode-languageserver', 'vscode-languageclient', 'vscode-jsonrpc', 'commander'],
  },
  simulator: {
    uses: [],
    never: ['vscode', 'vscode-languageserver', 'vscode-languageclient', 'vscode-jsonrpc', 'ts-morph'],
  },
  server: { uses: ['rules'], never: ['vscode', 'vscode-languageclient', 'commander'] },
  cli: { uses: ['rules', 'simulator'], never: ['vscode', 'vscode-languageserver', 'vscode-languageclient'] },
  client: { uses: ['simulator'], never: ['vscode-languageserver', 'ts-morph', 'commander'] },
} as const satisfies Record<string, { readonly uses: readonly string[]; readonly never: readonly string[] }>;

export type Part = keyof typeof PARTS;

export interface SourceText {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The layers of `rules/`: each uses itself and those before it. A file of the folder itself is the face, and comes last. */
export const LAYERS = [
  'workspace',
  'sdk',
  'syntax',
  'program',
  'flow',
  'actor',
  'fixes',
  'suppression',
  'catalogue',
  'face',
] as const;

interface Import {
  readonly path: string;
  readonly from: Part;
  /** A part of ours, or the name of a package. */
  readonly to: { readonly part: Part } | { readonly package: string };
}

/** A sentence for each import that goes against an arrow. Types count: whoever knows a type knows its owner. */
export function wrongImports(files: readonly SourceText[]): readonly string[] {
  return files.flatMap(importsOf).flatMap(({ path, from, to }) => {
    const { uses, never }: { readonly uses: readonly string[]; readonly never: readonly string[] } = PARTS[from];
    if ('part' in to)
      return to.part === from || uses.includes(to.part) ? [] : [`${path}: ${from} must not use ${to.part}`];
    return never.includes(to.package) ? [`${path}: ${from} must not know ${to.package}`] : [];
  });
}

/**
 * A sentence for each import within `rules/` that goes up, or from one rule to another. Tests and what only they use belong
 * to no layer: only what the face reaches is looked at.
 */
export function wrongLayers(files: readonly SourceText[]): readonly string[] {
  const texts = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const follow = (path: string): void => {
    const file = texts.get(path);
    if (file === undefined || reached.has(path)) return;
    reached.add(path);
    for (const imported of ownImportsOf(file)) follow(imported);
  };
  follow('rules/index.ts');
  return [...reached].flatMap((path) => {
    const file = texts.get(path);
    return (file === undefined ? [] : ownImportsOf(file)).flatMap((imported) => wrongStep(path, imported));
  });
}

function wrongStep(from: string, to: string): readonly string[] {
  if (layerOf(to) > layerOf(from)) return [`${from}: ${LAYERS[layerOf(from)]} must not use ${to}`];
  const [rule, other] = [ruleOf(from), ruleOf(to)];
  return rule !== undefined && other !== undefined && rule !== other ? [`${from}: a rule must not use ${to}`] : [];
}

function layerOf(path: string): number {
  const [, folder, ...rest] = path.split('/');
  return rest.length === 0 ? LAYERS.length - 1 : LAYERS.findIndex((layer) => layer === folder);
}

function ruleOf(path: string): string | undefined {
  return /^rules\/catalogue\/([^/]+)\//u.exec(path)?.[1];
}

function ownImportsOf({ path, text }: SourceText): readonly string[] {
  const names = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return names.filter((name) => name.startsWith('.')).map((name) => posix.join(posix.dirname(path), name));
}

/** The parts that use each other in a ring, by what the files import. */
export function cycle(files: readonly SourceText[]): readonly Part[] | undefined {
  const uses = new Map<Part, Set<Part>>();
  for (const { from, to } of files.flatMap(importsOf)) {
    if ('part' in to && to.part !== from) uses.set(from, (uses.get(from) ?? new Set()).add(to.part));
  }
  const follow = (part: Part, way: readonly Part[]): readonly Part[] | undefined => {
    if (way.includes(part)) return [...way.slice(way.indexOf(part)), part];
    for (const next of uses.get(part) ?? []) {
      const found = follow(next, [...way, part]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const part of uses.keys()) {
    const found = follow(part, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every TypeScript file of the parts that there are. */
export function sourcesOf(root: string): readonly SourceText[] {
  return Object.keys(PARTS).flatMap((part) => sourcesIn(root, part));
}

function sourcesIn(root: string, folder: string): readonly SourceText[] {
  const entries = readdirSync(root, { withFileTypes: true }).some(({ name }) => name === folder.split('/')[0])
    ? readdirSync(join(root, folder), { withFileTypes: true })
    : [];
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : sourcesIn(root, path);
    const isSource = /(?<!\.d)\.[cm]?ts$/.test(entry.name);
    return isSource ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

function importsOf({ path, text }: SourceText): readonly Import[] {
  const from = partOf(path);
  if (from === undefined) return [];
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName: name }): readonly Import[] => {
    if (!name.startsWith('.')) return [{ path, from, to: { package: packageName(name) } }];
    const part = partOf(posix.join(posix.dirname(path), name));
    return part === undefined ? [] : [{ path, from, to: { part } }];
  });
}

function partOf(path: string): Part | undefined {
  const folder = path.split('/')[0];
  return folder !== undefined && isPart(folder) ? folder : undefined;
}

function isPart(folder: string): folder is Part {
  return Object.hasOwn(PARTS, folder);
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
