import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { actorOf, FIXTURE_SDKS } from '../../rules/actor/actor-fixture.ts';
import type { FixtureSdk } from '../../rules/actor/actor-fixture.ts';
import { checkActor, concludeFrom } from '../../rules/checked-actor.ts';

/** A small Actor of a kind, and what is to be said of it. */
export interface KindProgram {
  /** The kind, the page and the heading: `form-setter/found: a method`. */
  readonly name: string;
  readonly sdk: FixtureSdk;
  readonly files: Readonly<Record<string, string>>;
  readonly expected: readonly Expectation[];
}

/** A finding by its rule, and by words that its message has; `a|b` where either will do. */
export interface Expectation {
  readonly ruleId: string;
  readonly words: readonly string[];
}

const PROGRAM = /^## (?<title>.+)$\n+(?:^[^`#].*$\n+)*^```(?<language>js|ts|cjs)$\n(?<text>[\s\S]*?)^```$/gmu;

/**
 * All programs below a folder that has a folder for each kind. A page has a heading and a block of code for each program:
 * `// expect:` says `nothing`, or the findings, with `;` between them; `// sdk:` names another SDK than the third, and
 * `// file:` begins a file where there are several, the entry point first.
 */
export function kindPrograms(folder: string): readonly KindProgram[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: kind }) =>
      readdirSync(join(folder, kind)).flatMap((page) =>
        programsOf(`${kind}/${page.replace(/\.md$/u, '')}`, readFileSync(join(folder, kind, page), 'utf8')),
      ),
    );
}

function programsOf(page: string, markdown: string): readonly KindProgram[] {
  const programs = [...markdown.matchAll(PROGRAM)].map(({ groups = {} }) =>
    programOf(`${page}: ${groups['title']}`, groups['language'] ?? '', groups['text'] ?? ''),
  );
  const headings = markdown.match(/^## /gmu)?.length ?? 0;
  if (headings !== programs.length)
    throw new Error(`${page} has ${headings} headings and ${programs.length} programs that can be read`);
  return programs;
}

function programOf(name: string, language: string, text: string): KindProgram {
  const expected = headOf(text, 'expect');
  if (expected === undefined) throw new Error(`${name} does not say what is expected`);
  const sdk = headOf(text, 'sdk') ?? 'apify 3';
  if (!isSdk(sdk)) throw new Error(`${name} names an unknown SDK: ${sdk}`);
  return {
    name,
    sdk,
    files: filesOf(text, `main.${language}`),
    expected: expected === 'nothing' ? [] : expected.split(';').map(expectationOf),
  };
}

function headOf(text: string, word: string): string | undefined {
  return new RegExp(`^// ${word}: (.+)$`, 'mu').exec(text)?.[1];
}

function isSdk(text: string): text is FixtureSdk {
  return Object.hasOwn(FIXTURE_SDKS, text);
}

function expectationOf(text: string): Expectation {
  const [ruleId = '', ...words] = text.trim().split(/\s+/u);
  return { ruleId, words };
}

/** The files by name: each begins with a line that names it, but for a program that has only one. */
function filesOf(text: string, onlyName: string): Readonly<Record<string, string>> {
  const [first = '', ...rest] = text.split(/^\/\/ file: (\S+)\n/mu);
  if (rest.length === 0) return { [onlyName]: first };
  return Object.fromEntries(rest.flatMap((name, at) => (at % 2 === 0 ? [[name, rest[at + 1] ?? '']] : [])));
}

/** What all rules say of a program: a line for each finding. */
export function findingsOf({ files, sdk }: KindProgram): readonly string[] {
  const model = actorOf(files, sdk);
  const checked = checkActor(model.folder, () => model);
  const concluded = concludeFrom([checked]);
  const faults = [...checked.notices, ...concluded.notices].map(({ reason }) => `fault ${reason}`);
  const said = [...checked.reports, ...concluded.reports].filter(({ report }) => report.onlyAlways !== true);
  return [...faults, ...said.map(({ ruleId, report }) => `${ruleId} (${report.severity}) ${report.message}`)];
}

/** What is expected and not said, and what is said and not expected. Empty where a program is judged rightly. */
export function differencesOf(program: KindProgram): readonly string[] {
  const unexpected = [...findingsOf(program)];
  const missing = program.expected.flatMap(({ ruleId, words }) => {
    const at = unexpected.findIndex(
      (line) =>
        line.startsWith(`${ruleId} `) && words.every((word) => word.split('|').some((each) => line.includes(each))),
    );
    if (at === -1) return [`missing: ${[ruleId, ...words].join(' ')}`];
    unexpected.splice(at, 1);
    return [];
  });
  return [...missing, ...unexpected.map((line) => `not expected: ${line}`)];
}
