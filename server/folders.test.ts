import { describe, expect, it } from 'vitest';
import { FolderAnalysis } from './folder-analysis.ts';
import { Folders } from './folders.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { FakeEngine } from './testing/fake-engine.ts';

function folders(packageOf: (file: string) => string | undefined = () => undefined) {
  const removed: string[] = [];
  const all = new Folders({
    create: (folder) =>
      new FolderAnalysis(folder, {
        open: async () => new FakeEngine(),
        actorAround: () => undefined,
        openActor: async () => new FakeEngine(),
        texts: () => [],
        settings: async () => DEFAULT_SETTINGS,
        toDiagnostic: () => {
          throw new Error('nothing is found here');
        },
        owns: () => true,
        onState: () => undefined,
        onReports: () => undefined,
        onError: () => undefined,
      }),
    onRemoved: ({ folder }) => removed.push(folder),
    packageOf,
  });
  return { all, removed };
}

describe('the folder of a file', () => {
  it('is the innermost that is open', () => {
    const { all } = folders();
    all.add('/a');
    all.add('/a/b');
    expect(all.of('/a/b/main.js')?.folder).toBe('/a/b');
    expect(all.of('/a/bc/main.js')?.folder).toBe('/a');
    expect(all.of('/c/main.js')).toBeUndefined();
  });

  it('reads a file together with every folder around it', () => {
    const { all } = folders();
    all.add('/a');
    all.add('/a/b');
    expect(all.reading('/a/b/main.js').map(({ folder }) => folder)).toEqual(['/a', '/a/b']);
  });

  it('outside the workspace is its package, until the last of its files is closed', () => {
    const { all, removed } = folders(() => '/p');
    all.opened('/p/one.js');
    all.opened('/p/two.js');
    expect(all.of('/p/one.js')?.folder).toBe('/p');
    all.closed('/p/one.js');
    expect(removed).toEqual([]);
    all.closed('/p/two.js');
    expect(removed).toEqual(['/p']);
    expect(all.of('/p/one.js')).toBeUndefined();
  });

  it('stays the same when the package becomes a folder of the workspace', () => {
    const { all, removed } = folders(() => '/p');
    all.opened('/p/one.js');
    const analysis = all.of('/p/one.js');
    all.add('/p');
    all.closed('/p/one.js');
    expect(all.of('/p/one.js')).toBe(analysis);
    expect(removed).toEqual([]);
  });

  it('is none for a file without a package', () => {
    const { all } = folders();
    all.opened('/loose/one.js');
    expect(all.all()).toEqual([]);
  });
});
