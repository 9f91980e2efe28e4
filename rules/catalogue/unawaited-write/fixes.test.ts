import { describe, expect, it } from 'vitest';

import { actorOf } from '../../actor/actor-fixture.ts';
import { applyAllFixes, applyFix, reportsOf } from '../expect-reports.ts';
import type { MarkedFiles } from '../expect-reports.ts';
import { unawaitedWrite } from './rule.ts';

/** Applies the fixes until the rule is quiet, which it must become, and gives the text of `main.js`. */
function fixed(code: string): string | undefined {
  return applyAllFixes(unawaitedWrite, code)['main.js'];
}

function fixesOffered(fixture: string | MarkedFiles): readonly string[] {
  return reportsOf(unawaitedWrite, fixture).flatMap(({ fixes }) => fixes.map(({ id }) => id));
}

const IMPORTS = `import { Actor, log } from 'apify';\n`;

/** An async function that leaves a write to itself, before what calls it. */
const SAVE = `${IMPORTS}async function save(page) { Actor.setValue('STATE', page); }\nawait Actor.init();\n`;
const END = `\nawait Actor.exit();\n`;
const BOTH = `async function both() { await save(1); save(2); save(3); }\nboth();`;

/** The body of an async function, before and after. */
function fixedBody(body: string): string {
  const before = `${IMPORTS}export async function run(items, page) {\n`;
  const after = `\n}\n`;
  const text = fixed(before + body + after) ?? '';
  expect(text.startsWith(before) && text.endsWith(after), text).toBe(true);
  return text.slice(before.length, -after.length);
}

