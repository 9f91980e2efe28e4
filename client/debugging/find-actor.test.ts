import { describe, expect, it } from 'vitest';
import type { ActorFiles, Manifest } from './actor-files.ts';
import { actorsMeant, type FoundActor } from './find-actor.ts';

const PACKAGES: Readonly<Record<string, Partial<Manifest>>> = {
  '/w/shop': { name: 'shop', dependencies: ['apify'] },
  '/w/shop/crawler': { name: 'crawler', dependencies: ['@crawlee/cheerio'] },
  '/w/tools': { name: 'tools', dependencies: ['left-pad'] },
};
const files: ActorFiles = {
  isFile: (path) => path === '/w/plain/.actor/actor.json',
  manifestIn: (folder) => {
    const manifest = PACKAGES[folder];
    return manifest && { name: undefined, main: undefined, scripts: {}, dependencies: [], ...manifest };
  },
  packageFor: () => undefined,
};
const actor = (folder: string): FoundActor => ({ folder, name: folder, entryPoints: [`${folder}/main.js`] });
const meant = (activeFile: string | undefined, known: readonly FoundActor[] = []): readonly string[] =>
  actorsMeant({ activeFile, known, workspaceFolders: ['/w'], files }).map(({ folder }) => folder);

describe('the Actor that a person means', () => {
  it('is the innermost around the active file', () => {
    expect(meant('/w/shop/crawler/src/main.js', [actor('/w/shop'), actor('/w/shop/crawler')])).toEqual([
      '/w/shop/crawler',
    ]);
    expect(meant('/w/shop/src/main.js', [actor('/w/shop'), actor('/w/shop/crawler')])).toEqual(['/w/shop']);
  });

  it('is found on the disk where the analysis does not know it', () => {
    expect(meant('/w/shop/crawler/src/main.js')).toEqual(['/w/shop/crawler']);
    expect(meant('/w/plain/src/main.js')).toEqual(['/w/plain']);
  });

  it('is any of those that there are, where the active file is in none', () => {
    expect(meant('/w/tools/index.js', [actor('/w/shop'), actor('/w/plain')])).toEqual(['/w/shop', '/w/plain']);
    expect(meant(undefined, [actor('/w/shop')])).toEqual(['/w/shop']);
  });

  it('is none outside the workspace, and none where there is none', () => {
    expect(meant('/elsewhere/shop/main.js')).toEqual([]);
    expect(meant('/w/tools/index.js')).toEqual([]);
  });

  it('is not taken for another one whose path begins alike', () => {
    expect(meant('/w/shop-two/main.js', [actor('/w/shop'), actor('/w/plain')])).toEqual(['/w/shop', '/w/plain']);
  });
});
