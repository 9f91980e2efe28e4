import { describe, expect, it } from 'vitest';
import { memoryFileSystem, type MemoryEntry } from './memory-file-system.ts';
import { scanFolder } from './scan.ts';

const scan = (files: Readonly<Record<string, MemoryEntry>>, folder = '/p') =>
  scanFolder(folder, memoryFileSystem(files));
const ACTOR = '{"name": "a", "dependencies": {"apify": "^3.0.0"}}';

const sources = (files: Readonly<Record<string, string>>) => scan(files).sources;

describe('the sources of a folder', () => {
  it('are JavaScript and TypeScript that people write', () => {
    const names = [
      'a.js',
      'b.mjs',
      'c.cjs',
      'd.jsx',
      'e.ts',
      'f.mts',
      'g.cts',
      'h.tsx',
      'i.test.js',
      'lib/k.js',
      'test/j.js',
    ];
    const others = ['x.d.ts', 'x.min.js', 'x.json', '.eslintrc.js', 'x.css'];
    const files = Object.fromEntries([...names, ...others].map((name) => [`/p/${name}`, '']));
    expect(scan(files).sources).toEqual(names.map((name) => `/p/${name}`));
  });

  it('are not those of dependencies, tools, hidden folders and storages', () => {
    const folders = [
      'node_modules/x',
      '.git',
      '.cache',
      'coverage',
      'storage/key_value_stores/default',
      'apify_storage/datasets',
    ];
    const files = Object.fromEntries(folders.map((folder) => [`/p/${folder}/a.js`, '']));
    expect(
      scan({ ...files, '/p/src/main.js': '', '/p/src/storage/index.js': '', '/p/.actor/hook.js': '' }).sources,
    ).toEqual(['/p/.actor/hook.js', '/p/src/main.js', '/p/src/storage/index.js']);
  });

  it('are not what a build makes of them', () => {
    expect(sources({ '/p/src/main.js': '', '/p/dist/main.js': '' })).toEqual(['/p/src/main.js']);
    expect(sources({ '/p/tsconfig.json': '{}', '/p/lib/a.ts': '', '/p/dist/a.js': '' })).toEqual(['/p/lib/a.ts']);
    expect(sources({ '/p/main.ts': '', '/p/build/main.js': '' })).toEqual(['/p/main.ts']);
    expect(sources({ '/p/main.ts': '', '/p/main.js': '', '/p/other.js': '' })).toEqual(['/p/main.ts', '/p/other.js']);
    const tsconfig = '{"compilerOptions": {"outDir": "lib"}}';
    expect(sources({ '/p/tsconfig.json': tsconfig, '/p/src/a.ts': '', '/p/lib/a.js': '' })).toEqual(['/p/src/a.ts']);
  });

  it('are in dist where there is nothing else', () => {
    expect(scan({ '/p/package.json': ACTOR, '/p/dist/main.js': '' }).sources).toEqual(['/p/dist/main.js']);
  });

  it('keep the byte order mark and the line ends of their text', () => {
    expect(scan({ '/p/a.js': '\uFEFFa;\r\n' }).texts.get('/p/a.js')).toBe('\uFEFFa;\r\n');
  });
});

const reasons = (files: Readonly<Record<string, MemoryEntry>>, folder = '/p') =>
  scan(files, folder).notices.map((notice) => `${notice.file}: ${notice.reason}`);