describe('the fix "await"', () => {
  it.each([
    ['a statement', `  Actor.setValue('STATE', items); // keep`, `  await Actor.setValue('STATE', items); // keep`],
    ['a statement without a semicolon', `\tActor.pushData(items)`, `\tawait Actor.pushData(items)`],
    ['void', `void Actor.pushData(items);`, `await Actor.pushData(items);`],
    ['void and parentheses', `void (Actor.pushData(items));`, `await (Actor.pushData(items));`],
    ['a chain', `Actor.pushData(items).catch(console.error);`, `await Actor.pushData(items).catch(console.error);`],
    ['a variable that nobody uses', `const saved = Actor.pushData(items);`, `await Actor.pushData(items);`],
    [
      'a variable that is logged',
      `const saved = Actor.pushData(items);\nconsole.log(saved);`,
      `const saved = await Actor.pushData(items);\nconsole.log(saved);`,
    ],
    ['an assignment', `let saved;\nsaved = Actor.pushData(items);`, `let saved;\nsaved = await Actor.pushData(items);`],
    [
      'one of several variables',
      `const a = 1, b = Actor.pushData(items);`,
      `const a = 1, b = await Actor.pushData(items);`,
    ],
    ['a condition', `items && Actor.pushData(items);`, `items && await Actor.pushData(items);`],
    ['a choice', `items ? Actor.pushData(items) : null;`, `items ? await Actor.pushData(items) : null;`],
    [
      'a timer',
      `setInterval(() => { Actor.setValue('A', 1); }, 1000);`,
      `setInterval(async () => { await Actor.setValue('A', 1); }, 1000);`,
    ],
    [
      'a timer with a named function',
      `function tick() { Actor.setValue('A', 1); }\nsetInterval(tick, 1000);`,
      `async function tick() { await Actor.setValue('A', 1); }\nsetInterval(tick, 1000);`,
    ],
    [
      'an arrow function with void',
      `setTimeout(() => void Actor.setValue('A', 1));`,
      `setTimeout(async () => await Actor.setValue('A', 1));`,
    ],
    [
      'map without its array',
      `items.map(async (item) => { await Actor.pushData(item); });`,
      `await Promise.all(items.map(async (item) => { await Actor.pushData(item); }));`,
    ],
    [
      'map, its array awaited',
      `const all = [1, 2];\nawait all.map((item) => Actor.pushData({ item }));`,
      `const all = [1, 2];\nawait Promise.all(all.map((item) => Actor.pushData({ item })));`,
    ],
    [
      'Promise.all',
      `Promise.all(items.map((item) => Actor.pushData(item)));`,
      `await Promise.all(items.map((item) => Actor.pushData(item)));`,
    ],
    [
      'a callback of then, with its chain',
      `page.load().then((html) => { Actor.setValue('PAGE', html); });`,
      `await page.load().then(async (html) => { await Actor.setValue('PAGE', html); });`,
    ],
    [
      'an emitter',
      `page.on('data', (row) => { Actor.pushData(row); });`,
      `page.on('data', async (row) => { await Actor.pushData(row); });`,
    ],
  ])('%s', (_, before, after) => {
    expect(fixedBody(before)).toBe(after);
  });

  it('makes a listener async', () => {
    expect(fixed(`${IMPORTS}Actor.on('migrating', () => {\r\n  Actor.setValue('A', 1);\r\n});\r\n`)).toBe(
      `${IMPORTS}Actor.on('migrating', async () => {\r\n  await Actor.setValue('A', 1);\r\n});\r\n`,
    );
  });

  it('makes the functions that call it async as well, across files', () => {
    const files = applyAllFixes(unawaitedWrite, {
      'main.ts': `import { Actor } from 'apify';
import { Stats, report } from './stats.js';
await Actor.init();
const stats = new Stats();
stats.add(1);
if (report(stats).length > 10) stats.add(2);
await Actor.exit();
`,
      'stats.ts': `import { Actor } from 'apify';
export class Stats {
  count = 0;
  public add(n: number): void {
    this.count += n;
    this.save();
  }
  private save(): void {
    Actor.setValue('STATS', this.count);
  }
}
export function report(stats: Stats): string {
  stats.add(0);
  return String(stats.count);
}
`,
    });
    expect(files['stats.ts']).toBe(`import { Actor } from 'apify';
export class Stats {
  count = 0;
  public async add(n: number): Promise<void> {
    this.count += n;
    await this.save();
  }
  private async save(): Promise<void> {
    await Actor.setValue('STATS', this.count);
  }
}
export async function report(stats: Stats): Promise<string> {
  await stats.add(0);
  return String(stats.count);
}
`);
    expect(files['main.ts']).toBe(`import { Actor } from 'apify';
import { Stats, report } from './stats.js';
await Actor.init();
const stats = new Stats();
await stats.add(1);
if ((await report(stats)).length > 10) await stats.add(2);
await Actor.exit();
`);
  });

  it('makes a handler async that the crawler gets by name', () => {
    expect(
      fixed(`import { CheerioCrawler } from 'crawlee';
const onPage = ({ pushData }) => {
  pushData({});
};
export const crawler = new CheerioCrawler({ requestHandler: onPage });
`),
    ).toContain(`const onPage = async ({ pushData }) => {\n  await pushData({});\n};`);
  });

  it.each([
    ['export default function f() {', 'export default async function f() {'],
    ['export const f = <T,>(value?: T): void => {', 'export const f = async <T,>(value?: T): Promise<void> => {'],
    ['export const f = function () {', 'export const f = async function () {'],
    [
      'export class C { public static override f(): void {',
      'export class C { public static override async f(): Promise<void> {',
    ],
    ['export const o = { f() {', 'export const o = { async f() {'],
  ])('puts async in its place: %s', (before, after) => {
    const close = /[{].*[{]/u.test(before) ? '} }' : '}';
    const call = before.includes('class') ? 'C.f();' : before.includes(' o ') ? 'o.f();' : 'f();';
    const name = before.includes('class')
      ? '{ C }'
      : before.includes(' o ')
        ? '{ o }'
        : before.includes('default')
          ? 'f'
          : '{ f }';
    const files = applyAllFixes(unawaitedWrite, {
      'main.ts': `import ${name} from './f.js';\nawait fetch('https://example.com');\n${call}\n`,
      'f.ts': `import { Actor } from 'apify';\n${before} Actor.setValue('A', 1); ${close}\n`,
    });
    expect(files['f.ts']).toBe(`import { Actor } from 'apify';\n${after} await Actor.setValue('A', 1); ${close}\n`);
  });

  it('does not make async what other Actors may call', () => {
    const files = {
      'main.js': `import { save } from './save.js';\nawait fetch('https://example.com');\nsave();\nawait fetch('https://example.com');\n`,
      'save.js': `import { Actor } from 'apify';\nexport function save() { Actor.setValue('A', 1); }\n`,
    };
    const actor = actorOf(files);
    const shared = { ...actor, folder: { ...actor.folder, sources: ['/actor/main.js'] } };
    expect(unawaitedWrite.check(actor).flatMap(({ fixes }) => fixes.map(({ id }) => id))).toEqual(['await']);
    expect(unawaitedWrite.check(shared).flatMap(({ fixes }) => fixes.map(({ id }) => id))).toEqual([]);
  });

  it('is safe where it only waits', () => {
    const [report] = reportsOf(unawaitedWrite, `${IMPORTS}Actor.on('migrating', () => { Actor.setValue('A', 1); });`);
    expect(report?.fixes.map(({ id, safe }) => [id, safe])).toEqual([
      ['await', true],
      ['return', true],
    ]);
  });

  it.each([
    ['waits for those that left an async function to itself', `save(1);`, `await save(1);`],
    [
      'waits once where two ways lead to one call',
      BOTH,
      BOTH.replace(' save(2); save(3)', ' await save(2); await save(3)').replace('\nboth', '\nawait both'),
    ],
    [
      'leaves alone who has own error handling',
      `const end = (error) => { throw error; };\nsave(1).catch(end);`,
      undefined,
    ],
  ])('%s', (_, before, after = before) => {
    const [report] = reportsOf(unawaitedWrite, SAVE + before + END);
    if (report === undefined) throw new Error('no report');
    expect(report.fixes.map(({ title, safe }) => [title, safe])).toEqual([['Wait for it with await', true]]);
    expect(applyFix(SAVE + before + END, report, 'await')['main.js']).toBe(
      SAVE.replace('Actor.set', 'await Actor.set') + after + END,
    );
  });

  it.each([
    ['a constructor', `class Store { constructor() { save(1); } }\nnew Store();`, 'save()'],
    ['a getter', `const a = { get b() { save(1); return 1; } };\nexport default a;`, 'save()'],
    ['a forEach that gets its name', `[1, 2].forEach(save);`, 'forEach()'],
  ])('says that nobody waits in %s, and is not applied unasked', (_, code, name) => {
    const [report] = reportsOf(unawaitedWrite, SAVE + code + END);
    const title = `Wait for it with await, though nobody waits for ${name} then`;
    expect(report?.fixes.map((fix) => [fix.title, fix.safe])).toEqual([[title, false]]);
  });

  it.each([
    ['a constructor', `class Store { constructor() { Actor.setValue('A', 1); } }\nexport const store = new Store();`],
    ['a getter', `export const state = { get saved() { Actor.setValue('A', 1); return true; } };`],
    ['a generator', `export function* each() { Actor.setValue('A', 1); yield 1; }`],
    [
      'a callback of filter',
      `export const run = (items) => items.filter((item) => { Actor.pushData(item); return item; });`,
    ],
    [
      'a function that a constructor calls',
      `class Store { constructor() { this.save(); } save() { Actor.setValue('A', 1); } }\nexport const store = new Store();`,
    ],
    [
      'a callback that someone unknown gets',
      `import other from 'other';\nother((item) => { Actor.pushData(item); return 1; });`,
    ],
    ['the top level of what may be CommonJS', `Actor.setValue('A', 1);`],
  ])('is not offered in %s', (_, code) => {
    expect(reportsOf(unawaitedWrite, IMPORTS + code)).toHaveLength(1);
    expect(fixesOffered(IMPORTS + code)).toEqual([]);
  });

  it('is offered at the top level of an ES module', () => {
    const code = `${IMPORTS}await Actor.init();\nActor.pushData({});\nawait Actor.exit();\n`;
    expect(fixed(code)).toBe(`${IMPORTS}await Actor.init();\nawait Actor.pushData({});\nawait Actor.exit();\n`);
  });
});

describe('the fix "return"', () => {
  it('gives the promise of a listener to the SDK', () => {
    const code = `${IMPORTS}Actor.on('migrating', () => {\n  Actor.setValue('A', 1);\n});\n`;
    const [report] = reportsOf(unawaitedWrite, code);
    if (report === undefined) throw new Error('no report');
    const files = applyFix(code, report, 'return');
    expect(files['main.js']).toContain(`{\n  return Actor.setValue('A', 1);\n}`);
    expect(reportsOf(unawaitedWrite, files)).toEqual([]);
  });
});

describe('the fix "for-of"', () => {
  it.each([
    [
      'a block',
      `items.forEach(async (item) => {\n  // each one\n  await Actor.pushData(item);\n});`,
      `for (const item of items) {\n  // each one\n  await Actor.pushData(item);\n}`,
    ],
    [
      'an expression',
      `items.forEach((item) => Actor.pushData(item));`,
      `for (const item of items) { await Actor.pushData(item); }`,
    ],
    [
      'an expression that may not be a promise',
      `items.forEach((item) => item.url && Actor.pushData(item));`,
      `for (const item of items) { await (item.url && Actor.pushData(item)); }`,
    ],
    [
      'an index',
      `items.forEach(async (item, i) => { await Actor.setValue(\`\${i}\`, item); });`,
      `for (const [i, item] of items.entries()) { await Actor.setValue(\`\${i}\`, item); }`,
    ],
    [
      'a pattern',
      `Object.entries(items).forEach(async ([key, value]) => { await Actor.setValue(key, value); });`,
      `for (const [key, value] of Object.entries(items)) { await Actor.setValue(key, value); }`,
    ],
    [
      'an array that may not be there',
      `items?.forEach(async (item) => { await Actor.pushData(item); });`,
      `for (const item of items ?? []) { await Actor.pushData(item); }`,
    ],
    [
      'return',
      `items.forEach(async (item) => { if (!item) return; if (item.bad) return log.error('bad'); await Actor.pushData(item); });`,
      `for (const item of items) { if (!item) continue; if (item.bad) { log.error('bad'); continue; } await Actor.pushData(item); }`,
    ],
    [
      'a dropped statement in a forEach',
      `items.forEach((item) => { Actor.pushData(item); });`,
      `for (const item of items) { await Actor.pushData(item); }`,
    ],
    [
      'void in a forEach',
      `items.forEach((item) => void Actor.pushData(item));`,
      `for (const item of items) { await Actor.pushData(item); }`,
    ],
    [
      'two of them',
      `items.forEach((item) => { item.forEach((part) => { Actor.pushData(part); }); });`,
      `for (const item of items) { for (const part of item) { await Actor.pushData(part); } }`,
    ],
    [
      "cheerio's each",
      `page.$('a').each(async (i, link) => { await Actor.pushData({ i, link }); });`,
      `for (const [i, link] of page.$('a').toArray().entries()) { await Actor.pushData({ i, link }); }`,
    ],
  ])('%s', (_, before, after) => {
    expect(fixedBody(before)).toBe(after);
  });

  it('makes the function around async', () => {
    expect(fixed(`${IMPORTS}Actor.on('migrating', () => [1, 2].forEach((n) => Actor.setValue(\`\${n}\`, n)));\n`)).toBe(
      `${IMPORTS}Actor.on('migrating', async () => { for (const n of [1, 2]) { await Actor.setValue(\`\${n}\`, n); } });\n`,
    );
  });

  it.each([
    [
      'a Map',
      `export async function run() { new Map().forEach(async (value, key) => { await Actor.setValue(key, value); }); }`,
    ],
    [
      'a function by name',
      `const push = (item) => Actor.pushData(item);\nexport async function run(items) { items.forEach(push); }`,
    ],
    [
      'a return in a loop inside',
      `export async function run(items) { items.forEach(async (item) => { for (const x of item) { if (x) return; await Actor.pushData(x); } }); }`,
    ],
    [
      'this',
      `export async function run(items) { items.forEach(async function (item) { await Actor.pushData([this, item]); }); }`,
    ],
    [
      'a comment before the body',
      `export async function run(items) { items.forEach((item) => /* all */ Actor.pushData(item)); }`,
    ],
    [
      'a comment beside a parameter',
      `export async function run(items) { items.forEach(async (item /* any */) => { await Actor.pushData(item); }); }`,
    ],
    [
      'a comment behind the callback',
      `export async function run(items) { items.forEach(async (item) => { await Actor.pushData(item); } /* end */); }`,
    ],
    [
      'a comment in a return',
      `export async function run(items) { items.forEach(async (item) => { if (!item) return /* no */ log.error('bad'); await Actor.pushData(item); }); }`,
    ],
    [
      'a name used twice',
      `export async function run(items) { items.forEach(async (items) => { await Actor.pushData(items); }); }`,
    ],
  ])('is not offered for %s', (_, code) => {
    expect(reportsOf(unawaitedWrite, IMPORTS + code)).toHaveLength(1);
    expect(fixesOffered(IMPORTS + code)).toEqual([]);
  });
});
