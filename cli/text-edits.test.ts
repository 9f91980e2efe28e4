import { expect, test } from 'vitest';
import type { TextEdit } from '../rules/index.ts';
import { applyEdits, conflict } from './text-edits.ts';

function edit(start: readonly [number, number], end: readonly [number, number], newText: string): TextEdit {
  const [line, character] = start;
  return { file: '/a.js', range: { start: { line, character }, end: { line: end[0], character: end[1] } }, newText };
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

test('edits conflict where they overlap or insert at one place, and not where they touch', () => {
  expect(conflict(edit([0, 0], [0, 5], ''), edit([0, 4], [0, 8], ''))).toBe(true);
  expect(conflict(edit([0, 2], [0, 2], 'async '), edit([0, 2], [0, 2], 'async '))).toBe(true);
  expect(conflict(edit([0, 0], [0, 5], ''), edit([0, 5], [0, 8], ''))).toBe(false);
  expect(conflict(edit([0, 0], [0, 5], ''), { ...edit([0, 0], [0, 5], ''), file: '/b.js' })).toBe(false);
});
