import { ts } from 'ts-morph';
import { array, assert, asyncProperty, constantFrom, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ActorWorkspace, Analysis } from '../actor-workspace.ts';
import type { Finding, TextEdit } from '../finding.ts';
import { applySafeFixes } from '../safe-fixes.ts';
import { commentsWith } from '../suppression/comments.ts';
import { EditedText } from '../text-edits.ts';
import { syntaxErrorsOf } from './expect-reports.ts';
import { fixableSamples } from './fixable-samples.ts';

/** Removing a comment is what they are for. */
const REMOVE_COMMENTS: ReadonlySet<string> = new Set(['unused-suppression']);

const samples = fixableSamples();

/** Ways in which the same code may be written. */
const STYLES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  (text) => text.replaceAll(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  (text) => text.trimEnd(),
];

interface Applied {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

describe.each(samples)('the fixes of $name', (sample) => {
  it('each leave code that parses, keep the comments, and remove their finding without a new one', async () => {
    const workspace = sample.open();
    const first = await workspace.analyse();
    const fixes = first.findings.flatMap((finding) =>
      finding.fixes.map((fix) => ({ finding, fix, edits: workspace.edit(finding, fix.id) })),
    );
    const faults: string[] = [];
    for (const { finding, fix, edits } of fixes) {
      const texts = apply(workspace, edits ?? []);
      const changes = changesOf(first, await workspace.analyse(), finding);
      const found = [...faultsOf(texts, finding), ...changes.filter((change) => !isSaidBy(fix, change))];
      if (edits === undefined) found.push('cannot be made, and is offered');
      faults.push(
        ...found.map((fault) => `${finding.ruleId}, fix "${fix.id}" in ${sample.name}: ${fault}\n${show(texts)}`),
      );
      for (const [file, text] of texts.before) workspace.setDocument(file, text);
    }
    expect(faults.join('\n\n')).toBe('');
  });

  it('come to rest when all the safe ones are applied', async () => {
    const fault = await faultOfFixingAll(sample.open());
    expect(fault && `${fault} in ${sample.name}`).toBeUndefined();
  });
});

describe('in any order and style of code, one fix after the other', () => {
  it('each leaves code that parses and keeps its style, and they come to rest', async () => {
    const style = constantFrom(...STYLES);
    const picks = array(nat(99), { minLength: 4, maxLength: 4 });
    await assert(
      asyncProperty(constantFrom(...samples.map(({ name }) => name)), style, picks, async (name, change, choices) => {
        const workspace = samples.find((each) => each.name === name)?.open(change);
        if (workspace === undefined) throw new Error(`no sample ${name}`);
        for (const choice of choices) {
          const { findings } = await workspace.analyse();
          const fixes = findings.flatMap((finding) => finding.fixes.map(({ id }) => ({ finding, id })));
          const chosen = fixes[choice % fixes.length];
          if (chosen === undefined) break;
          const texts = apply(workspace, workspace.edit(chosen.finding, chosen.id) ?? []);
          const faults = [...faultsOf(texts, chosen.finding), ...styleFaultsOf(texts)];
          expect(faults, `${chosen.finding.ruleId}, fix "${chosen.id}"\n${show(texts)}`).toEqual([]);
        }
        expect(await faultOfFixingAll(workspace)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});

/** Has the workspace go on with the texts after some edits. */
function apply(workspace: ActorWorkspace, edits: readonly TextEdit[]): Applied {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const text = new EditedText(workspace.textOf(file) ?? '');
    text.apply(edits.filter((edit) => edit.file === file));
    before.set(file, text.original);
    after.set(file, text.text);
  }
  for (const [file, text] of after) workspace.setDocument(file, text);
  return { before, after };
}

function faultsOf({ before, after }: Applied, { ruleId }: Finding): readonly string[] {
  return [...after].flatMap(([file, text]) => {
    const old = before.get(file) ?? '';
    const errors = added(syntaxErrorsOf(file, old), syntaxErrorsOf(file, text));
    const lost = REMOVE_COMMENTS.has(ruleId) ? [] : added(commentsOf(file, text), commentsOf(file, old));
    return [...errors.map((error) => `does not parse: ${error}`), ...lost.map((comment) => `loses ${comment}`)];
  });
}

/** What is wrong with what is found after the fix of a finding. */
function changesOf(before: Analysis, after: Analysis, { ruleId, message }: Finding): readonly string[] {
  const [old, now] = [before, after].map(({ findings }) => findings.map((each) => `${each.ruleId}: ${each.message}`));
  if (old === undefined || now === undefined) return [];
  const isGone = added(now, old).includes(`${ruleId}: ${message}`);
  return [
    ...(isGone ? [] : [`its finding is still there: ${message}`]),
    ...added(old, now).map((each) => `brings ${each}`),
    ...added(
      before.notices.map(({ reason }) => reason),
      after.notices.map(({ reason }) => reason),
    ),
  ];
}

/** A call that a fix leaves to itself, and says so: nobody can wait for it where it stands. */
function isSaidBy({ title, safe }: Finding['fixes'][number], change: string): boolean {
  const [, names] = /, though nobody waits for (.*) then$/u.exec(title) ?? [];
  return !safe && names !== undefined && names.split(', ').some((name) => change.includes(name));
}

/** A file in which lines end in two ways, or that is indented in two ways, after it was in one. */
function styleFaultsOf({ before, after }: Applied): readonly string[] {
  const mixtures = [
    { name: 'line ends', parts: [/\r\n/, /(?<!\r)\n/] },
    { name: 'indentation', parts: [/^\t/m, /^ {2,}(?!\*)/m] },
  ];
  return [...after].flatMap(([file, text]) =>
    mixtures
      .filter(({ parts }) => parts.every((part) => part.test(text)))
      .filter(({ parts }) => !parts.every((part) => part.test(before.get(file) ?? '')))
      .map(({ name }) => `mixes ${name}`),
  );
}

async function faultOfFixingAll(workspace: ActorWorkspace): Promise<string | undefined> {
  const options = { settings: {}, isAsked: () => true, textOf: (file: string) => workspace.textOf(file) };
  const { analysis, texts } = await applySafeFixes(workspace, await workspace.analyse(), options);
  for (const [file, { text }] of texts) {
    const [error] = syntaxErrorsOf(file, text);
    if (error !== undefined) return `fixing all does not parse: ${error}\n${text}`;
  }
  const again = await applySafeFixes(workspace, analysis, options);
  if (again.fixes.length === 0) return undefined;
  const left = again.fixes.map((edits) => JSON.stringify(edits));
  return `fixing all does not come to rest: ${left.join('\n')}`;
}

function commentsOf(file: string, text: string): readonly string[] {
  const kind = file.endsWith('x') || file.endsWith('js') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, kind);
  return commentsWith(tree, '/').map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' '));
}

/** What is new in a list: each line that comes more often than before. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function show({ after }: Applied): string {
  return [...after].map(([file, text]) => `--- ${file}\n${text}`).join('\n');
}

it.each([/rule\.md:/, /^fixtures\//, /^forms\//, /^test-workspace\//])('there are samples named %s', (start) => {
  expect(samples.some(({ name }) => start.test(name))).toBe(true);
});
