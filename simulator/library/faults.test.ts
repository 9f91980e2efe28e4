import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFolder, type ActorFolder } from '../testing/actor-folder.ts';
import { buildLibrary } from '../testing/built-library.ts';
import type { MigrateOptions, MigrateOutput, SweepOptions, SweepReport } from './index.ts';

const PAGES = 8;

/**
 * Its position is what it has pushed, and it pushes again what is refused: no end and no fault harms it. Where it is told to
 * hold, its first process does not get beyond the fifth page, so that it is there to be ended.
 */
const ROBUST = `import { Actor } from 'apify';
await Actor.init();
for (const event of ['migrating', 'aborting']) Actor.on(event, () => console.log('HEARD ' + event));
const dataset = await Actor.openDataset();
let { itemCount: page } = await dataset.getInfo();
const isFirst = page === 0;
while (page < ${PAGES}) {
  if (process.env.HOLD && isFirst && page === 5) await new Promise(() => {});
  try {
    await dataset.pushData({ page: page + 1 });
    page += 1;
    console.log('PUSH ' + process.pid + ' landed');
  } catch {
    console.log('PUSH ' + process.pid + ' refused');
  }
}
await Actor.exit();
`;

interface Library {
  readonly migrate: (options: MigrateOptions) => Promise<MigrateOutput>;
  readonly sweep: (options: SweepOptions) => Promise<SweepReport>;
}

let actor: ActorFolder;
let library: Library;

beforeAll(async () => {
  await buildLibrary();
  // As an Actor that has installed it: by the name that package.json publishes.
  library = createRequire(import.meta.url)('actor-state/simulator');
  actor = await actorFolder({ files: { 'src/main.js': ROBUST } });
});
afterAll(async () => await actor.remove());

interface Seen {
  readonly output: MigrateOutput;
  readonly printed: string;
}

/** Migrates the Actor; whatever was done to it, each page has been pushed once. */
async function migrated(options: Partial<MigrateOptions>): Promise<Seen> {
  const storage = mkdtempSync(join(actor.path, 'storage-'));
  let printed = '';
  const output = await library.migrate({
    command: ['node', 'src/main.js'],
    cwd: actor.path,
    storage,
    latency: 20,
    env: { HOLD: 'yes' },
    onOutput: (text) => (printed += text),
    ...options,
  });
  expect(pagesIn(storage), printed).toEqual(Array.from({ length: PAGES }, (_, index) => index + 1));
  expect(output).toMatchObject({ verdict: 'resumed', exitCode: 0 });
  return { output, printed };
}

function pagesIn(storage: string): readonly number[] {
  const folder = join(storage, 'datasets', 'default');
  return readdirSync(folder)
    .filter((name) => /^\d+\.json$/.test(name))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).page);
}

/** What became of the pushes of each process, in order. */
function pushesIn(printed: string): readonly (readonly string[])[] {
  const byProcess = new Map<string, string[]>();
  for (const [, pid = '', how = ''] of printed.matchAll(/^PUSH (\d+) (\w+)$/gm))
    byProcess.set(pid, [...(byProcess.get(pid) ?? []), how]);
  return [...byProcess.values()];
}

describe.concurrent('the built library, on the real SDK', () => {
  test('an outage is repeated by the SDK: the Actor does not notice it', async () => {
    const { output, printed } = await migrated({ failWrites: '0.3:outage', seed: 2 });
    expect(output.remarks).toContainEqual(
      expect.stringMatching(/failed by --fail-writes \(outage\): to `dataset default`/),
    );
    expect(pushesIn(printed).flat()).not.toContain('refused');
  });

  test('what is rejected is told to the Actor; the same seed rejects the same writes, another one others', async () => {
    const [first, again, other] = await Promise.all(
      [7, 7, 8].map(async (seed) => pushesIn((await migrated({ failWrites: '0.5:reject', seed })).printed)),
    );
    // The last push of the first process may have been on its way when it was killed.
    const beginning = (pushes: typeof first): readonly unknown[] => (pushes ?? []).map((each) => each.slice(0, 3));
    expect(beginning(first)).toHaveLength(2);
    expect(first?.flat()).toContain('refused');
    expect(beginning(again)).toEqual(beginning(first));
    expect(beginning(other)).not.toEqual(beginning(first));
  });

  test('jitter makes a write take as long as chance wants it', async () => {
    // The third, the fourth and the fifth are to take 205, 209 and 292 ms, and the grace period is long enough for them.
    const chance = { latency: 0, jitter: 400, seed: 7 };
    const { output } = await migrated({ ...chance, at: 'write:1', webSocket: 'closed', grace: 2 });
    expect(Math.max(...output.writes.map(({ latencyMs }) => latencyMs))).toBeGreaterThanOrEqual(205);
  });

  test('a write that is under way is cut by an abort, and made again', async () => {
    const { output } = await migrated({ at: 'before-write:3', by: 'abort', latency: 1000 });
    expect(output.writes.filter(({ landed }) => !landed)).toEqual([
      expect.objectContaining({ target: 'dataset default', writtenAgain: true, lost: false, fault: null }),
    ]);
  });

  test('over a closed connection the Actor hears nothing, and is killed when its time is up', async () => {
    const { output, printed } = await migrated({ webSocket: 'closed', grace: 0.1 });
    expect(printed).not.toContain('HEARD');
    expect(output.migrations).toMatchObject([{ by: 'migration', endedBy: 'deadline' }]);
    expect(output.remarks).toContainEqual(expect.stringContaining('--websocket (closed)'));
  });

  test('over a slow connection the Actor hears of its migration late', async () => {
    const { output, printed } = await migrated({ webSocket: 'slow:500' });
    expect(printed).toContain('HEARD migrating');
    expect(output.migrations).toMatchObject([{ by: 'migration', endedBy: 'reboot' }]);
    expect(output.migrations[0]?.windowMs).toBeGreaterThanOrEqual(500);
  });

  test.each([
    ['reboot', /^(?!.*HEARD)/s],
    ['graceful-abort', /HEARD aborting/],
    ['abort', /^(?!.*HEARD)/s],
    ['timeout', /^(?!.*HEARD)/s],
  ])('after the end by %s the run goes on', async (by, heard) => {
    const { output, printed } = await migrated({ by, ...(by === 'graceful-abort' && { grace: 1 }) });
    expect(output.migrations).toMatchObject([{ by }]);
    expect(printed).toMatch(heard);
  });

  test('a sweep ends the process by what it is told', async () => {
    const options = { command: ['node', 'src/main.js'], cwd: actor.path, latency: 0, by: 'timeout' };
    const printed: string[] = [];
    const report = await library.sweep({ ...options, points: 2, onOutput: (text) => printed.push(text) });
    expect(report).toMatchObject({ by: 'timeout', exitCode: 0, runs: [{ outcome: 'passed' }, { outcome: 'passed' }] });
    expect(printed.join('')).not.toContain('HEARD');
  });

  test('a sweep plays faults in its migrated runs only', async () => {
    const options = {
      command: ['node', 'src/main.js'],
      cwd: actor.path,
      latency: 0,
      failWrites: '0.5:reject',
      seed: 7,
    };
    const printed: string[] = [];
    const report = await library.sweep({ ...options, points: 1, onOutput: (text) => printed.push(text) });
    expect(report).toMatchObject({ exitCode: 0, runs: [{ outcome: 'passed' }] });
    const [undisturbed, ...others] = pushesIn(printed.join(''));
    expect(undisturbed).toEqual(Array.from({ length: PAGES }, () => 'landed'));
    expect(others.flat()).toContain('refused');
  });
});
