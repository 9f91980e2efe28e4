import { describe, expect, it } from 'vitest';
import { findActors } from './actors.ts';
import { looksLikeEntry } from './entry-text.ts';
import { memoryFileSystem } from './memory-file-system.ts';
import { scanFolder } from './scan.ts';

const START = "import { Actor } from 'apify';\nawait Actor.init();\n";

/** The entry points of an Actor in /p that has these files, and `package.json` with these fields. */
function entries(fields: object, files: Readonly<Record<string, string>>): readonly string[] {
  const placed = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/p/${name}`, text]));
  const fs = memoryFileSystem({
    '/p/package.json': JSON.stringify({ name: 'a', dependencies: { apify: '^3.0.0' }, ...fields }),
    ...placed,
  });
  return findActors(scanFolder('/p', fs), fs)
    .actors.flatMap((actor) => actor.entryPoints)
    .map((path) => path.slice(3));
}

describe('the entry points of an Actor', () => {
  it('are what the start script runs', () => {
    expect(entries({ scripts: { start: 'node src/app.js' } }, { 'src/app.js': '', 'src/main.js': START })).toEqual([
      'src/app.js',
    ]);
    expect(entries({ scripts: { start: 'node .' }, main: 'app.js' }, { 'app.js': '', 'main.js': START })).toEqual([
      'app.js',
    ]);
  });

  it.each([
    [
      'by outDir',
      '{"compilerOptions": {"outDir": "out/js", "rootDir": "code"}}',
      'node out/js/main.js',
      'code/main.ts',
    ],
    ['by outDir without rootDir', '{"compilerOptions": {"outDir": "out/js"}}', 'node out/js/main.js', 'src/main.ts'],
    ['of a whole tree', '{"compilerOptions": {"outDir": "dist"}}', 'node dist/actors/p/src/main.js', 'src/main.ts'],
    ['by guess', '{"extends": "@apify/tsconfig"}', 'node dist/main.js', 'src/main.ts'],
    ['by guess without extension', '{}', 'node dist/main', 'src/main.ts'],
    ['by guess with its folder', '{}', 'node dist/src/main.js', 'src/main.ts'],
    ['by guess, beside', '{}', 'node build/main.mjs', 'main.mts'],
  ])('are led back from a build %s', (_, tsconfig, start, entry) => {
    expect(entries({ scripts: { start } }, { 'tsconfig.json': tsconfig, [entry]: '', 'other/main.ts': START })).toEqual(
      [entry],
    );
  });

  it('are what the image runs, before all else', () => {
    const files = {
      'src/main.ts': START,
      'src/index.ts': '',
      Dockerfile: 'FROM a\nCMD ["node", "/usr/src/app/dist/main.js"]',
    };
    expect(entries({ main: 'src/index.ts' }, files)).toEqual(['src/main.ts']);
    expect(entries({ scripts: { start: 'node src/index.ts' } }, files)).toEqual(['src/main.ts']);
  });

  it('are what main names, where nothing else does', () => {
    expect(entries({ main: './main' }, { 'main.js': "require('./run')", 'run.js': START })).toEqual(['main.js']);
  });

  it('are the modules that start an Actor, where nothing names them or what is named is not there', () => {
    const files = { 'a.js': START, 'b.js': "import './a.js';", 'c.js': '' };
    expect(entries({ scripts: { start: 'node gone.js' } }, files)).toEqual(['a.js']);
    expect(entries({}, { 'a.js': START, 'a.test.js': "import './a.js';", 'z.js': START })).toEqual(['a.js', 'z.js']);
    expect(entries({}, { 'a.js': START, 'c.js': '' })).toEqual(['a.js']);
    expect(entries({}, { 'a.js': `${START}import './b.js';`, 'b.js': START })).toEqual(['a.js']);
  });

  it('are never tests', () => {
    expect(entries({}, { 'main.test.js': START, 'test/run.js': START, 'main.js': START })).toEqual(['main.js']);
  });
});

describe('code that looks like an entry point', () => {
  it.each([
    'Apify.main(async () => {});',
    'await Actor.init();',
    'void (async () => {\n  await Actor.main(run);\n})();',
    'const crawler = new PlaywrightCrawler({});\nawait crawler.run();',
    'const c = new Apify.CheerioCrawler<X>({});\nc.run();',
    'await Actor.init.call(Actor);',
    'await (Actor.init)();',
    'await Actor?.init?.();',
    'await Actor!.init();',
    'await (Actor as any).init();',
    "await Actor['init']();",
    'await Actor[`init`]();',
    "const INIT = 'init';\nawait Actor[INIT]();",
    'const { init, exit } = Actor;\nawait init();',
    'await Reflect.apply(Actor.init, Actor, []);',
    "const c = new (CheerioCrawler)({});\nawait c['run']();",
    "import { Actor as Sdk } from 'apify';\nawait Sdk.init();",
    "import Sdk from 'apify';\nSdk.main(run);",
    "const { Actor: Sdk } = require('apify');\nSdk.main(run);",
    "const sdk = require('apify');\nsdk.main(run);",
    "const { main, pushData } = require('apify');\nmain(run);",
    "const { main: start } = await import('apify');\nstart(run);",
    "import { CheerioCrawler as Crawls } from 'crawlee';\nconst c = new Crawls({});\nawait c.run();",
    'const c = Reflect.construct(CheerioCrawler, [{}]);\nawait c.run.call(c);',
  ])('%j', (text) => {
    expect(looksLikeEntry(text)).toBe(true);
  });

  it.each([
    '// await Actor.init();',
    ' * Actor.main(run)',
    'export const c = new CheerioCrawler({});',
    'runner.run()',
    "await Actor[method]('x');",
    'const { pushData } = Actor;',
    'Actor.initialised = true;',
    "import { Actor as Sdk } from 'apify';\nawait Sdk.pushData(row);",
    "const { pushData } = require('apify');",
    '',
  ])('is not %j', (text) => {
    expect(looksLikeEntry(text)).toBe(false);
  });
});
