import { describe, expect, it } from 'vitest';

import { applyFix } from '../../catalogue/expect-reports.ts';
import type { MarkedFiles } from '../../catalogue/expect-reports.ts';
import { ruleList } from '../../catalogue/index.ts';
import { missingMigratingHandler } from '../../catalogue/missing-migrating-handler/rule.ts';
import type { Report } from '../../catalogue/rule.ts';
import { unpersistedState } from '../../catalogue/unpersisted-state/rule.ts';
import { actorOf } from '../../actor/actor-fixture.ts';
import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { fixFixtures, writeFixture } from './fixtures.ts';
import { typeErrorsOf } from './type-errors.ts';

function lossesIn(files: MarkedFiles, sdk?: FixtureSdk): readonly Report[] {
  const actor = actorOf(files, sdk);
  return [...missingMigratingHandler.check(actor), ...unpersistedState.check(actor)];
}

function fixesOffered(files: MarkedFiles, sdk?: FixtureSdk): readonly string[] {
  return [...new Set(lossesIn(files, sdk).flatMap(({ fixes }) => fixes.map(({ id }) => id)))];
}

function titles(files: MarkedFiles, sdk: FixtureSdk): readonly string[] {
  return lossesIn(files, sdk).flatMap(({ fixes }) => fixes.map(({ title }) => title));
}

/** The files that a fix changes, as it leaves them. */
function fixed(files: MarkedFiles, fixId: string, sdk?: FixtureSdk): MarkedFiles {
  const report = lossesIn(files, sdk).find(({ fixes }) => fixes.some(({ id }) => id === fixId));
  if (report === undefined) throw new Error(`no fix "${fixId}" in ${fixesOffered(files, sdk).join(', ')}`);
  const after = applyFix(files, report, fixId);
  return Object.fromEntries(Object.entries(after).filter(([name, text]) => text !== files[name]));
}

function messagesOf(files: MarkedFiles, sdk: FixtureSdk): readonly string[] {
  const actor = actorOf(files, sdk);
  return ruleList.flatMap((rule) => rule.check(actor)).map(({ message }) => message);
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

function withLineEnds(files: MarkedFiles): MarkedFiles {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]));
}

/** Set to write the pages anew with what the fixes make of them. */
const UPDATES = process.env['UPDATE_FIXTURES'] === '1';

describe.each(fixFixtures())('$title ($name.md)', (fixture) => {
  const { before, after, sdk } = fixture;

  it('offers the fixes that the page shows', () => {
    const offered = fixesOffered(before, sdk);
    if (UPDATES) {
      writeFixture({ ...fixture, after: Object.fromEntries(offered.map((id) => [id, fixed(before, id, sdk)])) });
    } else {
      expect(offered).toEqual(Object.keys(after));
    }
  });

  describe.each(Object.keys(after))('%s', (id) => {
    it('leaves what the page shows', () => {
      if (!UPDATES) expect(fixed(before, id, sdk)).toEqual(after[id]);
    });

    it('keeps the line ends', () => {
      expect(fixed(withLineEnds(before), id, sdk)).toEqual(withLineEnds(fixed(before, id, sdk)));
    });

    it('brings no new type errors', () => {
      const result = { ...before, ...fixed(before, id, sdk) };
      expect(added(typeErrorsOf(before, sdk), typeErrorsOf(result, sdk))).toEqual([]);
    });

    it('leaves nothing to report, and nothing to fix again', () => {
      const result = { ...before, ...fixed(before, id, sdk) };
      expect(lossesIn(result, sdk).map(({ message }) => message)).toEqual([]);
      expect(added(messagesOf(before, sdk), messagesOf(result, sdk))).toEqual([]);
    });
  });
});

interface LoopParts {
  readonly before?: string;
  readonly head?: string;
  readonly body?: string;
  readonly after?: string;
}

/** A loop over pages, with code where it is asked for, also before the start. */
function loop(parts: LoopParts, beforeStart = ''): MarkedFiles {
  const { before = 'let page = 1;', head = 'while (page < 100)', body = '', after = '' } = parts;
  const code = `import { Actor } from 'apify';
${beforeStart}
await Actor.init();
${before}
${head} {
  const response = await fetch(\`https://example.com/?page=\${page}\`);
  await Actor.pushData(await response.json());
  ${body}
}
${after}
await Actor.exit();
`;
  return { 'main.js': code };
}

