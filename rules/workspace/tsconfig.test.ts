import { describe, expect, it } from 'vitest';
import { memoryFileSystem } from './memory-file-system.ts';
import { textReader } from './read-text.ts';
import { readTsconfig } from './tsconfig.ts';

const read = (files: Readonly<Record<string, string>>) =>
  readTsconfig('/p/tsconfig.json', textReader(memoryFileSystem(files)));

describe('tsconfig.json', () => {
  it('is read with comments, and with absolute paths', () => {
    const text = `{ // ours
      "compilerOptions": { "outDir": "./dist/", "rootDir": "src", "baseUrl": ".", "jsx": "react-jsx", "paths": { "~/*": ["./src/*"] }, }
    }`;
    expect(read({ '/p/tsconfig.json': text })).toEqual({
      file: '/p/tsconfig.json',
      baseUrl: '/p',
      paths: new Map([['~/*', ['/p/src/*']]]),
      outDir: '/p/dist',
      rootDir: '/p/src',
      jsx: 'react-jsx',
    });
  });

  it('takes from what it extends, relative to where it is written', () => {
    const config = read({
      '/p/tsconfig.json': '{"extends": ["@apify/tsconfig", "../base"], "compilerOptions": {"outDir": "out"}}',
      '/base.json':
        '{"compilerOptions": {"outDir": "dist", "baseUrl": "shared", "paths": {"x": ["x"], "${configDir}": ["${configDir}/y"]}}}',
    });
    expect(config).toMatchObject({ outDir: '/p/out', baseUrl: '/shared' });
    expect(config.paths.get('x')).toEqual(['/shared/x']);
    expect(config.paths.get('${configDir}')).toEqual(['/p/y']);
  });

  it.each([
    ['missing', {}],
    ['broken', { '/p/tsconfig.json': '{{' }],
    ['extending what is not there', { '/p/tsconfig.json': '{"extends": "./none.json"}' }],
    ['extending itself', { '/p/tsconfig.json': '{"extends": "./tsconfig.json"}' }],
    ['of wrong kinds', { '/p/tsconfig.json': '{"extends": 3, "compilerOptions": {"paths": ["a"], "outDir": 3}}' }],
  ])('counts as empty when %s', (_, files: Readonly<Record<string, string>>) => {
    expect(read(files)).toEqual({
      file: '/p/tsconfig.json',
      baseUrl: undefined,
      paths: new Map(),
      outDir: undefined,
      rootDir: undefined,
      jsx: undefined,
    });
  });
});
