import { describe, expect, it } from 'vitest';
import { memoryFileSystem, type MemoryEntry } from './memory-file-system.ts';
import { createModuleResolver } from './resolve-module.ts';
import { scanFolder } from './scan.ts';

function resolver(files: Readonly<Record<string, MemoryEntry>>, folder = '/p') {
  return createModuleResolver(scanFolder(folder, memoryFileSystem(files)));
}

describe('a relative import', () => {
  const { resolve } = resolver({
    '/p/src/main.ts': '',
    '/p/src/a.ts': '',
    '/p/src/b.tsx': '',
    '/p/src/c.mts': '',
    '/p/src/d.js': '',
    '/p/src/e/index.ts': '',
    '/p/src/f.service.ts': '',
    '/p/src/g/package.json': '{"main": "lib/start.js"}',
    '/p/src/g/lib/start.js': '',
    '/p/data.json': '{}',
  });
  it.each([
    ['./a', '/p/src/a.ts'],
    ['./a.js', '/p/src/a.ts'],
    ['./a.ts', '/p/src/a.ts'],
    ['./b.js', '/p/src/b.tsx'],
    ['./b.jsx', '/p/src/b.tsx'],
    ['./c.mjs', '/p/src/c.mts'],
    ['./d', '/p/src/d.js'],
    ['./e', '/p/src/e/index.ts'],
    ['./e/', '/p/src/e/index.ts'],
    ['./e/index.js', '/p/src/e/index.ts'],
    ['./f.service', '/p/src/f.service.ts'],
    ['./g', '/p/src/g/lib/start.js'],
    ['../src/a', '/p/src/a.ts'],
    ['../dist/a.js', '/p/src/a.ts'],
    ['./none', undefined],
    ['../data.json', undefined],
    ['fs', undefined],
    ['node:fs', undefined],
    ['lodash/a', undefined],
  ])('%s', (specifier, expected) => {
    expect(resolve(specifier, '/p/src/main.ts')).toBe(expected);
    expect(resolve(specifier, '/p/src/main.ts')).toBe(expected);
  });

  it('finds the index of the folder itself', () => {
    expect(resolve('.', '/p/src/e/x.ts')).toBe('/p/src/e/index.ts');
    expect(resolve('..', '/p/src/e/deep/x.ts')).toBe('/p/src/e/index.ts');
  });

  it('follows a link to where the file was read', () => {
    const linked = resolver({
      '/p/main.js': '',
      '/p/shared': { link: '/s' },
      '/p/x.js': { link: '/s/b.js' },
      '/s/b.js': '',
    });
    expect(linked.resolve('./shared/b.js', '/p/main.js')).toBe('/s/b.js');
    expect(linked.resolve('./x', '/p/main.js')).toBe('/s/b.js');
  });
});

describe('an import through configuration', () => {
  it('takes the path of tsconfig.json that fits best, then its baseUrl', () => {
    const paths = {
      '@/*': ['./src/*'],
      '@/lib/*': ['./none/*', './other/*'],
      'lib/*': ['./other/*'],
      '*': ['./src/lib/*'],
      config: ['./src/config.ts'],
    };
    const { resolve } = resolver({
      '/p/tsconfig.json': JSON.stringify({ compilerOptions: { baseUrl: '.', paths } }),
      '/p/src/a.ts': '',
      '/p/src/config.ts': '',
      '/p/other/x.ts': '',
      '/p/src/lib/lib/x.ts': '',
    });
    expect(resolve('@/a', '/p/src/a.ts')).toBe('/p/src/a.ts');
    expect(resolve('@/lib/x.js', '/p/src/a.ts')).toBe('/p/other/x.ts');
    expect(resolve('lib/x', '/p/src/a.ts')).toBe('/p/other/x.ts');
    expect(resolve('config', '/p/src/a.ts')).toBe('/p/src/config.ts');
    expect(resolve('src/a', '/p/src/a.ts')).toBe('/p/src/a.ts');
    expect(resolve('@/none', '/p/src/a.ts')).toBeUndefined();
  });

  it('takes the imports of package.json', () => {
    const imports = { '#lib/*': { types: './dist/lib/*.d.ts', default: './dist/lib/*.js' }, '#cfg': './src/cfg.js' };
    const { resolve } = resolver({
      '/p/package.json': JSON.stringify({ imports }),
      '/p/src/lib/a.ts': '',
      '/p/src/cfg.js': '',
    });
    expect(resolve('#lib/a', '/p/src/main.ts')).toBe('/p/src/lib/a.ts');
    expect(resolve('#cfg', '/p/src/main.ts')).toBe('/p/src/cfg.js');
    expect(resolve('#none', '/p/src/main.ts')).toBeUndefined();
  });
});

describe('an import of a workspace package', () => {
  const { resolve } = resolver({
    '/p/package.json': '{"name": "root", "workspaces": ["packages/*"]}',
    '/p/packages/a/package.json':
      '{"name": "@x/a", "exports": {".": {"import": "./dist/index.mjs", "require": "./dist/index.js"}, "./sub/*": "./dist/sub/*.js"}}',
    '/p/packages/a/src/index.ts': '',
    '/p/packages/a/src/sub/one.ts': '',
    '/p/packages/b/package.json': '{"name": "b", "main": "build/main.js"}',
    '/p/packages/b/src/main.ts': '',
    '/p/packages/b/lib/deep.js': '',
    '/p/packages/c/package.json': '{"name": "c", "types": "dist/api.d.ts"}',
    '/p/packages/c/src/api.ts': '',
    '/p/packages/old/package.json': '{"name": "d"}',
    '/p/packages/old/index.js': '',
    '/p/packages/new/package.json': '{"name": "d"}',
    '/p/packages/new/index.js': '',
  });
  it.each([
    ['@x/a', '/p/packages/a/src/index.ts'],
    ['@x/a/sub/one', '/p/packages/a/src/sub/one.ts'],
    ['b', '/p/packages/b/src/main.ts'],
    ['b/lib/deep.js', '/p/packages/b/lib/deep.js'],
    ['c', '/p/packages/c/src/api.ts'],
    ['@x/none', undefined],
  ])('%s', (specifier, expected) => {
    expect(resolve(specifier, '/p/packages/b/src/main.ts')).toBe(expected);
  });

  it('takes the nearest of several with one name', () => {
    expect(resolve('d', '/p/packages/new/test/x.js')).toBe('/p/packages/new/index.js');
    expect(resolve('d', '/p/packages/old/test/x.js')).toBe('/p/packages/old/index.js');
  });
});

describe('an SDK', () => {
  it.each([
    ['apify', 'apify'],
    ['apify/log', 'apify'],
    ['crawlee', 'crawlee'],
    ['@crawlee/playwright', 'crawlee'],
    ['apify-client', 'apify-client'],
    ['apify-shared', undefined],
    ['@apify/log', undefined],
    ['./apify', undefined],
  ])('%s is %s', (specifier, special) => {
    expect(resolver({ '/p/a.js': '' }).specialOf(specifier)).toBe(special);
  });

  it('is no file, even where a package of that name is checked out', () => {
    const { resolve } = resolver({ '/p/package.json': '{"name": "apify"}', '/p/index.js': '' });
    expect(resolve('apify', '/p/x.js')).toBeUndefined();
  });
});
