import { describe, expect, it } from 'vitest';
import { relevantPaths } from './watched-files.ts';

const CHANGED = 2;
const DELETED = 3;

describe('what the watchers tell', () => {
  it.each([
    '/a/src/main.ts',
    '/a/src/page.jsx',
    '/a/main.mjs',
    '/a/package.json',
    '/a/pnpm-lock.yaml',
    '/a/tsconfig.build.json',
    '/a/.actor/actor.json',
    '/a/Dockerfile',
    '/a/node_modules/apify/package.json',
    '/a/node_modules/@crawlee/core/package.json',
  ])('matters when it is %s', (file) => {
    expect(relevantPaths([{ uri: `file://${file}`, type: CHANGED }])).toEqual([file]);
  });

  it.each(['/a/README.md', '/a/node_modules/apify/index.js', '/a/node_modules/left-pad/package.json', '/a/.git/index'])(
    'does not matter when it is %s',
    (file) => {
      expect(relevantPaths([{ uri: `file://${file}`, type: CHANGED }])).toEqual([]);
    },
  );

  it('matters when a folder is gone, but not when one has changed', () => {
    expect(relevantPaths([{ uri: 'file:///a/src', type: DELETED }])).toEqual(['/a/src']);
    expect(relevantPaths([{ uri: 'file:///a/src', type: CHANGED }])).toEqual([]);
  });

  it('is passed over when it is no file of this machine', () => {
    expect(relevantPaths([{ uri: 'untitled:main.js', type: CHANGED }])).toEqual([]);
  });
});
