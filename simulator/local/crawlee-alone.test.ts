import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFolder } from '../testing/actor-folder.ts';
import { migrateActor, type Migration } from '../testing/migrate-actor.ts';
import { webSite, type WebSite } from '../testing/web-site.ts';
import { judge } from '../verdict/index.ts';

let site: WebSite;
beforeAll(async () => {
  site = await webSite({ pages: 12, delayMs: 30 });
});
afterAll(async () => await site.close());

const HEAD = `
import { CheerioCrawler, Configuration, Dataset, KeyValueStore } from 'crawlee';
import { setTimeout as delay } from 'node:timers/promises';
async function work(page) {
  await Dataset.pushData({ page });
  if (page === 4) await KeyValueStore.setValue('GO', { page });
  await delay(page === 4 ? 400 : 20);
}
`;

async function migrated(code: string, options: Partial<Migration> = {}) {
  const manifest = { type: 'module', dependencies: { crawlee: '^3.0.0' } };
  const folder = await actorFolder({
    files: { 'package.json': manifest, 'src/main.js': HEAD + code, 'src/main.ts': HEAD + code },
  });
  try {
    const run = await migrateActor({ folder: folder.path, at: ['key:GO'], graceMs: 1_000, ...options });
    return { ...run, verdict: judge(run.recording) };
  } finally {
    await folder.remove();
  }
}

describe.concurrent('an Actor on Crawlee alone', () => {
  test('restarts from zero when its loop saves nothing; the report says what was not seen', async () => {
    const { verdict, output } = await migrated('for (let page = 1; page <= 80; page += 1) await work(page);');
    expect(verdict, output).toMatchObject({
      word: 'restarted-from-zero',
      fidelity: 'local',
      migrations: [{ endedBy: 'deadline' }],
    });
    expect(verdict.remarks.join(' ')).toContain('Crawlee alone hears of no migration');
  });

  test('resumes when a listener saves and the start restores', async () => {
    const { verdict, output } = await migrated(`
      let { page } = (await KeyValueStore.getValue('STATE')) ?? { page: 1 };
      let migrating = false;
      Configuration.getEventManager().on('migrating', async () => {
        migrating = true;
        await KeyValueStore.setValue('STATE', { page });
      });
      for (; page <= 12; page += 1) { while (migrating) await delay(50); await work(page); }`);
    expect(verdict, output).toMatchObject({ word: 'resumed', keys: [{ record: { key: 'STATE' }, restored: 'read' }] });
  });

  test('resumes with a crawler that is stateless: what was locked is free again', async () => {
    const { verdict, recording, output } = await migrated(
      `const crawler = new CheerioCrawler({ maxConcurrency: 3, async requestHandler({ request, enqueueLinks }) {
        await enqueueLinks();
        await Dataset.pushData({ url: request.url });
        if (!request.url.endsWith('/')) await delay(1500);
      } });
      await crawler.run(['${site.url}/']);`,
      { at: ['write:8'], graceMs: 200 },
    );
    expect(verdict, output).toMatchObject({ word: 'resumed', keys: [], repeated: { items: [], requests: [] } });
    const unlocked = recording.events.flatMap((event) => (event.kind === 'killed' ? [event.unlocked] : []));
    expect(unlocked[0]).toBeGreaterThan(0);
    const pages = recording.events.flatMap((event) =>
      event.kind === 'write' && event.outcome === 'landed' && event.change.type === 'push-items'
        ? event.change.items.map((item) => JSON.stringify(item))
        : [],
    );
    expect(new Set(pages).size).toBe(13);
  });

  test('does not restart when its listener throws late', async () => {
    const { verdict, output } = await migrated(`
      Configuration.getEventManager().on('migrating', async () => { throw new Error('The listener fails.'); });
      for (let page = 1; page <= 80; page += 1) await work(page);`);
    expect(verdict, output).toMatchObject({ word: 'did-not-restart', migrations: [{ endedBy: 'exit' }] });
  });

  test('is killed in the middle of a loop that hears nothing', async () => {
    const { verdict, end, output } = await migrated(`
      const isRestarted = (await KeyValueStore.getValue('GO')) !== null;
      await Dataset.pushData({ isRestarted });
      await KeyValueStore.setValue('GO', { isRestarted });
      while (!isRestarted);`);
    expect(end, output).toEqual({ how: 'exit', exit: { code: 0 } });
    expect(verdict).toMatchObject({ word: 'resumed', migrations: [{ endedBy: 'deadline' }] });
  });

  test('is seen under tsx too', async () => {
    const { verdict, output } = await migrated(
      `const state: { page: number } = (await KeyValueStore.getValue('STATE')) ?? { page: 1 };
      for (; state.page <= 80; state.page += 1) {
        await work(state.page);
        await KeyValueStore.setValue('STATE', { page: state.page + 1 });
      }`,
      { command: ['node', '--import', 'tsx', 'src/main.ts'], at: ['write:9'], graceMs: 200 },
    );
    // On a slow machine the kill may come between an item and the save that tells of it.
    expect(['resumed', 'repeated-work'], output).toContain(verdict.word);
    expect(verdict.keys, output).toMatchObject([{ record: { key: 'STATE' }, restored: 'read' }]);
  });
});
