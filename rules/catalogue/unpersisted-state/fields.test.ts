import { describe, expect, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import { missingMigratingHandler } from '../missing-migrating-handler/rule.ts';
import { unpersistedState } from './rule.ts';

/** An Actor of the SDK 2 whose progress is an object of a class, in a module of its own. */
function crawling(progress: string, start = ''): Record<string, string> {
  return {
    'main.js': `const Apify = require('apify');
const { Progress } = require('./progress');
Apify.main(async () => {
  const progress = new Progress();
  ${start}
  const requestQueue = await Apify.openRequestQueue();
  const crawler = new Apify.CheerioCrawler({
    requestQueue,
    handlePageFunction: async ({ $ }) => {
      const id = $('h1').attr('id');
      if (progress.done[id] || progress.count > 1000) return;
      progress.count += 1;
      progress.done[id] = true;
      await Apify.pushData({ id });
    },
  });
  await crawler.run();
});`,
    'progress.js': `const Apify = require('apify');
class Progress {
  constructor() {
    this.count = 0;
    this.done = {};
  }
${progress}
}
module.exports = { Progress };`,
  };
}

const LOAD = `  async load() {
    this.count = (await Apify.getValue('COUNT')) || 0;
    this.done = (await Apify.getValue('DONE')) || {};
  }`;
const SAVE = `  async save() {
    await Apify.setValue('COUNT', this.count);
    await Apify.setValue('DONE', this.done);
  }`;
const START = `await progress.load();\n  Apify.events.on('persistState', progress.save.bind(progress));`;

describe('a field that the constructor of a class sets, and others change', () => {
  it('is kept where the class saves and restores it', () => {
    const files = crawling(`${LOAD}\n${SAVE}`, START);
    expectReports(unpersistedState, files, 'apify 2');
    expectReports(missingMigratingHandler, files, 'apify 2');
  });

  it('is lost where the class does so with another one only', () => {
    const files = crawling(
      `  async load() {
    this.count = (await Apify.getValue('COUNT')) || 0;
  }
  async save() {
    await Apify.setValue('COUNT', this.count);
  }`,
      START,
    );
    const marked = { ...files, 'progress.js': (files['progress.js'] ?? '').replace('this.done', 'this./*~*/done') };
    const [report] = expectReports(unpersistedState, marked, 'apify 2');
    expect(report?.message).toContain('`done`');
  });

  it('lives as long as a round that makes the object', () => {
    const files = crawling('  other() {\n    this.count = 1;\n  }');
    const main = (files['main.js'] ?? '')
      .replace('  const progress = new Progress();\n', '')
      .replace("const id = $('h1')", "const progress = new Progress();\n      const id = $('h1')");
    expectReports(missingMigratingHandler, { ...files, 'main.js': main }, 'apify 2');
  });
});
