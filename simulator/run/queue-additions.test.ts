import { afterAll, expect, test } from 'vitest';
import { actorFolder, type ActorFolder } from '../testing/actor-folder.ts';
import { migrateActor, type MigratedActor } from '../testing/migrate-actor.ts';

/** Fills a queue for another Actor, and writes nothing else. */
const FILLS_A_QUEUE = `
import { Actor } from 'apify';
await Actor.init();
const queue = await Actor.openRequestQueue('found');
for (let page = 1; page <= 8; page += 1) await queue.addRequest({ url: 'http://127.0.0.1/' + page });
await Actor.exit();
`;

const folders: ActorFolder[] = [];
afterAll(async () => await Promise.all(folders.map(async (folder) => await folder.remove())));

async function migratedAt(...at: readonly string[]): Promise<MigratedActor> {
  const actor = await actorFolder({ files: { 'src/main.js': FILLS_A_QUEUE } });
  folders.push(actor);
  return await migrateActor({ folder: actor.path, at });
}

/** How many additions of the first process have landed. */
function additions({ recording }: MigratedActor): number {
  return recording.events.filter(
    (event) =>
      event.kind === 'write' &&
      event.process === 1 &&
      event.change.type === 'add-requests' &&
      event.outcome === 'landed',
  ).length;
}

test.concurrent('an Actor that only fills a queue is migrated by what it adds', async () => {
  const migrated = await migratedAt('add:4');
  expect(migrated.windows).toEqual(['reboot']);
  expect(additions(migrated)).toBeGreaterThanOrEqual(4);
  expect(additions(migrated)).toBeLessThan(8);
  expect(migrated.end).toMatchObject({ how: 'exit', exit: { code: 0 } });
});

test.concurrent('by no write: what it adds is none', async () => {
  expect((await migratedAt('first-write')).windows).toEqual([]);
});
