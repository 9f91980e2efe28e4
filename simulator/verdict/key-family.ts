/** What a key looks like without what counts or identifies in it: `page-17` and `page-18` are of one family. */
export function keyFamily(key: string): string {
  return key.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12,}|\d+/gi, '#');
}

/**
 * Of the same make: `page-17` and `page-18`; or, where there are at least three of them, `STATE-books` and `STATE-toys`. An
 * Actor need not read all records of a family to go on where it was: some belong to what is done.
 */
export function familyOf(key: string, keys: readonly string[]): readonly string[] {
  const like = keys.filter((other) => keyFamily(other) === keyFamily(key));
  const named = keys.filter((other) => stem(other) !== undefined && stem(other) === stem(key));
  return named.length >= 3 ? [...like, ...named] : like;
}

function stem(key: string): string | undefined {
  return /^(.+)[-.:/][^-.:/]+$/.exec(key)?.[1];
}
