import { wordsOf } from '../../sdk/words.ts';

/** How two keys differ that are meant to be one: in case and separators alone, or by one slip of a finger. */
export type Difference = 'spelling' | 'slip';

/** Shorter words are too often one letter apart on purpose. */
const SHORTEST_KEY = 6;
const SHORTEST_WORD = 4;

/** What makes two keys look like one; `undefined` where they are plainly two. */
export function differenceOf(a: string, b: string): Difference | undefined {
  if (a === b) return undefined;
  if (spelled(a) === spelled(b)) return spelled(a) === '' ? undefined : 'spelling';
  return a.length >= SHORTEST_KEY && b.length >= SHORTEST_KEY && isSlip(a, b) ? 'slip' : undefined;
}

/** A key without what people write now so, now so. */
function spelled(key: string): string {
  return wordsOf(key).join('');
}

/** One word of the two keys differs, by one letter: `LIST-A` and `LIST-B` are two keys, `page1` and `page2` too. */
function isSlip(a: string, b: string): boolean {
  const [wordsOfA, wordsOfB] = [wordsOf(a), wordsOf(b)];
  if (wordsOfA.length !== wordsOfB.length) return false;
  const pairs = wordsOfA.map((word, index) => [word, wordsOfB[index] ?? ''] as const);
  const [pair, ...others] = pairs.filter(([left, right]) => left !== right);
  if (pair === undefined || others.length > 0) return false;
  const [left, right] = pair;
  return Math.min(left.length, right.length) >= SHORTEST_WORD && isOneLetterApart(left, right);
}

/** A letter too many, another one, or two that have changed places. */
function isOneLetterApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  const [restOfShort, restOfLong] = [short.slice(start), long.slice(start)];
  if (short.length !== long.length) return restOfShort === restOfLong.slice(1);
  const isOther = restOfShort.slice(1) === restOfLong.slice(1);
  return isOther || swapped(restOfShort) === restOfLong;
}

function swapped(text: string): string {
  return `${text.charAt(1)}${text.charAt(0)}${text.slice(2)}`;
}
