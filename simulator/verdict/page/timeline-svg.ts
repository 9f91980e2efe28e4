import { duration } from '../words.ts';
import { escaped } from './markup.ts';
import type { Lane, Mark, MarkKind, Timeline } from './timeline.ts';

const WIDTH = 640;
/** Wide enough for `Process 12` in bold, in the widest of the fonts that a page may get. */
const LEFT = 104;
const RIGHT = 20;
const ROW = 20;
const HEAD = 26;
const GAP = 18;
/** Ticks on the scale, at the most. */
const TICKS = 6;

/** The rows of a lane, from above, and the kinds of marks in each. */
const ROWS: readonly { readonly label: string; readonly kinds: readonly MarkKind[] }[] = [
  { label: 'work', kinds: ['work'] },
  { label: 'saves', kinds: ['save', 'cut'] },
  { label: 'restores', kinds: ['restore'] },
];
const LANE = HEAD + ROWS.length * ROW;

/** A shape for each kind, so that no one needs the colours to tell them apart. Drawn around 0, 0. */
const SHAPES: Readonly<Record<MarkKind, string>> = {
  work: '<circle r="4"/>',
  save: '<rect x="-4" y="-4" width="8" height="8"/>',
  restore: '<path d="M0 -5 L5 0 L0 5 L-5 0 Z"/>',
  cut: '<path d="M-4 -4 L4 4 M-4 4 L4 -4"/>',
};

/** The timeline as one SVG, to scale. Marks that would lie on each other are drawn as one, and say how many they are. */
export function timelineSvg({ endsAt, lanes }: Timeline): string {
  const height = lanes.length * (LANE + GAP) + 24;
  const x = (at: number): number => Math.round((LEFT + (at / endsAt) * (WIDTH - LEFT - RIGHT)) * 10) / 10;
  const drawn = lanes.map((lane, index) => laneSvg(lane, index * (LANE + GAP), x)).join('');
  const title = `The run over ${duration(endsAt)}: ${lanes.map(laneWords).join('; ')}.`;
  return (
    `<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">` +
    `<title>${escaped(title)}</title>${drawn}${scaleSvg(endsAt, height - 18, x)}</svg>`
  );
}

function laneWords({ process, from, to, ending, windows }: Lane): string {
  const grace = windows.map(({ label }) => `, ${label}`).join('');
  return `process ${process} from ${duration(from)} to ${duration(to)}${grace}, ${ending}`;
}

function laneSvg({ process, from, to, ending, windows, marks }: Lane, top: number, x: (at: number) => number): string {
  const spans = windows
    .map(
      (span) =>
        `<rect class="window" x="${x(span.from)}" y="${top + HEAD}" width="${Math.max(2, x(span.to) - x(span.from))}" ` +
        `height="${ROWS.length * ROW}"><title>${escaped(span.label)}</title></rect>`,
    )
    .join('');
  const rows = ROWS.map(({ label, kinds }, index) => {
    const y = top + HEAD + index * ROW + ROW / 2;
    const own = joined(
      marks.filter(({ kind }) => kinds.includes(kind)),
      x,
    );
    return `<text class="row" x="${LEFT - 12}" y="${y + 4}" text-anchor="end">${label}</text>${own.map((mark) => markSvg(mark, y)).join('')}`;
  }).join('');
  const end = x(to);
  return (
    `<g><rect class="life" x="${x(from)}" y="${top + HEAD}" width="${Math.max(2, end - x(from))}" height="${ROWS.length * ROW}"/>` +
    `${spans}<text class="process" x="${LEFT - 12}" y="${top + 16}" text-anchor="end">Process ${process}</text>${rows}` +
    `<path class="end ${ending.split(' ')[0] ?? ''}" d="M${end} ${top + HEAD - 6} V${top + LANE}"/>` +
    `<text class="ending" x="${end}" y="${top + 14}" text-anchor="${end > WIDTH / 2 ? 'end' : 'start'}">${escaped(ending)}</text></g>`
  );
}

interface DrawnMark {
  readonly kind: MarkKind;
  readonly x: number;
  readonly labels: readonly string[];
}

/** The marks of a row, those of one kind that are less than their own width apart as one. */
function joined(marks: readonly Mark[], x: (at: number) => number): readonly DrawnMark[] {
  const drawn: DrawnMark[] = [];
  for (const { kind, at, label } of marks) {
    const text = `${duration(at)} ${label}`;
    const last = drawn.findLastIndex((mark) => mark.kind === kind);
    const before = drawn[last];
    if (before !== undefined && x(at) - before.x < 5) drawn[last] = { ...before, labels: [...before.labels, text] };
    else drawn.push({ kind, x: x(at), labels: [text] });
  }
  return drawn;
}

/** So many labels are told of marks that are drawn as one. */
const TOLD = 6;

function markSvg({ kind, x, labels }: DrawnMark, y: number): string {
  const told = labels.slice(0, TOLD).join('\n') + (labels.length > TOLD ? `\nand ${labels.length - TOLD} more` : '');
  const lines = told.split('\n').map(escaped).join('\n');
  return `<g class="mark ${kind}" transform="translate(${x} ${y})"><title>${lines}</title>${SHAPES[kind]}</g>`;
}

function scaleSvg(endsAt: number, y: number, x: (at: number) => number): string {
  const step = stepFor(endsAt);
  const ticks = Array.from({ length: Math.floor(endsAt / step) + 1 }, (_, index) => index * step);
  return ticks
    .map(
      (at) =>
        `<g class="tick"><path d="M${x(at)} ${y - 6} v4"/><text x="${x(at)}" y="${y + 10}" text-anchor="middle">${at === 0 ? '0' : duration(at)}</text></g>`,
    )
    .join('');
}

/** A round step: 1, 2 or 5 times a power of ten, in milliseconds. */
function stepFor(endsAt: number): number {
  const least = endsAt / TICKS;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

/** What the shapes mean. */
export function legend(): string {
  const entries: readonly (readonly [MarkKind, string])[] = [
    ['work', 'item, handled request or charge'],
    ['save', 'record saved'],
    ['cut', 'write that was cut'],
    ['restore', 'record read'],
  ];
  const drawn = entries.map(
    ([kind, label]) =>
      `<li><svg viewBox="-7 -7 14 14" aria-hidden="true"><g class="mark ${kind}">${SHAPES[kind]}</g></svg>${label}</li>`,
  );
  return `<ul class="legend">${drawn.join('')}<li><span class="window-sign" aria-hidden="true"></span>grace period</li></ul>`;
}
