import type { Tone } from '../report.ts';

const MARKS: Readonly<Record<Tone, { readonly sign: string; readonly name: string }>> = {
  good: { sign: '✓', name: 'good' },
  bad: { sign: '✗', name: 'failed' },
  unknown: { sign: 'i', name: 'to be known' },
};

/** Text that somebody else may have written, as HTML text or in an attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\p{Cc}+/gu, ' ');
}

/** A sentence of ours: what stands in backticks is code, and no more than text. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/u)
    .map((part) => (part.startsWith('`') ? code(part.slice(1, -1)) : escaped(part)))
    .join('');
}

export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** Nothing where there are no points. */
export function list(points: readonly string[]): string {
  return points.length === 0 ? '' : `<ul>${points.map((point) => `<li>${point}</li>`).join('')}</ul>`;
}

/** A part of the page under its heading; nothing where it has no content. */
export function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${escaped(title)}</h2>${content}</section>`;
}

/** The sign of a tone: told by its shape and its name, not by colour alone. */
export function mark(tone: Tone): string {
  const { sign, name } = MARKS[tone];
  return `<span class="tone ${tone}" role="img" aria-label="${name}">${sign}</span>`;
}

/** A list of sentences of ours. */
export function proseList(sentences: readonly string[]): string {
  return list(sentences.map(prose));
}
