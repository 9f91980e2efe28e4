import { describe, expect, it } from 'vitest';
import type { Range, TextEdit } from '../rules/index.ts';
import { intersects, safeEdits, toWorkspaceEdit } from './fix-edits.ts';
import { finding } from './testing/fake-engine.ts';

function range(from: number, to: number): Range {
  return { start: { line: 0, character: from }, end: { line: 0, character: to } };
}

function edit(from: number, to: number, newText = 'x'): TextEdit {
  return { file: '/a.js', range: range(from, to), newText };
}

const safe = { id: 'safe', title: '', kind: 'quickfix', safe: true } as const;
const unsafe = { ...safe, id: 'unsafe', safe: false } as const;

describe('fixing all at once', () => {
  it('takes the first safe fix of each finding, and none of those that are not safe', () => {
    const findings = [finding('/a.js', { fixes: [unsafe, safe] }), finding('/a.js', { fixes: [unsafe] })];
    const built: string[] = [];
    safeEdits(findings, (_, id) => {
      built.push(id);
      return [];
    });
    expect(built).toEqual(['safe']);
  });

  it('leaves out a whole fix when one of its edits touches another fix', () => {
    const first = finding('/a.js', { fixes: [safe], message: 'first' });
    const second = finding('/a.js', { fixes: [safe], message: 'second' });
    const edits = safeEdits([first, second], (of) => (of === first ? [edit(0, 4)] : [edit(4, 6), edit(9, 9)]));
    expect(edits).toEqual([edit(0, 4)]);
  });

  it('passes over a fix that cannot be built', () => {
    expect(safeEdits([finding('/a.js', { fixes: [safe] })], () => undefined)).toEqual([]);
  });
});

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
