import { describe, expect, it } from 'vitest';
import type { Range, TextEdit } from '../rules/index.ts';
import { intersects, toWorkspaceEdit } from './fix-edits.ts';

function range(from: number, to: number): Range {
  return { start: { line: 0, character: from }, end: { line: 0, character: to } };
}

function edit(from: number, to: number, newText = 'x'): TextEdit {
  return { file: '/a.js', range: range(from, to), newText };
}

describe('an edit for the client', () => {
  const documents = {
    uriOf: (file: string) => `file://${file}`,
    versionOf: (file: string) => (file === '/a.js' ? 3 : undefined),
  };

  it('is bound to the version of an open file, and to none of one that is not open', () => {
    const edits = [edit(0, 1), { ...edit(0, 1), file: '/b.js' }, edit(4, 5)];
    expect(toWorkspaceEdit(edits, documents, { versionedEdits: true })).toEqual({
      documentChanges: [
        {
          textDocument: { uri: 'file:///a.js', version: 3 },
          edits: [
            { range: range(0, 1), newText: 'x' },
            { range: range(4, 5), newText: 'x' },
          ],
        },
        { textDocument: { uri: 'file:///b.js', version: null }, edits: [{ range: range(0, 1), newText: 'x' }] },
      ],
    });
  });

  it('is plain for a client that knows no versions', () => {
    expect(toWorkspaceEdit([edit(0, 1)], documents, { versionedEdits: false })).toEqual({
      changes: { 'file:///a.js': [{ range: range(0, 1), newText: 'x' }] },
    });
  });
});

describe('two ranges', () => {
  it.each([
    [range(0, 3), range(3, 5), true],
    [range(0, 3), range(4, 5), false],
    [range(2, 2), range(0, 5), true],
  ])('%j and %j share a position: %s', (one, other, shared) => {
    expect(intersects(one, other)).toBe(shared);
    expect(intersects(other, one)).toBe(shared);
  });
});