describe('what cannot be analysed is named', () => {
  it('for a large file, and for long lines', () => {
    const bundle = `${'a'.repeat(1000)};\n`.repeat(300);
    expect(reasons({ '/p/big.js': ' '.repeat(5 * 1024 * 1024), '/p/bundle.js': bundle })).toEqual([
      '/p/big.js: skipped: 5.0 MB, looks like a bundle; the source that it was built from is what to check',
      '/p/bundle.js: skipped: 0.3 MB, looks like a bundle; the source that it was built from is what to check',
    ]);
    expect(reasons({ '/p/long.js': 'const a = 1;\n'.repeat(30_000) })).toEqual([]);
    expect(reasons({ '/p/small.js': 'a'.repeat(10_000) })).toEqual([]);
  });

  it('for binary data', () => {
    expect(reasons({ '/p/a.js': new Uint8Array([1, 0, 2]) })[0]).toMatch(/^\/p\/a\.js: skipped: it holds binary data/);
  });

  it('for what may not be read', () => {
    const files = {
      '/p/a.js': { unreadable: 'permission denied' },
      '/p/src': { unreadable: 'permission denied' },
      '/p/b.js': '',
    };
    expect(reasons(files)).toEqual([
      '/p/a.js: cannot be read: permission denied',
      '/p/src: cannot be read: permission denied',
    ]);
    expect(scan(files).sources).toEqual(['/p/b.js']);
  });

  it('for a broken package.json, and its folder is still a package', () => {
    const broken = scan({ '/p/package.json': '{"name": "a" "main"', '/p/main.js': '' });
    expect(broken.notices).toHaveLength(1);
    expect(broken.packages.map((found) => [found.root, found.manifest.name])).toEqual([['/p', 'a']]);
  });

  it('for what does not exist, is no source, or is built', () => {
    const files = { '/p/package.json': ACTOR, '/p/src/main.js': '', '/p/dist/main.js': '', '/p/README.md': '' };
    expect(reasons(files, '/p/none')).toEqual(['/p/none: cannot be read: it does not exist']);
    expect(reasons(files, '/p/README.md')).toEqual(['/p/README.md: skipped: it is no JavaScript or TypeScript source']);
    expect(reasons(files, '/p/dist/main.js')).toEqual([
      '/p/dist/main.js: skipped: a build fills dist; check the source instead',
    ]);
    expect(reasons(files, '/p/src/main.js')).toEqual([]);
    // What a compiler puts beside the source makes its folder no output.
    const beside = { ...files, '/p/tsconfig.json': '{"compilerOptions": {"outDir": "."}}' };
    expect(reasons(beside, '/p/README.md')).toEqual([
      '/p/README.md: skipped: it is no JavaScript or TypeScript source',
    ]);
  });
});

describe('links', () => {
  it('that lead in a circle end', () => {
    const files = {
      '/p/src/main.js': '',
      '/p/src/up': { link: '/p' },
      '/p/x': { link: '/p/y' },
      '/p/y': { link: '/p/x' },
    };
    expect(scan(files).sources).toEqual(['/p/src/main.js']);
  });

  it('that lead out are followed once, and not above the folder', () => {
    const files = {
      '/p/main.js': '',
      '/p/a': { link: '/s' },
      '/p/b': { link: '/s' },
      '/s/s.js': '',
      '/s/back': { link: '/' },
      '/s/loop': { link: '/s' },
      '/other.js': '',
    };
    expect(scan(files).sources).toEqual(['/p/main.js', '/s/s.js']);
  });
});

describe('a part of an Actor', () => {
  const files = {
    '/r/.git/HEAD': '',
    '/r/p/package.json': ACTOR,
    '/r/p/src/main.js': '',
    '/r/p/lib/x.js': '',
    '/r/other.js': '',
  };

  it('is read with the rest of it', () => {
    for (const asked of ['/r/p/src', '/r/p/src/main.js', '/r/p/', '/r/p']) {
      expect(scan(files, asked).sources).toEqual(['/r/p/lib/x.js', '/r/p/src/main.js']);
    }
    expect(scan(files, '/r/p/src/').asked).toBe('/r/p/src');
  });

  it('is read alone where the package above is none of an Actor, or beyond the repository', () => {
    expect(scan({ '/package.json': '{"name": "home"}', '/x/a.js': '', '/y.js': '' }, '/x').sources).toEqual([
      '/x/a.js',
    ]);
    expect(scan({ '/package.json': ACTOR, '/r/.git/HEAD': '', '/r/x/a.js': '', '/y.js': '' }, '/r/x').sources).toEqual([
      '/r/x/a.js',
    ]);
  });

  it('is read with the workspace packages that it needs, and only these', () => {
    const monorepo = {
      '/r/.git/HEAD': '',
      '/r/pnpm-workspace.yaml': 'packages: ["actors/*", "packages/**"]',
      '/r/actors/a/package.json': '{"name": "a", "dependencies": {"apify": "3", "@x/one": "workspace:*"}}',
      '/r/actors/a/main.js': '',
      '/r/actors/b/package.json': '{"name": "b"}',
      '/r/actors/b/main.js': '',
      '/r/packages/one/package.json': '{"name": "@x/one", "dependencies": {"@x/two": "*"}}',
      '/r/packages/one/index.js': '',
      '/r/packages/deep/two/package.json': '{"name": "@x/two", "dependencies": {"@x/one": "*"}}',
      '/r/packages/deep/two/index.js': '',
      '/r/packages/three/package.json': '{"name": "@x/three"}',
      '/r/packages/three/index.js': '',
    };
    expect(scan(monorepo, '/r/actors/a').sources).toEqual([
      '/r/actors/a/main.js',
      '/r/packages/deep/two/index.js',
      '/r/packages/one/index.js',
    ]);
  });
});
