import { posix } from 'node:path';
import type { KeySummary, Location } from '../rules/index.ts';

/** How a text is marked up for who reads it. */
export interface Style {
  readonly code: (text: string) => string;
  readonly title: (text: string) => string;
  readonly place: (location: Location) => string;
}

export const PLAIN: Style = { code: (text) => text, title: (text) => text, place: shortPlace };

/** Places become links. @param uriOf gives the URI of a file */
export function markdown(uriOf: (file: string) => string): Style {
  return {
    code: inlineCode,
    title: (text) => `**${inlineCode(text)}**`,
    place: (location) => `[${shortPlace(location)}](${uriOf(location.file)}#L${location.range.start.line + 1})`,
  };
}

const REGIONS: Readonly<Record<string, string>> = {
  loop: 'in each round of a loop',
  recursion: 'in each round',
  'request handlers': 'for each request',
  'each item': 'for each item',
  timer: 'by a timer',
  server: 'for each call of the server',
};

/** What an Actor does with a key, a line for each save and for all restores. @param of the Actor's name where it must be told */
export function keyText(key: KeySummary, of: string | undefined, style: Style): string {
  const store = key.store === 'default' ? 'the default key-value store' : `key-value store ${style.code(key.store)}`;
  const title = `${style.title(key.key)} in ${store}${of === undefined ? '' : ` of ${of}`}`;
  const lines = [...keeperLines(key, style), ...saveLines(key, style), ...restoreLines(key, style)];
  return [title, '', ...lines.map((line) => `- ${line}`)].join('\n');
}

/** The SDK saves what it keeps on persistState, which comes with each migration. */
function keeperLines({ ownedBy, ownedAt }: KeySummary, { code, place }: Style): readonly string[] {
  if (ownedBy.length === 0) return [];
  const keepers = ownedBy.map(code).join(' and ');
  const where = ownedAt.map(place).join(', ');
  return [`kept by ${keepers} in ${where}: saved on ${code('persistState')} and before a migration, and restored`];
}

function saveLines(key: KeySummary, { code, place }: Style): readonly string[] {
  const { savedAt } = key;
  if (savedAt.length === 0) return noneLines(key, 'saved');
  return savedAt.map((save) => {
    const occasions = save.on.map((occasion) => REGIONS[occasion] ?? `on ${code(occasion)}`);
    return [`saved in ${place(save)}`, occasions.join(' and ')].filter((part) => part !== '').join(' ');
  });
}

function restoreLines(key: KeySummary, { place }: Style): readonly string[] {
  const { restoredAt } = key;
  return restoredAt.length === 0 ? noneLines(key, 'restored') : [`restored in ${restoredAt.map(place).join(', ')}`];
}

/** A key that is made at run time may be any: then none was seen, which is not to say that there is none. */
function noneLines({ ownedBy, isComplete }: KeySummary, done: 'saved' | 'restored'): readonly string[] {
  if (ownedBy.length > 0) return [];
  return [isComplete ? `never ${done} by this Actor` : `not seen to be ${done} by this Actor`];
}

function shortPlace({ file, range: { start } }: Location): string {
  return `${posix.basename(file)}:${start.line + 1}`;
}

/** Code that shows all that is in it, backticks too: its fence is longer than the longest run of them. */
function inlineCode(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length)) + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}
