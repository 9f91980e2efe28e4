import { describe, expect, it } from 'vitest';
import { memoryFileSystem } from './memory-file-system.ts';
import { expandPatterns, foldersAbove, isInside } from './scope.ts';

describe('the folders that workspace patterns name', () => {
  const fs = memoryFileSystem({
    '/p/packages/a/index.js': '',
    '/p/packages/group/b/index.js': '',
    '/p/packages/node_modules/x/index.js': '',
    '/p/tools/index.js': '',
  });
  it.each([
    [['packages/*'], ['/p/packages/a', '/p/packages/group']],
    [['./packages/a/'], ['/p/packages/a']],
    [['packages/**'], ['/p/packages', '/p/packages/a', '/p/packages/group', '/p/packages/group/b']],
    [['packages/*', '!packages/group'], ['/p/packages/a']],
    [
      ['pack*/{a,c}', 'tools'],
      ['/p/packages/a', '/p/tools'],
    ],
    [['none/*'], []],
  ])('%j', (patterns, folders) => {
    expect(expandPatterns('/p', patterns, fs).toSorted()).toEqual(folders);
  });
});

describe('the folders above', () => {
  it('end with the repository, else at the top', () => {
    expect(foldersAbove('/a/r/b/c', memoryFileSystem({ '/a/r/.git/HEAD': '' }))).toEqual(['/a/r/b', '/a/r']);
    expect(foldersAbove('/a/b', memoryFileSystem({}))).toEqual(['/a', '/']);
    expect(foldersAbove('/r', memoryFileSystem({ '/r/.git/HEAD': '' }))).toEqual([]);
  });
});

describe('inside a folder', () => {
  it('is the folder and what is below it, not what begins with its name', () => {
    expect([isInside('/a/b', '/a'), isInside('/a', '/a'), isInside('/a', '/'), isInside('/ab', '/a')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
