import type { KeyReport, Place, Report, Tone } from './report.ts';

const MARKS: Readonly<Record<Tone, string>> = { good: '✅', bad: '❌', unknown: 'ℹ️' };

/**
 * The report as a Markdown document for the editor.
 *
 * @param linkTo the target of a link to a place; `file#line` unless told
 */
export function asMarkdown(report: Report, linkTo: (place: Place) => string = defaultLink): string {
  const { tone, headline, sentence, advice, migrations, keys, lostWrites, repeats, remarks, fidelity } = report;
  const sections = [
    `# ${MARKS[tone]} ${headline}`,
    prose(sentence),
    section('What to do', advice.map(prose)),
    ...migrations.map(({ title, facts }) => section(title, facts.map(prose))),
    keys.length === 0 ? undefined : `## State records\n\n${keys.map((key) => keySection(key, linkTo)).join('\n\n')}`,
    section('Lost writes', lostWrites.map(prose)),
    ...repeats.map(({ title, examples, more }) =>
      section(title, [...examples.map(code), ...(more > 0 ? [`and ${more} more`] : [])]),
    ),
    section('To be known', remarks.map(prose)),
    `*${prose(fidelity)}*`,
  ];
  return `${sections.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function section(title: string, points: readonly string[]): string | undefined {
  return points.length === 0 ? undefined : `## ${title}\n\n${points.map((point) => `- ${point}`).join('\n')}`;
}

function keySection(key: KeyReport, linkTo: (place: Place) => string): string {
  const { name, tone, outcome, before, saved, savedWhen, savedAt, restoredAt } = key;
  const links = (places: readonly Place[]) => places.map((place) => link(place, linkTo)).join(', ');
  return [
    `### ${MARKS[tone]} ${code(name)}`,
    '',
    `- ${prose(outcome)}${restoredAt.length > 0 ? ` (restored at ${links(restoredAt)})` : ''}`,
    `- ${prose(savedWhen)}${savedAt.length > 0 ? `, at ${links(savedAt)}` : ''}`,
    `- before: ${value(before)}`,
    `- at the end: ${value(saved)}`,
  ].join('\n');
}

function value(text: string): string {
  return text === 'no record' ? text : code(text);
}

function link(place: Place, linkTo: (place: Place) => string): string {
  const target = linkTo(place).replace(/[\s<>()\\]/g, (character) =>
    encodeURIComponent(character).replace('(', '%28').replace(')', '%29'),
  );
  return `[${escaped(`${place.file}:${place.line}`)}](${target})`;
}

function defaultLink({ file, line }: Place): string {
  return `${encodeURI(file)}#${line}`;
}

/** A sentence of ours: what stands in backticks stays code, all else is plain text. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`') ? code(part.slice(1, -1)) : escaped(part),
    )
    .join('');
}

/** Text of the Actor's, which ends neither the code nor the line. */
function code(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || /^ .* $/.test(line) ? ' ' : '';
  return line === '' ? '` `' : `${fence}${space}${line}${space}${fence}`;
}

function escaped(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\\`*_{}[\]#+!|~<>&]/g, (character) => `\\${character}`)
    .replace(/:\/\//g, '\\://')
    .replace(/^(\d+)\.(?=\s)/, '$1\\.')
    .replace(/^-/, '\\-');
}
