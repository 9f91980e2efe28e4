/** What sentences are made of. */

/** `0.4 s`, `12 s`, `2 min 5 s`; milliseconds below a tenth of a second. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return seconds % 60 === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1 item`, `3 items`, `2 requests`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function list(things: readonly string[], most = 3): string {
  const shown = things.slice(0, things.length > most ? most - 1 : most);
  const rest = things.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

/** The text, or its beginning and end where it is longer than so many characters. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const head = Math.ceil((most - 3) * 0.65);
  return `${characters.slice(0, head).join('')} … ${characters.slice(characters.length - (most - 3 - head)).join('')}`;
}

/** What somebody else wrote, within a sentence: on one line, short, and marked as code. */
export function quoted(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return `\`${shortened(line, most)}\``;
}
