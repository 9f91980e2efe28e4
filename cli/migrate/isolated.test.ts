import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFolder, type ActorFolder } from '../../simulator/testing/actor-folder.ts';
import { programs } from '../../simulator/testing/migrate-actor.ts';
import { actorStateProcess } from '../fakes/command.ts';

/** Keeps its place in a file beside its source, which the platform does not keep. */
const ON_DISK = `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Actor } from 'apify';
await Actor.init();
let page = existsSync('place.json') ? JSON.parse(readFileSync('place.json', 'utf8')) : 1;
for (; page <= 6; page += 1) {
  await Actor.pushData({ page });
  writeFileSync('place.json', String(page + 1));
}
await Actor.exit();
`;

const folders: ActorFolder[] = [];

async function migrated(...options: readonly string[]) {
  const folder = await actorFolder({ files: { 'src/main.js': ON_DISK } });
  folders.push(folder);
  const ended = await actorStateProcess(['migrate', ...options, '--', 'npm', 'start', '--silent'], folder.path);
  return { ...ended, hasWritten: existsSync(join(folder.path, 'place.json')) };
}

beforeAll(() => void programs());
afterAll(async () => await Promise.all(folders.map(async (folder) => await folder.remove())));

/** Ends a hang only: four runs after each other on a busy machine. */
const TIME = 240_000;

test(
  'a comparison of two runs that share a file of the folder says so, and --isolated parts them',
  { timeout: TIME },
  async () => {
    const shared = await migrated('--compare');
    expect(shared.stderr).toMatch(/the Actor writes files in its folder \(place\.json\).*--isolated/);
    const parted = await migrated('--compare', '--isolated');
    expect(parted.stderr).not.toContain('writes files in its folder');
    expect(parted.stdout).toMatch(/Compared with the undisturbed run: .*items? repeated/s);
  },
);

describe.concurrent('an Actor that keeps its place on the local disk', () => {
  test('finds it again in its own folder, which is told', async () => {
    const { stdout, hasWritten } = await migrated();
    expect(stdout).not.toContain('Restarted from zero');
    expect(stdout).toContain('place.json');
    expect(hasWritten).toBe(true);
  });

  test('has lost it with --isolated, as on the platform: exit 1; its folder is not touched', async () => {
    const { code, stdout, hasWritten } = await migrated('--isolated');
    expect(stdout).toContain('Restarted from zero');
    expect(code).toBe(1);
    expect(hasWritten).toBe(false);
  });
});