describe('where only a listener can keep it', () => {
  it.each([
    [
      'a Map',
      loop({
        before: 'let page = 1;\nconst names = new Map();',
        body: 'names.set(page, response.status);\n  page++;',
        after: `await Actor.setValue('OUTPUT', [...names]);`,
      }),
    ],
    [
      'a Set that gives items away',
      loop({
        before: 'let page = 1;\nconst seen = new Set();',
        body: 'seen.add(response.url);\n  seen.delete(response.redirected);\n  page++;',
        after: `await Actor.setValue('OUTPUT', [...seen]);`,
      }),
    ],
    [
      'a Set that is handed on',
      loop({
        before: `import { show } from 'other';\nlet page = 1;\nconst seen = new Set();`,
        body: 'seen.add(response.url);\n  show(seen);\n  page++;',
        after: `await Actor.setValue('OUTPUT', [...seen]);`,
      }),
    ],
    [
      'a first value made from another variable',
      loop({
        before: 'let page = 1;\nlet next = page + 1;',
        body: `await fetch(\`https://example.com/next/\${next}\`);\n  next += 1;\n  page = next - 1;`,
      }),
    ],
    ['an exported variable', loop({ before: 'export let page = 1;', body: 'page += 1;' })],
  ])('%s', (_, files) => {
    expect(fixesOffered(files)).toEqual(['listener']);
  });
});

describe('a mark that is made before the write', () => {
  it('moves behind it, for it is kept now', () => {
    const before = loop({ before: 'let page = 1;', head: 'for (;;)', body: '' });
    const early = (text: string): MarkedFiles => ({
      'main.js': (before['main.js'] ?? '').replace('  await Actor.pushData(', text),
    });
    const files = early('  page += 1;\n  await Actor.pushData(');
    const [report] = lossesIn(files);
    expect(report?.fixes.map(({ title }) => title)).toEqual([
      'Persist `page` with Actor.useState, and mark what is done behind the write',
      'Save `page` on migrating and restore at start, and mark what is done behind the write',
    ]);
    expect(fixed(files, 'use-state')['main.js']).toContain(
      '  await Actor.pushData(await response.json());\n  state.page += 1;\n',
    );
  });
});

/** An Actor whose handler looks at a Set of what it has seen. */
function crawl(handler: string, { options = '', helpers = '' } = {}): MarkedFiles {
  const code = `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const seen = new Set();
${helpers}
const crawler = new CheerioCrawler({
  ${options}async requestHandler({ $ }) {
    const id = $('h1').text();
    ${handler}
  },
});
await crawler.run((await Actor.getInput()).urls);
await Actor.exit();
`;
  return { 'main.js': code };
}

describe('a mark that a crawler makes before the write', () => {
  const LEFT = ' (an item that is marked but not yet written when the run migrates is left out)';
  const MARKED = 'if (seen.has(id)) return;\n    seen.add(id);\n    ';

  it.each([
    ['a write', `${MARKED}await Actor.pushData({ id });`, ''],
    [
      'a function that writes',
      `${MARKED}await write(id);`,
      'async function write(id) { await Actor.pushData({ id }); }',
    ],
    [
      'a function that marks',
      'if (!isNew(id)) return;\n    await Actor.pushData({ id });',
      'function isNew(id) {\n  const isFirst = !seen.has(id);\n  seen.add(id);\n  return isFirst;\n}',
    ],
    [
      'a write of all that it gathers',
      `const items = [];
    $('a').each((_, a) => {
      if (seen.has(a.id)) return;
      seen.add(a.id);
      items.push({ id: a.id });
    });
    await Actor.pushData(items);`,
      '',
    ],
  ])('stays, and the title says what that leaves out: %s', (_, handler, helpers) => {
    expect(titles(crawl(handler, { helpers }), 'apify 3')).toEqual([
      `Persist \`seen\` with Actor.useState${LEFT}`,
      `Save \`seen\` on migrating and restore at start${LEFT}`,
    ]);
  });

  it('stays also beside what is kept already', () => {
    const files = crawl(`state.pages += 1;\n    ${MARKED}await Actor.pushData({ id });`);
    const declared = (files['main.js'] ?? '').replace(
      'const seen',
      `const state = await Actor.useState('STATE', { pages: 0 });\nconst seen`,
    );
    expect(titles({ 'main.js': declared }, 'apify 3')).toEqual([`Add \`seen\` to the useState object${LEFT}`]);
  });

  it('moves behind it where one request is handled after the other', () => {
    const files = crawl(`${MARKED}await Actor.pushData({ id });`, { options: 'maxConcurrency: 1,\n  ' });
    expect(fixed(files, 'listener')['main.js']).toContain('    await Actor.pushData({ id });\n    seen.add(id);\n');
    expect(titles(files, 'apify 3')).toContain(
      'Save `seen` on migrating and restore at start, and mark what is done behind the write',
    );
  });

  it('has nothing to say where the mark comes behind the write', () => {
    const behind = crawl('if (seen.has(id)) return;\n    await Actor.pushData({ id });\n    seen.add(id);');
    expect(titles(behind, 'apify 3')).toContain('Save `seen` on migrating and restore at start');
  });
});

