import { expect, test } from 'vitest';
import { canonical, type Json, type Span } from './canonical.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const span: Span = { from: now, to: now + 60_000 };

test.each<[string, Json, Json]>([
  ['whose fields stand in another order', { a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 }],
  ['made at another time', { at: '2026-03-01T12:00:01.000Z' }, { at: '2026-03-01T13:00:30.500+01:00' }],
  ['with that time in milliseconds or seconds', [now + 1, now / 1000 + 1], [now + 30_000, now / 1000 + 30]],
  ['with that time in a sentence', 'done at 2026-03-01T12:00:01Z', 'done at 2026-03-01T12:00:09Z'],
])('values %s are equal', (_, one, other) => {
  expect(canonical(one, span)).toBe(canonical(other, span));
});

test.each<[string, Json, Json]>([
  ['of which one has a day in the past', { day: '2024-01-01' }, { day: '2024-01-02' }],
  ['with another number', { n: 1 }, { n: 2 }],
  ['with another order of a list', [1, 2], [2, 1]],
])('values %s differ', (_, one, other) => {
  expect(canonical(one, span)).not.toBe(canonical(other, span));
});
