import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { stateOnLocalDisk } from './rule.ts';

const IMPORTS = `import { Actor } from 'apify';\nimport fs from 'node:fs';\nimport { readFile, writeFile } from 'fs/promises';\nimport path from 'node:path';\n`;
const LOOP_HEAD = `for (const url of urls) {\n  await Actor.pushData({ url: await fetch(url) });\n`;
const START = `${IMPORTS}const FILE = path.join('data', 'done.json');\nawait Actor.init();\nconst { urls } = await Actor.getInput();\n`;
const READ = `const done = JSON.parse(fs.readFileSync(FILE, 'utf8'));\n`;
const WRITE = `  fs.writeFileSync(FILE, JSON.stringify(done));\n`;

describe('it finds a file', () => {
  it.each([
    ['by a constant', `${START}${READ}${LOOP_HEAD}  /*~*/fs.writeFileSync(FILE, JSON.stringify(done));\n}\n`],
    [
      'by its text, with promises',
      `${START}let done = [];\ntry {\n  done = JSON.parse(await readFile('./done.json', 'utf8'));\n} catch {}\n${LOOP_HEAD}  done.push(url);\n  await /*~*/writeFile('./done.json', JSON.stringify(done));\n}\n`,
    ],
    [
      'in functions that load and save',
      `${START}const load = () => JSON.parse(fs.readFileSync(FILE, 'utf8'));\nfunction save(done) {\n  /*~*/fs.writeFileSync(FILE, JSON.stringify(done));\n}\nconst done = load();\n${LOOP_HEAD}  save(done);\n}\nsave(done);\n`,
    ],
    [
      'that is written for each request',
      `${START.replace('\n', "\nimport { CheerioCrawler } from 'crawlee';\n")}const seen = new Set(JSON.parse(await fs.promises.readFile(FILE, 'utf8')));\nconst crawler = new CheerioCrawler({ async requestHandler({ request }) {\n  seen.add(request.url);\n  await /*~*/fs.promises.writeFile(FILE, JSON.stringify([...seen]));\n} });\nawait crawler.run(urls);\n`,
    ],
    [
      'in CommonJS, to which lines are added',
      `const { Actor } = require('apify');\nconst { readFileSync, appendFileSync } = require('fs');\nActor.main(async () => {\n  const { urls } = await Actor.getInput();\n  const done = readFileSync('done.txt', 'utf8').split('\\n');\n  for (const url of urls) {\n    if (done.includes(url)) continue;\n    await Actor.pushData({ url: await fetch(url) });\n    /*~*/appendFileSync('done.txt', url);\n  }\n});\n`,
    ],
    [
      'in functions that get the path',
      `${START}const load = (...given) => fs.readFileSync(...given);\nconst save = (file, done) => fs.writeFileSync(file, done);\nsave('report.json', '[]');\nconst done = load(FILE, 'utf8');\n${LOOP_HEAD}  /*~*/save(FILE, done);\n}\n`,
    ],
    [
      'called another way',
      `${START}const { readFileSync: load } = fs;\nconst done = load.call(fs, 'done.json', 'utf8');\n${LOOP_HEAD}  /*~*/fs['writeFileSync'].apply(fs, ['done.json', done]);\n}\n`,
    ],
  ])('%s', (_, code) => {
    expectReports(stateOnLocalDisk, code);
  });

  it('of which a module of its own knows', () => {
    const [report] = expectReports(stateOnLocalDisk, {
      'main.ts': `import { Actor } from 'apify';\nimport { load, save } from './progress.js';\nawait Actor.init();\nconst { urls } = (await Actor.getInput()) as { urls: string[] };\nlet done = load();\nfor (const url of urls.slice(done)) {\n  await Actor.pushData({ url: await fetch(url) });\n  done += 1;\n  save(done);\n}\n`,
      'progress.ts': `import * as fs from 'fs';\nconst FILE = '/tmp/done.json';\nexport function load(): number {\n  return fs.existsSync(FILE) ? JSON.parse(fs.readFileSync(FILE, 'utf8')) : 0;\n}\nexport const save = (done: number): void => /*~ state-on-local-disk */fs.writeFileSync(FILE, String(done));\n`,
    });
    expect(report?.related.map(({ node }) => node.getText())).toEqual(['fs.readFileSync', 'const url']);
  });
});

