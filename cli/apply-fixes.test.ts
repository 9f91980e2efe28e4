import { expect, test } from 'vitest';
import { EditedText, type Analysis, type Finding, type TextEdit } from '../rules/index.ts';
import { applyFixes, type SourceFiles } from './apply-fixes.ts';
import { finding } from './fakes/reports.ts';

/** A workspace whose rule wants `await` before every `save()`, and whose fix makes `f` async the first time. */
class AwaitingWorkspace {
  readonly disk: Record<string, string>;
  readonly documents = new Map<string, string>();
  readonly written: string[] = [];
  safe = true;
  endless = false;
  readOnly: readonly string[] = [];

  constructor(disk: Record<string, string>) {
    this.disk = disk;
  }

  analyse(): Promise<Analysis> {
    const findings = Object.keys(this.disk).flatMap((file) =>
      [...this.#text(file).matchAll(/(?<!await )save\(\)/g)].map((match) => {
        const start = { line: 0, character: match.index };
        return finding({
          file,
          range: { start, end: start },
          fixes: [{ id: 'a', title: '', kind: 'quickfix', safe: this.safe }],
        });
      }),
    );
    return Promise.resolve({
      actors: [],
      findings,
      suppressed: [],
      unfixed: [],
      notices: [],
      files: Object.keys(this.disk),
    });
  }

  edit({ file, range }: Finding): readonly TextEdit[] {
    if (this.endless) return [{ file, range: { start: range.start, end: range.start }, newText: ' ' }];
    const at = { line: 0, character: 0 };
    const makeAsync = { file, range: { start: at, end: at }, newText: 'async ' };
    return [...(this.#text(file).startsWith('async ') ? [] : [makeAsync]), { file, range, newText: 'await ' }];
  }

  setDocument(file: string, text: string): void {
    this.documents.set(file, text);
  }

  closeDocument(file: string): void {
    this.documents.delete(file);
  }

  filesChanged(): void {}

  get files(): SourceFiles {
    return {
      read: (path) => {
        const text = this.disk[path];
        if (text === undefined || text.includes('latin')) return 'it is not written in UTF-8';
        return {
          path,
          text: text.replace(/^\uFEFF/, ''),
          bytes: new Uint8Array(),
          hasByteOrderMark: text.startsWith('\uFEFF'),
        };
      },
      write: ({ path }, text) => {
        if (this.readOnly.includes(path)) return 'it may not be written';
        this.written.push(path);
        this.disk[path] = text;
        return undefined;
      },
    };
  }

  #text(file: string): string {
    return this.documents.get(file) ?? this.disk[file] ?? '';
  }
}

function fix(
  workspace: AwaitingWorkspace,
  mayChange = (_file: string): boolean => true,
): ReturnType<typeof applyFixes> {
  return applyFixes(workspace, {}, mayChange, workspace.files);
}

test('fixes round after round, and writes each file once', async () => {
  const workspace = new AwaitingWorkspace({ '/a.js': '() => { save(); save(); save(); }', '/b.js': 'b()' });
  const { fixes, files, analysis } = await fix(workspace);
  expect(workspace.disk['/a.js']).toBe('async () => { await save(); await save(); await save(); }');
  expect({ fixes, files, written: workspace.written }).toEqual({ fixes: 3, files: ['/a.js'], written: ['/a.js'] });
  expect(analysis.findings).toEqual([]);
  expect(workspace.documents.size).toBe(0);
});

test('leaves fixes alone that are not safe', async () => {
  const workspace = new AwaitingWorkspace({ '/a.js': 'save()' });
  workspace.safe = false;
  expect(await fix(workspace)).toMatchObject({ fixes: 0, files: [], analysis: { findings: [{ file: '/a.js' }] } });
  expect(workspace.written).toEqual([]);
});

test('changes nothing outside what was asked for', async () => {
  const workspace = new AwaitingWorkspace({ '/a.js': 'save()', '/b.js': 'save()' });
  await fix(workspace, (file) => file === '/b.js');
  expect(workspace.disk).toEqual({ '/a.js': 'save()', '/b.js': 'async await save()' });
});

test('gives up on fixes that never come to rest', async () => {
  const workspace = new AwaitingWorkspace({ '/a.js': 'save()' });
  workspace.endless = true;
  expect((await fix(workspace)).fixes).toBe(10);
});

test('what cannot be written keeps its findings, and is said', async () => {
  const workspace = new AwaitingWorkspace({ '/a.js': 'save()', '/b.js': 'save()' });
  workspace.readOnly = ['/a.js'];
  expect(await fix(workspace)).toMatchObject({
    fixes: 1,
    files: ['/b.js'],
    failures: [{ file: '/a.js', reason: 'it may not be written' }],
    analysis: { findings: [{ file: '/a.js' }] },
  });
});

test('what is not UTF-8 is not rewritten', async () => {
  const workspace = new AwaitingWorkspace({ '/a.js': "save() // 'latin'" });
  expect(await fix(workspace)).toMatchObject({
    fixes: 0,
    failures: [{ file: '/a.js', reason: 'it is not written in UTF-8' }],
  });
});

test('a byte order mark does not shift what is edited', async () => {
  const workspace = new AwaitingWorkspace({ '/a.js': '\uFEFF() => save()' });
  await fix(workspace);
  expect(workspace.disk['/a.js']).toBe('async () => await save()');
});

test('the edits of one fix do not conflict in the made-up workspace', () => {
  const edits = new AwaitingWorkspace({ '/a.js': '() => save()' }).edit(finding({ file: '/a.js' }));
  const text = new EditedText('() => save()');
  text.apply(edits);
  expect(text.text).toContain('async');
});
