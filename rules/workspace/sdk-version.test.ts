import { describe, expect, it } from 'vitest';
import { memoryFileSystem } from './memory-file-system.ts';
import { parsePackageJson } from './package-json.ts';
import { textReader } from './read-text.ts';
import { sdkFromImports, sdkOf } from './sdk-version.ts';

function sdk(dependencies: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  const text = JSON.stringify({ dependencies });
  const fs = memoryFileSystem({ '/r/.git/HEAD': '', '/r/a/package.json': text, ...files });
  const { manifest } = parsePackageJson('/r/a/package.json', text);
  return sdkOf({ root: '/r/a', manifest }, fs, textReader(fs));
}

const importer = (path: string, version: string) =>
  `  ${path}:\n    dependencies:\n      apify:\n        specifier: x\n        version: ${version}\n\n`;

describe('the SDK of a package', () => {
  it('is what is installed, in the package or above it', () => {
    const installed = '{"name": "apify", "version": "3.2.6"}';
    const expected = { package: 'apify', version: '3.2.6', generation: 3, from: 'installed' };
    expect(sdk({ apify: '^3.0.0' }, { '/r/a/node_modules/apify/package.json': installed })).toEqual(expected);
    expect(sdk({ apify: '^3.0.0' }, { '/r/node_modules/apify/package.json': installed })).toEqual(expected);
  });

  it('is not what is installed further up for another package', () => {
    const installed = '{"name": "apify", "version": "3.2.6"}';
    const above = { '/r/node_modules/apify/package.json': installed };
    expect(sdk({ apify: '^2.0.0' }, above)).toMatchObject({ version: '2.0.0', from: 'range' });
    const beside = { '/r/a/node_modules/apify/package.json': installed };
    expect(sdk({ apify: '^2.0.0' }, beside)).toMatchObject({ version: '3.2.6', from: 'installed' });
  });

  it.each([
    ['package-lock.json', '{"lockfileVersion": 1, "dependencies": {"apify": {\n "version": "3.1.7"}}}'],
    [
      'package-lock.json',
      '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"apify": "^3.0.0"}}, "node_modules/apify": {\n "version": "3.1.7"}}}',
    ],
    ['yarn.lock', 'apify@^2.0.0:\n  version "2.3.2"\n\napify@^3.0.0, apify@^3.1.0:\n  version "3.1.7"\n'],
    ['yarn.lock', '"@apify/x@npm:1":\n  version: 1.0.0\n\n"apify@npm:^3.0.0":\n  version: 3.1.7\n'],
    [
      'pnpm-lock.yaml',
      'importers:\n\n  .:\n    dependencies:\n      apify:\n        specifier: ^3.0.0\n        version: 3.1.7(x@1)\n\n  b:\n    dependencies:\n      apify:\n        specifier: ^2\n        version: 2.0.0\n',
    ],
    ['pnpm-lock.yaml', 'lockfileVersion: 5.4\n\nspecifiers:\n  apify: ^3.0.0\n\ndependencies:\n  apify: 3.1.7_x@1\n'],
    ['bun.lock', '{"packages": {"apify": ["apify@3.1.7", "", {}]}}'],
  ])('is what %s fixes: %j', (name, text) => {
    const expected = { package: 'apify', version: '3.1.7', generation: 3, from: 'lock file' };
    expect(sdk({ apify: '^3.0.0' }, { [`/r/a/${name}`]: text })).toEqual(expected);
  });

  it("is the package's own entry in a lock file that it shares", () => {
    const npm =
      '{"packages": {"node_modules/apify": {"version": "3.0.0"}, "a/node_modules/apify": {"version": "3.1.7"}}}';
    expect(sdk({ apify: '^3.0.0' }, { '/r/package-lock.json': npm })?.version).toBe('3.1.7');
    const pnpm = `importers:\n\n${importer('.', '2.0.0')}${importer('a', '3.1.7')}${importer('b', '3.9.9')}packages:\n`;
    expect(sdk({ apify: '^3.0.0' }, { '/r/pnpm-lock.yaml': pnpm })?.version).toBe('3.1.7');
  });

  it('is not that of a lock file that was left behind', () => {
    const lock = '{"dependencies": {"apify": {"version": "1.2.1"}}}';
    expect(sdk({ apify: '^2.0.6' }, { '/r/a/package-lock.json': lock })).toMatchObject({
      version: '2.0.6',
      from: 'range',
    });
  });

  it.each([
    ['^0.22.4', '0.22.4', 0],
    ['~1.3', '1.3.0', 1],
    ['2.x', '2.0.0', 2],
    ['^3.1.0 || ^4.0.0-beta.0', '3.1.0', 3],
    ['npm:apify@^3.0.2', '3.0.2', 3],
    ['4.0.0-beta.12', '4.0.0-beta.12', 4],
    ['latest', undefined, undefined],
    ['*', undefined, undefined],
    ['', undefined, undefined],
    ['git+ssh://git@github.com/apify/apify-js.git', undefined, undefined],
  ])('is the lowest of the range %j', (range, version, generation) => {
    expect(sdk({ apify: range })).toEqual({ package: 'apify', version, generation, from: 'range' });
  });

  it('is of generation 3 beside Crawlee, whatever `latest` is', () => {
    expect(sdk({ apify: 'latest', crawlee: '*' })).toMatchObject({ package: 'apify', generation: 3 });
  });

  it('is Crawlee without apify, also in parts', () => {
    expect(sdk({ crawlee: '^3.5.0' })).toMatchObject({ package: 'crawlee', version: '3.5.0', generation: 3 });
    expect(sdk({ '@crawlee/http': '^3.5.0' })).toMatchObject({ package: 'crawlee', version: '3.5.0' });
    expect(sdk({ express: '4' })).toBeUndefined();
  });

  it('is that of a package above where its own names none', () => {
    expect(sdk({}, { '/r/package.json': '{"dependencies": {"apify": "^2.0.0"}}' })).toMatchObject({ version: '2.0.0' });
  });
});

describe('the SDK that code imports', () => {
  it('is told by the way of its import', () => {
    expect(sdkFromImports(["import { Actor } from 'apify';"])).toMatchObject({
      package: 'apify',
      generation: 3,
      from: 'import',
    });
    expect(sdkFromImports(["const Apify = require('apify'); Apify.main(f)"])).toMatchObject({
      package: 'apify',
      generation: 2,
    });
    expect(sdkFromImports(["import { CheerioCrawler } from '@crawlee/cheerio';"])).toMatchObject({
      package: 'crawlee',
      generation: 3,
    });
    expect(sdkFromImports(['apify()'])).toBeUndefined();
  });
});
