import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { missingInit } from './rule.ts';

describe('it finds a program that never starts the SDK', () => {
  it.each([
    ['and writes', `import { Actor } from 'apify';\nawait /*~*/Actor.pushData({});\nawait Actor.setValue('A', 1);\n`],
    ['and listens', `import { Actor } from 'apify';\n/*~*/Actor.on('migrating', () => {});\n`],
    ['and reads its input', `import { Actor } from 'apify';\nconst input = await /*~*/Actor.getInput();\n`],
    [
      'in CommonJS',
      `const { Actor } = require('apify');\n(async () => {\n  await /*~*/Actor.openDataset('x');\n})();\n`,
    ],
    [
      'beside a package whose name only looks like one for Actors',
      `import { Actor } from 'apify';\nimport { make } from 'factory-girl';\nawait /*~*/Actor.pushData(make());\n`,
    ],
    [
      'beside well-known packages',
      `import { Actor } from 'apify';\nimport { CheerioCrawler } from 'crawlee';\nimport * as cheerio from 'cheerio';\nawait /*~*/Actor.charge({ eventName: 'a' });\n`,
    ],
  ])('%s', (_, code) => {
    expectReports(missingInit, code);
  });

  it('with the work in another module', () => {
    expectReports(missingInit, {
      'main.ts': `import { crawl } from './crawl.js';\nawait crawl();\n`,
      'crawl.ts': `import { Actor } from 'apify';\nexport async function crawl() {\n  await /*~ missing-init */Actor.pushData({});\n}\n`,
    });
  });
});

describe('it is quiet where', () => {
  it.each([
    ['init is called', `import { Actor } from 'apify';\nawait Actor.init();\nawait Actor.pushData({});\n`],
    ['main is called', `import { Actor } from 'apify';\nActor.main(async () => {\n  await Actor.pushData({});\n});\n`],
    [
      'an instance is started',
      `import { Actor } from 'apify';\nconst actor = new Actor();\nawait actor.init();\nawait Actor.pushData({});\n`,
    ],
    [
      'a package may start it',
      `import { Actor } from 'apify';\nimport { start } from '@acme/actor-kit';\nawait start();\nawait Actor.pushData({});\n`,
    ],
    [
      'something else is initialised',
      `import { Actor } from 'apify';\nimport { kit } from 'kit';\nawait kit.init();\nawait Actor.pushData({});\n`,
    ],
    ['an import was not found', `import { Actor } from 'apify';\nimport './setup.js';\nawait Actor.pushData({});\n`],
    [
      'a module is named at run time',
      `import { Actor } from 'apify';\nawait import(process.env.SETUP);\nawait Actor.pushData({});\n`,
    ],
    ['only a crawler is used', `import { CheerioCrawler } from 'crawlee';\nawait new CheerioCrawler({}).run();\n`],
    [
      'only the client is used',
      `import { ApifyClient } from 'apify';\nawait new ApifyClient().dataset('a').pushItems([]);\n`,
    ],
    ['nothing is stored', `import { Actor } from 'apify';\nconsole.log(Actor.isAtHome());\n`],
    ['the code is broken', `import { Actor } from 'apify';\nActor.(\n`],
  ])('%s', (_, code) => {
    expectReports(missingInit, code);
  });

  it('the start is in a module that is imported', () => {
    expectReports(missingInit, {
      'main.js': `import './setup.js';\nimport { Actor } from 'apify';\nawait Actor.pushData({});\n`,
      'setup.js': `import { Actor } from 'apify';\nawait Actor.init();\n`,
    });
  });

  it.each([
    [
      'ES modules',
      `import { Actor } from 'apify';\nexport const push = async (items) => {\n  await Actor.pushData(items);\n};\n`,
    ],
    [
      'CommonJS',
      `'use strict';\nconst { Actor } = require('apify');\nfunction push(items) {\n  return Actor.pushData(items);\n}\nmodule.exports = { push };\nexports.push = push;\n`,
    ],
  ])('it is a library of %s, which others start', (_, code) => {
    expectReports(missingInit, code);
  });

  it('the SDK needs no start', () => {
    expectReports(missingInit, `const Apify = require('apify');\nApify.pushData({});\n`, 'apify 2');
  });

  it('Crawlee stands alone', () => {
    expectReports(missingInit, `import { Dataset } from 'crawlee';\nawait Dataset.pushData({});\n`, 'crawlee 3');
  });
});

describe('the fix "init"', () => {
  it.each([
    [
      'starts and ends it',
      `import { Actor } from 'apify';\nimport fs from 'node:fs';\n\n// The work\nawait Actor.pushData({});\n`,
      `import { Actor } from 'apify';\nimport fs from 'node:fs';\n\nawait Actor.init();\n\n// The work\nawait Actor.pushData({});\nawait Actor.exit();\n`,
    ],
    [
      'without semicolons, with CRLF and no last line end',
      `import { Actor } from 'apify'\r\n\r\nawait Actor.pushData({})`,
      `import { Actor } from 'apify'\r\n\r\nawait Actor.init()\r\n\r\nawait Actor.pushData({})\r\nawait Actor.exit()`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(missingInit, before)['main.js']).toBe(after);
  });

  it.each([
    [
      'the work is left to itself',
      `import { Actor } from 'apify';\nasync function main() {}\nawait Actor.pushData({});\nmain();\n`,
    ],
    [
      'the work is in a function',
      `import { Actor } from 'apify';\nasync function main() {\n  await Actor.pushData({});\n}\nawait main();\n`,
    ],
  ])('is not offered where %s', (_, code) => {
    expect(reportsOf(missingInit, code).flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
