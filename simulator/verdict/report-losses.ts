import { failedBy } from './faults.ts';
import { groupBy } from './group.ts';
import { JSON_LENGTH } from './report-keys.ts';
import type { RepeatsReport, Tone } from './report.ts';
import { storageName } from './targets.ts';
import type { RepeatedItem, Verdict, WriteVerdict } from './verdict.ts';
import { count, duration, quoted, shortened } from './words.ts';

/** So many examples are shown. */
const SHOWN = 5;

const WRITES: Readonly<Record<WriteVerdict['kind'], string>> = {
  record: 'record',
  items: 'items',
  requests: 'requests',
  handled: 'marks of handled requests',
  charge: 'charges',
};

/** A line for each target of lost writes. */
export function lostWrites(writes: readonly WriteVerdict[]): readonly string[] {
  const lost = writes.filter((write) => write.lost);
  return [...groupBy(lost, ({ target, fault }) => `${target}\0${fault ?? ''}`).values()].map((own) => {
    const target = own[0]?.target ?? '';
    const kinds = [...new Set(own.map(({ kind }) => WRITES[kind]))].join(', ');
    const longest = Math.max(...own.map(({ latencyMs }) => latencyMs));
    const often = own.length === 1 ? '' : ` (${own.length} times)`;
    if (own.some(({ fault }) => fault !== undefined))
      return `${quoted(target, 80)} (${kinds}): ${failedBy(own)}, and never made again${often}`;
    return `${quoted(target, 80)} (${kinds}): cut off ${duration(longest)} after it had been sent${often}`;
  });
}

/** What was done again: faults first, then what is allowed, unless with `strict`. */
export function repeats({ repeated: { items, requests, atLeastOnce }, strict }: Verdict): readonly RepeatsReport[] {
  const isAllowed = strict ? 'which --strict does not allow' : 'which is allowed';
  return [
    section('Handled again though they had been handled', 'bad', requests),
    section('Made again though they had been made', 'bad', items.map(itemText)),
    section(
      `Made again with the work that was under way at the kill, ${isAllowed}`,
      strict ? 'bad' : 'unknown',
      atLeastOnce.map(itemText),
    ),
  ].flatMap((one) => (one === undefined ? [] : [one]));
}

function section(title: string, tone: Tone, all: readonly string[]): RepeatsReport | undefined {
  if (all.length === 0) return undefined;
  const examples = all.slice(0, SHOWN).map((text) => shortened(text, JSON_LENGTH));
  return { title, tone, examples, more: all.length - examples.length };
}

function itemText({ target, item, times }: RepeatedItem): string {
  const what =
    target.kind === 'charge' ? `charge ${item}` : target.name === 'default' ? item : `${storageName(target)}: ${item}`;
  return times === 1 ? what : `${what} (${count(times, 'time')})`;
}
