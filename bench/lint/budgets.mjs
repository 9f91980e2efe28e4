/** What the medians must keep to, in words and with the figure. Pure. */

/** @typedef {{ seconds: number, processorSeconds: number | undefined, megabytes: number | undefined, files: number }} Medians */
/** @typedef {'synthetic' | 'tenfold' | 'real'} TreeKind */
/** @typedef {{ name: string, kind: TreeKind, tools: Readonly<Record<string, Medians>> }} Row */
/** @typedef {{ budget: string, figure: string, isKept: boolean }} Outcome */

/** @param {readonly Row[]} rows @returns {Outcome[]} */
export const outcomesOf = (rows) => [
  ...rows.flatMap((row) => againstOxlint(row)),
  ...rows.flatMap((row) => againstTypescriptEslint(row)),
  ...growth(rows),
];

/** @param {Row} row @returns {Outcome[]} */
const againstOxlint = ({ name, kind, tools }) => {
  const ratio = ratioOf(tools, 'oxlint', ({ seconds }) => seconds);
  if (ratio === undefined || kind === 'tenfold') return [];
  const most = kind === 'real' ? 0.5 : 1;
  return [
    {
      budget: `${name}: at most ${kind === 'real' ? 'half' : 'all'} of the time that oxlint takes`,
      figure: ratio.toFixed(2),
      isKept: ratio <= most,
    },
  ];
};

/** @param {Row} row @returns {Outcome[]} */
const againstTypescriptEslint = ({ name, tools }) => {
  const ratio = ratioOf(tools, 'typescript-eslint', ({ megabytes }) => megabytes);
  if (ratio === undefined) return [];
  const budget = `${name}: at most half of the memory that typescript-eslint takes`;
  return [{ budget, figure: ratio.toFixed(2), isKept: ratio <= 0.5 }];
};

/** @param {readonly Row[]} rows @returns {Outcome[]} */
const growth = (rows) => {
  const small = rows.find(({ kind }) => kind === 'synthetic')?.tools['actor-state'];
  const large = rows.find(({ kind }) => kind === 'tenfold')?.tools['actor-state'];
  if (small === undefined || large === undefined) return [];
  const ratio = large.seconds / small.seconds;
  return [
    { budget: 'ten times the Actors: at most 10.5 times the time', figure: ratio.toFixed(2), isKept: ratio <= 10.5 },
  ];
};

/**
 * Ours as a part of a peer's.
 *
 * @param {Readonly<Record<string, Medians>>} tools @param {string} peer
 * @param {(medians: Medians) => number | undefined} figure
 */
export const ratioOf = (tools, peer, figure) => {
  const [own, theirs] = [tools['actor-state'], tools[peer]].map((medians) => medians && figure(medians));
  return own === undefined || theirs === undefined ? undefined : own / theirs;
};
