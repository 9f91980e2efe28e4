/** The same choice for the same seed, on every machine: what is seldom wrong must not come and go. */
export function sampleOf<T>(all: readonly T[], count: number, seed: string): readonly T[] {
  const next = numbersOf(seed);
  return all
    .map((each) => ({ each, order: next() }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ each }) => each);
}

/** Mulberry32 on a hash of the seed. */
function numbersOf(seed: string): () => number {
  let state = 0;
  for (const character of seed)
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x9e_37_79_b1) ^ (state >>> 15);
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
