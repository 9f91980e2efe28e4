import { assert, asyncProperty, nat } from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { ActorWorkspace } from './actor-workspace.ts';
import { missingMigratingHandler } from './catalogue/missing-migrating-handler/rule.ts';
import type { Analysis } from './actor-workspace.ts';
import type { FileSystem } from './workspace/file-system.ts';
import { memoryFileSystem } from './workspace/memory-file-system.ts';
import type { MemoryEntry } from './workspace/memory-file-system.ts';

type Files = Record<string, MemoryEntry>;

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name, type: 'module', main: 'main.js', dependencies: { apify: '3.7.2' }, ...more });

/** An Actor that keeps nothing: the finding stands at `name`, in the line after the imports. */
const losing = (name: string): string => `import { Actor } from 'apify';
let ${name} = 1;
await Actor.init();
for (;;) {
  const rows = await (await fetch('https://example.com/?page=' + ${name})).json();
  if (rows.length === 0) break;
  await Actor.pushData(rows);
  ${name} += 1;
}
await Actor.exit();
`;

const KEEPING = losing('page').replace(
  'let page = 1;\nawait Actor.init();',
  `await Actor.init();
let page = (await Actor.getValue('PAGE')) ?? 1;
Actor.on('migrating', async () => { await Actor.setValue('PAGE', page); });`,
);

/** The same as a script without imports, whose names stand at its top level. */
const script = (text: string): string => {
  const body = text.replace("import { Actor } from 'apify';\n", '');
  const main = 'async function main() {\nconst { Actor } = await import("apify");\nawait Actor.init();';
  return `${body.replace('await Actor.init();', main)}}\nmain();\n`;
};

/** A workspace over a disk whose files the test may change. */
function open(files: Files, folder = '/w'): { readonly workspace: ActorWorkspace; readonly files: Files } {
  const disk = (): FileSystem => memoryFileSystem(files);
  const fileSystem: FileSystem = {
    readFile: (path) => disk().readFile(path),
    readDirectory: (path) => disk().readDirectory(path),
    realPath: (path) => disk().realPath(path),
    stat: (path) => disk().stat(path),
  };
  return { workspace: new ActorWorkspace(folder, fileSystem), files };
}

/** `ruleId file:line`, lines from 1. */
function said({ findings }: Analysis): readonly string[] {
  return findings.map(({ ruleId, file, range }) => `${ruleId} ${file}:${range.start.line + 1}`);
}

const single = (text: string = losing('page'), more: object = {}): Files => ({
  '/w/package.json': manifest('one', more),
  '/w/main.js': text,
});

