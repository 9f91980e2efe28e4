import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The package.json of a folder; `undefined` where there is none that is an object: npm itself complains about a broken one. */
export function manifestIn(folder: string): object | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** What an Actor is called: by its package.json, else as its folder is. */
export function actorName(folder: string): string {
  const manifest = manifestIn(folder);
  const name = manifest !== undefined && 'name' in manifest ? manifest.name : undefined;
  return typeof name === 'string' && name !== '' ? name : basename(folder);
}

/** The scripts of a folder's package.json by their names. */
export function scriptsIn(folder: string): Readonly<Record<string, string>> {
  const manifest = manifestIn(folder);
  const scripts = manifest !== undefined && 'scripts' in manifest ? manifest.scripts : {};
  const entries = Object.entries(scripts ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The range in which a package.json wants a package; the name may be a pattern. */
export function dependencyOn(name: string | RegExp, manifest: object): string | undefined {
  for (const [group, dependencies] of Object.entries(manifest)) {
    if (!/^(?:d|devD|peerD|optionalD)ependencies$/.test(group)) continue;
    const range: unknown = Object.entries(dependencies ?? {}).find(([key]) =>
      typeof name === 'string' ? key === name : name.test(key),
    )?.[1];
    if (typeof range === 'string') return range;
  }
  return undefined;
}