describe('where the SDK does not reboot the run', () => {
  const files = loop({ body: 'page += 1;' });

  it('the loop stops, and saves what it has done', () => {
    expect(fixed(files, 'listener', 'apify 3.6')['main.js']).toContain(`while (page < 100) {
  // The process lives on for some seconds: what it did in them would be done again.
  if (isMigrating) {
    await saveState();
    await new Promise((resolve) => setTimeout(resolve, 60000));
  }
`);
    expect(fixed(files, 'listener', 'apify 3')['main.js']).not.toContain('isMigrating');
  });

  it('also where an option turns the reboot off', () => {
    const off = { 'main.js': (files['main.js'] ?? '').replace('init()', 'init({ gracefulShutdown: false })') };
    expect(fixed(off, 'listener')['main.js']).toContain('isMigrating');
  });

  it('the title says what useState leaves', () => {
    expect(titles(files, 'apify 3.6')).toEqual([
      'Persist `page` with Actor.useState (what the loop still does after that save is done again)',
      'Save `page` on migrating and restore at start',
    ]);
  });

  const HALF = [
    ['half-saved', 'Add `seen` to what the listener saves, and restore it'],
    ['half-state', 'Add `total` to the useState object'],
  ] as const;

  it.each(HALF)('the title says what adding to what is kept leaves (%s.md)', (name, title) => {
    const before = fixFixtures().find((fixture) => fixture.name === name)?.before ?? {};
    const [said] = titles(before, 'apify 3.6');
    expect(said).toContain(`${title} (what the loop still does after that save is done again)`);
    expect(titles(before, 'apify 3')[0]).not.toContain('done again');
  });

  it.each(HALF)('the title says nothing where the loop stops already (%s.md)', (name, title) => {
    const before = fixFixtures().find((fixture) => fixture.name === name)?.before ?? {};
    const stopping = Object.entries(before).map(([file, code]) => {
      const listens = code.replace(
        'while (',
        `let isLast = false;\nActor.on('migrating', () => { isLast = true; });\nwhile (!isLast && `,
      );
      return [file, listens];
    });
    const [said] = titles(Object.fromEntries(stopping), 'apify 3.6');
    expect(said).toContain(title);
    expect(said).not.toContain('done again');
  });

  it('the title says so too where the loop has no place to stop', () => {
    const line = {
      'main.js': (files['main.js'] ?? '').replaceAll(/(?<=\{)\n {2}|(?<=;)\n {2}(?=\w)/gu, ' '),
    };
    expect(titles(line, 'apify 3.6')).toContain(
      'Save `page` on migrating and restore at start (what the loop still does after that save is done again)',
    );
    expect(fixed(line, 'listener', 'apify 3.6')['main.js']).not.toContain('isMigrating');
  });
});

describe('where nothing is offered', () => {
  const done = `page += 1;`;
  it.each([
    [
      'a list whose position nothing says',
      loop({
        before: `const found = [];`,
        head: 'for (const page of await (await fetch("x")).json())',
        body: 'found.push(response.status);',
        after: 'await Actor.pushData(found);',
      }),
    ],
    ['a position that moves on before the work is done', loop({ head: 'while (page++ < 100)' })],
    [
      'a position that moves on while something is awaited',
      loop({ body: `page += 1;\n  await Actor.setValue('A', page);` }),
    ],
    [
      'a position that moves on before another step of the work',
      loop({ body: `page += 1;\n  await fetch('https://example.com/done');` }),
    ],
    [
      'a seen-mark before a write that asks for it',
      loop({
        before: 'let page = 1;\nconst seen = new Set();',
        body: `if (seen.has(response.url)) continue;
  seen.add(response.url);
  await Actor.pushData({ n: seen.size });
  page += 1;`,
      }),
    ],
    [
      'a seen-mark in another block than the write',
      {
        'main.js': `import { Actor } from 'apify';
await Actor.init();
let page = 1;
const seen = new Set();
while (page < 100) {
  const { urls } = await (await fetch(\`https://example.com/?page=\${page}\`)).json();
  const items = [];
  for (const url of urls) {
    if (seen.has(url)) continue;
    seen.add(url);
    items.push({ url });
  }
  await Actor.pushData(items);
  page += 1;
}
await Actor.exit();
`,
      },
    ],
    [
      'a list that is filled at each start',
      loop({
        before: 'let page;\nconst queue = [];\nqueue.push(1);',
        head: 'while ((page = queue.shift()))',
        body: 'queue.push(...(await response.json()).next);',
      }),
    ],
    [
      'a position that the start sets',
      loop({ before: `let page = 1;\nconst input = await Actor.getInput();\npage = input.page;`, body: done }),
    ],
    [
      'a value that JSON does not keep',
      loop({
        before: 'let page = 1;\nlet best = Infinity;',
        body: `best = Math.min(best, response.status);\n  ${done}`,
        after: `await Actor.setValue('OUTPUT', { best });`,
      }),
    ],
    [
      'an instance of a class',
      loop({
        before: 'class Tally { n = 0 }\nlet page = 1;\nlet tally = null;',
        body: `tally = new Tally();\n  ${done}`,
        after: `await Actor.setValue('OUTPUT', tally);`,
      }),
    ],
    [
      'an error',
      loop({
        before: 'let page = 1;\nlet last = null;',
        body: `try { await response.json(); } catch (error) { last = error; }\n  ${done}`,
        after: `await Actor.setValue('OUTPUT', { last });`,
      }),
    ],
    [
      'a function that runs more than once',
      {
        'main.js': `import { Actor } from 'apify';
async function crawl(kind) {
  let page = 1;
  while (page < 100) {
    const response = await fetch(\`https://example.com/\${kind}?page=\${page}\`);
    await Actor.pushData(await response.json());
    page += 1;
  }
}
await Actor.init();
await crawl('a');
await crawl('b');
await Actor.exit();
`,
      },
    ],
    [
      'a function that a loop runs again',
      {
        'main.js': `import { Actor } from 'apify';
async function crawl(kind) {
  let page = 1;
  while (page < 100) {
    const response = await fetch(\`https://example.com/\${kind}?page=\${page}\`);
    await Actor.pushData(await response.json());
    page += 1;
  }
}
await Actor.init();
for (const kind of ['a', 'b']) await crawl(kind);
await Actor.exit();
`,
      },
    ],
    [
      'a loop that goes on with a variable of the loop before',
      {
        'main.js': `import { Actor } from 'apify';
let page = 1;
async function crawl(last) {
  while (page < last) {
    const response = await fetch(\`https://example.com/?page=\${page}\`);
    await Actor.pushData(await response.json());
    page += 1;
  }
}
await Actor.init();
await crawl(1000);
await crawl(2000);
await Actor.exit();
`,
      },
    ],
    [
      'a variable that is used before the start',
      loop(
        { before: 'while (page < 0);', body: done, after: '' },
        `let page = 1;\nconst show = () => console.log(page);\nshow();`,
      ),
    ],
    [
      'a list that the start and the loop fill by the same function',
      loop({
        before: `let page = 1;\nconst found = [];\nconst add = (url) => { found.push(url); };\nadd('a');`,
        body: `add(response.url);\n  ${done}`,
        after: 'await Actor.pushData(found);',
      }),
    ],
    [
      'an Actor that starts in two ways',
      loop({ before: `if (process.env.AGAIN) { await Actor.init(); }\nlet page = 1;`, body: done }),
    ],
    [
      'an Actor that is never started',
      { 'main.js': (loop({ body: done })['main.js'] ?? '').replace('await Actor.init();\n', '') },
    ],
    [
      'a counter that a function which cannot wait uses',
      {
        'main.js': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { onPage } from './routes.js';
await Actor.init();
await new CheerioCrawler({ requestHandler: onPage }).run(['https://example.com']);
await Actor.exit();
`,
        'routes.js': `let count = 0;
const isFull = () => count > 100;
export const onPage = async ({ pushData, enqueueLinks }) => {
  if (isFull()) return;
  count += 1;
  await pushData({ count });
  await enqueueLinks();
};
`,
      },
    ],
  ])('%s', (_, files) => {
    expect(lossesIn(files)).not.toEqual([]);
    expect(fixesOffered(files)).toEqual([]);
  });

  it('useState in the older generations, which have none', () => {
    const code = `const Apify = require('apify');
Apify.main(async () => {
  let page = 1;
  while (page < 100) {
    const { body } = await Apify.utils.requestAsBrowser({ url: \`https://example.com/?page=\${page}\` });
    await Apify.pushData({ body });
    page += 1;
  }
});
`;
    expect(fixesOffered({ 'main.js': code }, 'apify 0')).toEqual(['listener']);
  });
});