describe('it is quiet', () => {
  const body = (loop: string, read = READ): string => `${START}${read}${LOOP_HEAD}${loop}}\n`;
  it.each([
    ['where it is only written', `${START}${LOOP_HEAD}${WRITE}}\n`],
    ['where it is only read', `${START}${READ}${LOOP_HEAD}}\n`],
    ['where it is only looked for', body(WRITE, 'const done = fs.existsSync(FILE);\n')],
    [
      'where a function gets another file',
      `${START}const save = (file, done) => fs.writeFileSync(file, done);\n${READ}${LOOP_HEAD}  save('other.json', done);\n}\nsave(FILE, done);\n`,
    ],
    ['where it is another file', body(`  fs.writeFileSync('other.json', url);\n`)],
    ['where the path is made for each item', body("  fs.writeFileSync(path.join('data', url), 'x');\n")],
    ['where it is written and read in one round', `${START}${LOOP_HEAD}${WRITE}  fs.readFileSync(FILE);\n}\n`],
    ['where the round reads it too', body(`${WRITE}  send(fs.readFileSync(FILE));\n`)],
    ['where it is made before it is read', `${START}fs.writeFileSync(FILE, '[]');\n${READ}${LOOP_HEAD}${WRITE}}\n`],
    ['where it is read at the end', `${START}const done = [];\n${LOOP_HEAD}${WRITE}}\nsend(fs.readFileSync(FILE));\n`],
    ['on a cache', body(WRITE).replace("'done.json'", "'page-cache.json'")],
    [
      'in a folder of the storages',
      body(WRITE).replace("path.join('data',", 'path.join(process.env.CRAWLEE_STORAGE_DIR,'),
    ],
    [
      'in a folder of the storages by another name',
      body(WRITE).replace('const FILE = path.join(', "const DATA = './storage';\nconst FILE = path.join(DATA, "),
    ],
    ['at home only', body(`  if (!Actor.isAtHome()) ${WRITE.trim()}\n`)],
    [
      'on a copy of what a store has',
      body(WRITE, `const done = (await Actor.getValue('DONE')) ?? JSON.parse(fs.readFileSync(FILE, 'utf8'));\n`),
    ],
    ['where nothing runs long', `${START}${READ}${WRITE}`],
    ['on functions of the same name', body(WRITE).replace("import fs from 'node:fs'", "import fs from './fs.js'")],
    [
      'on a path that is given',
      `${START}async function work(file) {\n  const done = fs.readFileSync(file);\n  ${LOOP_HEAD}  fs.writeFileSync(file, done);\n}\n}\nawait work(a);\n`,
    ],
    ['on broken code', `${START}${READ}${LOOP_HEAD}  fs.writeFileSync(`],
  ])('%s', (_, code) => {
    expectReports(stateOnLocalDisk, code);
  });

  it('on Crawlee alone', () => {
    expectReports(stateOnLocalDisk, body(WRITE).replace("import { Actor } from 'apify';", ''), 'crawlee 3');
  });
});

/** A loop that saves so how far it is. */
function paging(save: string): string {
  return `for (;;) {
  const rows = await (await fetch('https://example.com/' + page)).json();
  await Actor.pushData(rows);
  page += 1;
  ${save}
}
`;
}

describe('the fix "key-value-store"', () => {
  const head = `import { Actor } from 'apify';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
await Actor.init();
`;
  const start = `let page = existsSync('p.json') ? JSON.parse(readFileSync('p.json', 'utf8')).page : 1;\n`;
  const save = `writeFileSync('p.json', JSON.stringify({ page }, null, 2));`;

  it('of a constant too', () => {
    const code = `${head}const FILE = 'p.json';\n${`${start}${paging(save)}`.replaceAll(`'p.json'`, 'FILE')}`;
    expect(applyAllFixes(stateOnLocalDisk, code)['main.js']).toContain(`Actor.setValue('STATE', { page })`);
  });

  it('writes a record where the file was', () => {
    const fixed = applyAllFixes(stateOnLocalDisk, `${head}${start}${paging(save)}`)['main.js'];
    expect(fixed).toBe(
      `${head}let page = (await Actor.getValue('STATE'))?.page ?? 1;\n${paging(`await Actor.setValue('STATE', { page });`)}`,
    );
  });

  it('with a first value that needs parentheses', () => {
    const before = `${head}${start.replace(': 1;', ': input.page || 1;')}${paging(save)}`;
    expect(applyAllFixes(stateOnLocalDisk, before)['main.js']).toContain('?.page ?? (input.page || 1);');
  });

  it.each([
    ['something else names the path in another way', `${head}${start}${paging(save)}rmSync('./p.json');\n`],
    [
      'something else names what the constant holds',
      `${head}const FILE = 'p.json';\n${`${start}${paging(save)}`.replaceAll(`'p.json'`, 'FILE')}rmSync('p.json');\n`,
    ],
    ['something else names the path', `${head}${start}${paging(save)}rmSync('p.json');\n`],
    ['it is no JSON', `${head}${start}${paging(`writeFileSync('p.json', String(page));`)}`],
    [
      'an error says that the file is not there',
      `${head}let page = 1;\ntry { page = JSON.parse(readFileSync('p.json', 'utf8')).page; } catch {}\n${paging(save)}`,
    ],
    [
      'the first read is before the start',
      `${head.replace('await Actor.init();\n', start)}await Actor.init();\n${paging(save)}`,
    ],
  ])('is not offered where %s', (_, code) => {
    expect(reportsOf(stateOnLocalDisk, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });
});
