import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { Program } from '../program.ts';

/** The Actors that are folders of a folder, such as `test-workspace`: what they hold of JavaScript and TypeScript. */
export function folderPrograms(folder: string): readonly Program[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'package.json')))
    .flatMap(({ name }) => {
      const program = programIn(join(folder, name), name);
      return program === undefined ? [] : [program];
    });
}

function programIn(folder: string, name: string): Program | undefined {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  const version = /"apify": *"[^\d]*([\d.]+)/u.exec(manifest)?.[1];
  const paths = sourcesIn(folder).map((path) => relative(folder, path));
  const entry = paths.find((path) => /(?:^|\/)main\.[jt]s$/u.test(path));
  if (entry === undefined) return undefined;
  const ordered = [entry, ...paths.filter((path) => path !== entry)];
  return {
    name,
    sdk: version === undefined ? { package: 'crawlee', version: '3.18.1' } : { package: 'apify', version },
    files: Object.fromEntries(ordered.map((path) => [path, readFileSync(join(folder, path), 'utf8')])),
  };
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : sourcesIn(path);
    return /\.[cm]?[jt]s$/u.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}
