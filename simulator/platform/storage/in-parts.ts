/** Files that are read or written at once. */
const AT_ONCE = 32;

/**
 * Does the work for each, some at once; gives the results in order. Where one fails, those that were begun with it are waited
 * for, and no further ones are begun.
 */
export async function inParts<In, Out>(all: readonly In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const settled = await Promise.allSettled(all.slice(start, start + AT_ONCE).map(work));
    for (const result of settled) {
      if (result.status === 'rejected') throw result.reason;
      results.push(result.value);
    }
  }
  return results;
}