describe('a workspace says', () => {
  it('of a file that does not parse what it finds, and which fixes it therefore withholds', async () => {
    const dropped = `import { Actor } from 'apify';\nawait Actor.init();\nActor.setValue('A', 1);\nawait Actor.exit();\n`;
    const { workspace } = open(single(dropped));
    const whole = await workspace.analyse();
    expect([whole.findings[0]?.fixes.length, whole.unfixed]).toEqual([1, []]);
    workspace.setDocument('/w/main.js', `${dropped}if (`);
    const { findings, unfixed } = await workspace.analyse();
    expect(findings.map(({ ruleId, fixes }) => ({ ruleId, fixes }))).toEqual([
      { ruleId: 'unawaited-write', fixes: [] },
    ]);
    expect(unfixed).toEqual(['/w/main.js']);
  });

  it('what a migration would lose, in plain values', async () => {
    const { workspace } = open(single());
    const [finding] = (await workspace.analyse()).findings;
    expect(finding).toMatchObject({
      ruleId: 'missing-migrating-handler',
      severity: 'warning',
      file: '/w/main.js',
      range: { start: { line: 1, character: 4 } },
    });
    expect(finding?.related.map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(['/w/main.js:3']);
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
  });

  it('nothing of an Actor that keeps its state', async () => {
    expect(said(await open(single(KEEPING)).workspace.analyse())).toEqual([]);
  });

  it('nothing of an Actor on SDK 4, but that no rule is applied to it', async () => {
    const files = single(losing('page'));
    const sdk4 = { ...files, '/w/package.json': manifest('one', { dependencies: { apify: '4.0.0' } }) };
    const analysis = await open(sdk4).workspace.analyse();
    expect(said(analysis)).toEqual([]);
    expect(analysis.notices.map(({ reason }) => reason)).toEqual([expect.stringContaining('so none is applied')]);
  });

  it('which Actors there are, with their SDK, entry points and keys', async () => {
    const { actors, files } = await open(single(KEEPING)).workspace.analyse();
    expect(actors).toMatchObject([{ root: '/w', name: 'one', sdk: { package: 'apify' }, entryPoints: ['/w/main.js'] }]);
    const [key] = actors[0]?.keys ?? [];
    expect(key).toMatchObject({ store: 'default', key: 'PAGE' });
    expect([key?.savedAt.length, key?.restoredAt.length]).toEqual([1, 1]);
    expect(files).toEqual(['/w/main.js']);
  });

  it('the findings in the order of files and places', async () => {
    const analysis = await open({
      '/w/b/package.json': manifest('b'),
      '/w/b/main.js': losing('page'),
      '/w/a/package.json': manifest('a'),
      '/w/a/main.js': losing('page'),
    }).workspace.analyse();
    expect(said(analysis)).toEqual([
      'missing-migrating-handler /w/a/main.js:2',
      'missing-migrating-handler /w/b/main.js:2',
    ]);
  });

  it('what each program says by itself, though both are scripts with the same names', async () => {
    const keeping = losing('page').replace(
      'await Actor.init();',
      "await Actor.init();\npage = (await Actor.getValue('PAGE')) ?? 1;\nActor.on('migrating', async () => { await Actor.setValue('PAGE', page); });",
    );
    const analysis = await open({
      '/w/b/package.json': manifest('b'),
      '/w/b/main.js': script(losing('page')),
      '/w/a/package.json': manifest('a'),
      '/w/a/main.js': script(keeping),
    }).workspace.analyse();
    expect(said(analysis)).toEqual(['missing-migrating-handler /w/b/main.js:1']);
  });

  it('nothing of an empty folder', async () => {
    const { actors, findings } = await open({ '/w/': '' }).workspace.analyse();
    expect([actors, findings]).toEqual([[], []]);
  });
});

describe('a change', () => {
  it('in the editor counts before it is saved, and is gone when the document is closed', async () => {
    const { workspace } = open(single());
    expect(said(await workspace.analyse())).toHaveLength(1);
    workspace.setDocument('/w/main.js', KEEPING);
    expect(said(await workspace.analyse())).toEqual([]);
    workspace.closeDocument('/w/main.js');
    expect(said(await workspace.analyse())).toHaveLength(1);
  });

  it('before the first analysis counts too', async () => {
    const { workspace } = open(single(KEEPING));
    workspace.setDocument('/w/main.js', losing('page'));
    expect(said(await workspace.analyse())).toHaveLength(1);
  });

  it('on disk counts once it is told', async () => {
    const { workspace, files } = open(single());
    await workspace.analyse();
    files['/w/main.js'] = KEEPING;
    expect(said(await workspace.analyse())).toHaveLength(1);
    workspace.filesChanged(['/w/main.js']);
    expect(said(await workspace.analyse())).toEqual([]);
  });

  it('on disk does not count where the editor has the file', async () => {
    const { workspace, files } = open(single());
    workspace.setDocument('/w/main.js', losing('page'));
    await workspace.analyse();
    files['/w/main.js'] = KEEPING;
    workspace.filesChanged(['/w/main.js']);
    expect(said(await workspace.analyse())).toHaveLength(1);
    workspace.closeDocument('/w/main.js');
    expect(said(await workspace.analyse())).toEqual([]);
  });

  it('in one file changes the findings of another', async () => {
    const files = {
      ...single(
        `import './keep.js';\n${losing('page').replace('let page = 1;', `import { state } from './state.js';`).replaceAll('page', 'state.page').replaceAll('?state.page', '?page')}`,
      ),
      '/w/state.js': `export const state = { page: 1 };\n`,
      '/w/keep.js': `export {};\n`,
    };
    const { workspace } = open(files);
    expect(said(await workspace.analyse())).toEqual(['missing-migrating-handler /w/state.js:1']);
    workspace.setDocument(
      '/w/keep.js',
      `import { Actor } from 'apify';
import { state } from './state.js';
await Actor.init();
Object.assign(state, await Actor.getValue('STATE'));
Actor.on('persistState', () => Actor.setValue('STATE', state));
`,
    );
    expect(said(await workspace.analyse())).toEqual([]);
    workspace.setDocument('/w/keep.js', `export {};\n`);
    expect(said(await workspace.analyse())).toEqual(['missing-migrating-handler /w/state.js:1']);
  });

  it('a new file, and one that is deleted', async () => {
    const { workspace, files } = open({ ...single(`import './work.js';\n`) });
    expect(said(await workspace.analyse())).toEqual([]);
    files['/w/work.js'] = losing('page');
    workspace.filesChanged(['/w/work.js']);
    expect(said(await workspace.analyse())).toEqual(['missing-migrating-handler /w/work.js:2']);
    delete files['/w/work.js'];
    workspace.filesChanged(['/w/work.js']);
    const { findings, files: seen } = await workspace.analyse();
    expect([findings, seen]).toEqual([[], ['/w/main.js']]);
  });

  it('of a package.json can make a folder an Actor', async () => {
    const { workspace, files } = open({
      ...single(),
      '/w/package.json': JSON.stringify({ name: 'plain', main: 'main.js' }),
      '/w/main.js': `export const answer = 42;\n`,
    });
    expect((await workspace.analyse()).actors).toEqual([]);
    files['/w/package.json'] = manifest('one');
    files['/w/main.js'] = losing('page');
    workspace.filesChanged(['/w/package.json', '/w/main.js']);
    expect(said(await workspace.analyse())).toHaveLength(1);
  });
});

const shared = (text: string): string => `import { Actor } from 'apify';\n${text}\n`;

describe('only what is touched is looked at again', () => {
  const two: Files = {
    '/w/a/package.json': manifest('a'),
    '/w/a/main.js': losing('page'),
    '/w/b/package.json': manifest('b'),
    '/w/b/main.js': losing('page'),
  };

  it('nothing changed: the very same findings', async () => {
    const { workspace } = open({ ...two });
    const before = (await workspace.analyse()).findings;
    const after = (await workspace.analyse()).findings;
    expect(after).toHaveLength(2);
    for (const [at, finding] of after.entries()) expect(finding).toBe(before[at]);
  });

  it('one Actor changed: the findings of the other are the very same', async () => {
    const { workspace } = open({ ...two });
    const [a, b] = (await workspace.analyse()).findings;
    workspace.setDocument('/w/b/main.js', `// a line above\n${losing('page')}`);
    const [sameA, newB] = (await workspace.analyse()).findings;
    expect(sameA).toBe(a);
    expect(newB).not.toBe(b);
    expect(newB?.range.start.line).toBe(2);
  });

  it('a shared file changed: all Actors that reach it', async () => {
    const main = `import { Actor } from 'apify';
import { scrape } from '../shared/scrape.js';
await Actor.init();
await scrape(await Actor.getInput());
await Actor.exit();`;
    const { workspace } = open({
      '/w/a/package.json': manifest('a'),
      '/w/a/main.js': main,
      '/w/b/package.json': manifest('b'),
      '/w/b/main.js': main,
      '/w/shared/scrape.js': shared(
        `export async function scrape(urls) { for (const url of urls) { await Actor.pushData({ status: (await fetch(url)).status }); } }`,
      ),
    });
    // The file is part of both Actors' programs, and its finding is told once.
    expect(said(await workspace.analyse())).toEqual(['missing-migrating-handler /w/shared/scrape.js:2']);
    workspace.setDocument(
      '/w/shared/scrape.js',
      shared(`export async function scrape(urls) { await Actor.pushData(urls); }`),
    );
    expect(said(await workspace.analyse())).toEqual([]);
  });

  it('other settings: new findings of the same reports', async () => {
    const { workspace } = open({ ...two });
    const [a] = (await workspace.analyse()).findings;
    const [hint] = (await workspace.analyse({ 'missing-migrating-handler': 'hint' })).findings;
    expect(hint).toEqual({ ...a, severity: 'hint' });
  });
});

const workspaceWith = (counter: string): Files => ({
  '/w/package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['actors/*', 'packages/*'] }),
  '/w/packages/limits/package.json': JSON.stringify({ name: '@shop/limits', type: 'module', main: 'index.js' }),
  '/w/packages/limits/index.js': counter,
  '/w/actors/shop/package.json': JSON.stringify({
    name: '@shop/shop',
    type: 'module',
    main: 'main.js',
    dependencies: { apify: '3.7.2', crawlee: '3.15.0', '@shop/limits': '*' },
  }),
  '/w/actors/shop/main.js': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { createLimit } from '@shop/limits';
await Actor.init();
const { urls, max } = await Actor.getInput();
const limit = createLimit(max);
const crawler = new CheerioCrawler({
  async requestHandler({ $ }) {
    if (!limit.take()) return;
    await Actor.pushData({ title: $('title').text() });
  },
});
await crawler.run(urls);
await Actor.exit();
`,
});

describe('packages that are shared in a workspace', () => {
  it("a counter in the closure of a shared package's factory", async () => {
    const { workspace } = open(
      workspaceWith(`export function createLimit(max) {
  let taken = 0;
  return {
    take() {
      taken += 1;
      return taken <= max;
    },
  };
}
`),
    );
    expect(said(await workspace.analyse())).toEqual(['missing-migrating-handler /w/packages/limits/index.js:2']);
  });

  it('is quiet where that package keeps it', async () => {
    const { workspace } = open(
      workspaceWith(`import { Actor } from 'apify';
export function createLimit(max) {
  let taken = 0;
  Actor.getValue('TAKEN').then((saved) => (taken = saved ?? 0));
  Actor.on('persistState', () => Actor.setValue('TAKEN', taken));
  return {
    take() {
      taken += 1;
      return taken <= max;
    },
  };
}
`),
    );
    expect(said(await workspace.analyse())).toEqual([]);
  });

  it('is not asked about with the Actor that uses it', async () => {
    const all = workspaceWith(`export function createLimit(max) {
  let taken = 0;
  return { take: () => ++taken <= max };
}
`);
    expect(said(await open(all, '/w/actors/shop').workspace.analyse())).toEqual([]);
    expect(said(await open(all).workspace.analyse())).toHaveLength(1);
  });
});

describe('a part of an Actor', () => {
  const all: Files = {
    '/w/package.json': manifest('one', { main: 'src/main.js' }),
    '/w/src/main.js': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { handle } from '../lib/handle.js';
await Actor.init();
let errors = 0;
const crawler = new CheerioCrawler({ requestHandler: handle, failedRequestHandler() { errors += 1; } });
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', { errors });
Actor.setValue('DONE', true);
await Actor.exit();
`,
    '/w/lib/handle.js': `import { Actor } from 'apify';
const seen = new Set();
export async function handle({ $ }) {
  const id = $('h1').text();
  if (seen.has(id)) return;
  seen.add(id);
  await Actor.pushData({ id });
}
`,
  };

  it('a folder: what is in it, seen with the whole program', async () => {
    const { findings, files: seen } = await open(all, '/w/lib').workspace.analyse();
    expect(findings.map(({ file }) => file)).toEqual(['/w/lib/handle.js']);
    expect(seen).toEqual(['/w/lib/handle.js']);
  });

  it('a file that no entry point reaches: that it is not reached', async () => {
    const alone = { ...all, '/w/src/script.js': losing('page') };
    const { notices } = await open(alone, '/w/src/script.js').workspace.analyse();
    expect(notices).toEqual([
      { file: '/w/src/script.js', reason: expect.stringContaining('no entry point of an Actor reaches this file') },
    ]);
    expect((await open(alone).workspace.analyse()).notices).toEqual([]);
  });

  it('a file: what is in it', async () => {
    expect(said(await open(all, '/w/src/main.js').workspace.analyse())).toEqual(['unawaited-write /w/src/main.js:9']);
  });
});

describe('settings', () => {
  const RULE = 'missing-migrating-handler';

  it.each(['error', 'warning', 'information', 'hint'] as const)('%s', async (severity) => {
    const { findings } = await open(single()).workspace.analyse({ [RULE]: severity });
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  it('off, and default', async () => {
    const { workspace } = open(single());
    expect((await workspace.analyse({ [RULE]: 'off' })).findings).toEqual([]);
    expect((await workspace.analyse({ [RULE]: 'default' })).findings.map(({ severity }) => severity)).toEqual([
      'warning',
    ]);
  });

  it('in the package.json, and theirs win who call', async () => {
    const { workspace } = open(single(losing('page'), { actorState: { rules: { [RULE]: 'error' } } }));
    expect((await workspace.analyse()).findings.map(({ severity }) => severity)).toEqual(['error']);
    expect((await workspace.analyse({ [RULE]: 'hint' })).findings.map(({ severity }) => severity)).toEqual(['hint']);
  });

  it('always: an Actor that has nothing to lose and no listener', async () => {
    const text = `import { Actor } from 'apify';
await Actor.init();
for (const url of await Actor.getInput()) await fetch(url);
await Actor.exit();
`;
    const { workspace } = open(single(text));
    expect((await workspace.analyse()).findings).toEqual([]);
    expect(said(await workspace.analyse({ [RULE]: 'always' }))).toEqual([`${RULE} /w/main.js:3`]);
  });
});

describe('a task that is no longer wanted', () => {
  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('the text changed'));
    await expect(open(single()).workspace.analyse({}, controller.signal)).rejects.toThrow('the text changed');
  });

  it('ends between two Actors', async () => {
    const { workspace } = open({
      '/w/a/package.json': manifest('a'),
      '/w/a/main.js': losing('page'),
      '/w/b/package.json': manifest('b'),
      '/w/b/main.js': losing('page'),
    });
    const controller = new AbortController();
    const analysis = workspace.analyse({}, controller.signal);
    controller.abort(new Error('enough'));
    await expect(analysis).rejects.toThrow('enough');
    expect(said(await workspace.analyse())).toHaveLength(2);
  });

  it('has not been in vain: the Actors that it has looked at are not looked at again', async () => {
    const { workspace } = open({
      '/w/a/package.json': manifest('a'),
      '/w/a/main.js': losing('page'),
      '/w/b/package.json': manifest('b'),
      '/w/b/main.js': losing('page'),
    });
    using check = vi.spyOn(missingMigratingHandler, 'check');
    const looked = (): readonly string[] => check.mock.calls.map(([actor]) => actor.folder.name);
    const controller = new AbortController();
    const analysis = workspace.analyse({}, controller.signal);
    controller.abort(new Error('enough'));
    await expect(analysis).rejects.toThrow('enough');
    expect(looked()).toEqual(['a']);
    await workspace.analyse();
    expect(looked()).toEqual(['a', 'b']);
  });
});

describe('positions', () => {
  it('leave a byte order mark out', async () => {
    const [finding] = (await open(single(`\uFEFF${losing('page')}`)).workspace.analyse()).findings;
    expect(finding?.range.start).toEqual({ line: 1, character: 4 });
    const first = `\uFEFFlet page = 1; ${losing('page').replace('let page = 1;', '')}`;
    const [atStart] = (await open(single(first)).workspace.analyse()).findings;
    expect(atStart?.range.start).toEqual({ line: 0, character: 4 });
  });

  it("leave the mark out of an editor's text too", async () => {
    const { workspace } = open(single());
    await workspace.analyse();
    workspace.setDocument('/w/main.js', `\uFEFFlet page = 1; ${losing('page').replace('let page = 1;', '')}`);
    const [finding] = (await workspace.analyse()).findings;
    expect(finding?.range.start).toEqual({ line: 0, character: 4 });
  });

  it('count UTF-16 units, and lines that end in CRLF', async () => {
    const text = losing('page').replace('let page', '/* 🚀 */ let page').replaceAll('\n', '\r\n');
    const [finding] = (await open(single(text)).workspace.analyse()).findings;
    expect(finding?.range.start).toEqual({ line: 1, character: '/* 🚀 */ let '.length });
  });
});

