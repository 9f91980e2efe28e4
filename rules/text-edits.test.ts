import { array, assert, constantFrom, nat, property, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { TextEdit } from './finding.ts';
import { conflict, EditedText } from './text-edits.ts';

function edit(start: readonly [number, number], end: readonly [number, number], newText: string): TextEdit {
  const [line, character] = start;
  return { file: '/a.js', range: { start: { line, character }, end: { line: end[0], character: end[1] } }, newText };
}

function applyEdits(text: string, ...rounds: (readonly TextEdit[])[]): string {
  const edited = new EditedText(text);
  for (const edits of rounds) edited.apply(edits);
  return edited.text;
}

test('edits are made wherever they stand, in any order', () => {
  const edits = [edit([0, 0], [0, 3], 'const'), edit([1, 0], [1, 0], 'await '), edit([0, 8], [0, 9], '2')];
  expect(applyEdits('let a = 1;\nsave();\n', edits)).toBe('const a = 2;\nawait save();\n');
});

test('positions count UTF-16 units', () => {
  expect(applyEdits("'😀é'; save()", [edit([0, 7], [0, 7], 'await ')])).toBe("'😀é'; await save()");
});

test('inserted lines end as the lines of the file do', () => {
  expect(applyEdits('a;\r\nb;\r\n', [edit([1, 0], [1, 0], 'x;\ny;\r\n')])).toBe('a;\r\nx;\r\ny;\r\nb;\r\n');
  expect(applyEdits('a;\nb;\n', [edit([1, 0], [1, 0], 'x;\r\n')])).toBe('a;\nx;\nb;\n');
});

test('a lone carriage return ends a line, too', () => {
  expect(applyEdits('a;\rb;', [edit([1, 0], [1, 0], 'await ')])).toBe('a;\rawait b;');
});

test('of two edits at one place the first one comes first', () => {
  expect(applyEdits('a;', [edit([0, 0], [0, 0], 'x;'), edit([0, 0], [0, 0], 'y;'), edit([0, 0], [0, 1], 'b')])).toBe(
    'x;y;b;',
  );
});

test('rounds of edits are as good as the one round that they come to', () => {
  const line = string({ unit: constantFrom('a', 'b', '\n', '\r\n', '😀'), maxLength: 12 });
  const round = array(tuple(nat(9), nat(9), line), { maxLength: 3 });
  assert(
    property(line, array(round, { maxLength: 3 }), (original, rounds) => {
      const edited = new EditedText(original);
      for (const places of rounds) {
        const { length } = edited.text.split(/\r\n|\n|\r/)[0] ?? '';
        let from = 0;
        const edits = places.map(([gap, size, newText]) => {
          const start = Math.min(from + gap, length);
          from = Math.min(start + size, length);
          return edit([0, start], [0, from], newText);
        });
        edited.apply(edits);
      }
      const again = new EditedText(original);
      again.apply(edited.edits().map((each) => ({ ...each, file: '/a.js' })));
      expect(again.text).toBe(edited.text);
    }),
  );
});

test('text that no round touches is in no edit', () => {
  const edited = new EditedText('a;\nsave();\nb;\n');
  edited.apply([edit([1, 0], [1, 0], 'await ')]);
  edited.apply([edit([1, 6], [1, 10], 'keep'), edit([2, 0], [2, 0], 'x;\n')]);
  expect(edited.text).toBe('a;\nawait keep();\nx;\nb;\n');
  expect(edited.edits()).toEqual([
    { range: edit([1, 0], [1, 4], '').range, newText: 'await keep' },
    { range: edit([2, 0], [2, 0], '').range, newText: 'x;\n' },
  ]);
});

test('edits conflict where they overlap or insert at one place, and not where they touch', () => {
  expect(conflict(edit([0, 0], [0, 5], ''), edit([0, 4], [0, 8], ''))).toBe(true);
  expect(conflict(edit([0, 2], [0, 2], 'async '), edit([0, 2], [0, 2], 'async '))).toBe(true);
  expect(conflict(edit([0, 0], [0, 5], ''), edit([0, 5], [0, 8], ''))).toBe(false);
  expect(conflict(edit([0, 0], [0, 5], ''), { ...edit([0, 0], [0, 5], ''), file: '/b.js' })).toBe(false);
});
