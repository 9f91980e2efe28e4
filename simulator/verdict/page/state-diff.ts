import { create } from 'jsondiffpatch';
import { format } from 'jsondiffpatch/formatters/html';
import { parseJson } from '../canonical.ts';
import { escaped } from './markup.ts';

/** A longer record is not compared: the page must stay one that a browser shows at once. Characters of JSON. */
const LONGEST = 64 * 1024;

// A moved entry is shown as removed and added: the arrows of the formatter want a script, and the page has none.
const differ = create({ objectHash: (item) => JSON.stringify(item), arrays: { detectMove: false } });

/**
 * What became of a state record, as HTML: the fields that changed between the opening of the grace period and the kill.
 *
 * @param before JSON text; `undefined` where there was no record
 * @param saved likewise
 */
export function stateDiff(before: string | undefined, saved: string | undefined): string {
  if (saved === undefined) return '<p>There was no record.</p>';
  if (before === undefined || before.length + saved.length > LONGEST) return json(saved);
  const [left, right] = [parseJson(before), parseJson(saved)];
  const delta = differ.diff(left, right);
  if (delta === undefined) return `<p>Saved as it was before.</p>${json(saved)}`;
  return `<div class="state-diff">${format(delta, left) ?? ''}</div>`;
}

function json(text: string): string {
  const value = parseJson(text);
  const pretty = value === undefined ? text : JSON.stringify(value, undefined, 2);
  const shown = pretty.length > LONGEST ? `${pretty.slice(0, LONGEST)} …` : pretty;
  return `<pre tabindex="0"><code>${shown.split('\n').map(escaped).join('\n')}</code></pre>`;
}