describe('a fix', () => {
  it('is built for a finding of the newest analysis, and for no other', async () => {
    const files = single(
      losing('page').replace('await Actor.exit();', `Actor.setValue('OUTPUT', page);\nawait Actor.exit();`),
    );
    const { workspace } = open(files);
    const find = async () => (await workspace.analyse()).findings.find(({ ruleId }) => ruleId === 'unawaited-write');
    const finding = await find();
    const fix = finding?.fixes[0];
    expect(fix).toBeDefined();
    if (finding === undefined || fix === undefined) return;
    expect(workspace.edit(finding, fix.id)).toMatchObject([{ file: '/w/main.js', newText: 'await ' }]);
    expect(workspace.edit(finding, 'no such fix')).toBeUndefined();
    workspace.setDocument('/w/main.js', KEEPING);
    expect(await find()).toBeUndefined();
    expect(workspace.edit(finding, fix.id)).toBeUndefined();
  });
});

describe('bad input', () => {
  it.each([
    ['a brace that is missing', losing('page').replace('}\nawait', '\nawait')],
    ['a word half typed', losing('page').replace('await Actor.exit', 'await Act')],
    ['a line of another language', `${losing('page')}\n<?php echo 1 ?>\n`],
  ])('%s: the rest is still looked at', async (_, text) => {
    const { findings, notices } = await open(single(text)).workspace.analyse();
    expect(findings.map(({ ruleId }) => ruleId)).toContain('missing-migrating-handler');
    expect(notices.filter(({ reason }) => reason.includes('failed on this Actor'))).toEqual([]);
  });

  it.each([
    ['calls', `f(${'g('.repeat(4000)}1${')'.repeat(4000)});`],
    ['a sum', `f(${Array.from({ length: 4000 }, () => 'x').join(' + ')});`],
    ['conditions', `f(${'x ? 1 : '.repeat(1000)}2);`],
  ])('%s nested too deep to be followed: the file is named, the others are looked at', async (_, text) => {
    const { workspace } = open({ ...single(), '/w/deep.js': text });
    const { findings, notices } = await workspace.analyse();
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['missing-migrating-handler']);
    expect(notices.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
      '/w/deep.js: skipped: its code is nested too deep to be followed, as generated code may be',
    ]);
    workspace.setDocument('/w/deep.js', 'f(1);');
    expect((await workspace.analyse()).notices).toEqual([]);
  });

  it('an import of what is not there, a module that imports itself, two that import each other', async () => {
    const { findings } = await open({
      ...single(`import './gone.js';\nimport './main.js';\nimport './other.js';\n${losing('page')}`),
      '/w/other.js': `import './main.js';\nexport {};\n`,
    }).workspace.analyse();
    expect(findings).toHaveLength(1);
  });

  it('any beginning of a text is analysed without a fault', async () => {
    const text = `${losing('page')}
class Job { #seen = new Set(); async run(xs) { for (const x of xs) { if (this.#seen.has(x)) continue; this.#seen.add(x); await Actor.pushData({ x }); } } }
const { a: [b], ...rest } = await new Job().run([1, \`\${2}\`]);
export default async (c, { d = 1 } = {}) => c?.[d]?.(...rest) ?? b;
Actor.on('migrating', async () => { await Actor.setValue('STATE', { page, rest }); });
`;
    const { workspace } = open(single(text));
    await workspace.analyse();
    await assert(
      asyncProperty(nat(text.length), async (length) => {
        workspace.setDocument('/w/main.js', text.slice(0, length));
        const { notices } = await workspace.analyse();
        expect(notices.filter(({ reason }) => reason.includes('failed on this Actor'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('any text with a piece cut out is analysed without a fault', async () => {
    const text = losing('page');
    const { workspace } = open(single(text));
    await workspace.analyse();
    await assert(
      asyncProperty(nat(text.length), nat(60), async (from, length) => {
        workspace.setDocument('/w/main.js', text.slice(0, from) + text.slice(from + length));
        const { notices } = await workspace.analyse();
        expect(notices.filter(({ reason }) => reason.includes('failed on this Actor'))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

it('a workspace that is put away can be asked again', async () => {
  const { workspace } = open(single());
  await workspace.analyse();
  workspace.dispose();
  expect(said(await workspace.analyse())).toHaveLength(1);
});
