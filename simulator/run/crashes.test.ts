import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemProcesses } from '../platform/reaper.ts';
import type { RecordedEvent } from '../recording.ts';
import { actorFolder, type ActorFolder } from '../testing/actor-folder.ts';
import { repository } from '../testing/installed-sdk.ts';
import { leftovers, living, untilDead, untilNothingIsLeft } from '../testing/leftovers.ts';
import { migrateActor } from '../testing/migrate-actor.ts';
import { Seen } from '../testing/seen.ts';
import { folderOfRun, sweep } from './run-folder.ts';

/** Has a child that nothing ends but a kill, and tells the numbers of both and the platform's port. */
const FOREVER = `
import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { Actor } from 'apify';
await Actor.init();
const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
const port = Number(new URL(process.env.APIFY_API_BASE_URL).port);
writeFileSync('told.new', JSON.stringify({ pids: [process.pid, child.pid], port }));
renameSync('told.new', 'told.json');
for (;;) await Actor.pushData({ is: 'here' });
`;

let actor: ActorFolder;
beforeAll(async () => {
  actor = await actorFolder({ files: { 'src/main.js': FOREVER } });
});
afterAll(async () => await actor.remove());

interface Told {
  readonly pids: readonly number[];
  readonly port: number;
}

/** The first item has landed: the Actor and its child are there. */
function hasPushed(event: RecordedEvent): boolean {
  return event.kind === 'write' && event.outcome === 'landed';
}

function told(): Told {
  const value: Told = JSON.parse(readFileSync(join(actor.path, 'told.json'), 'utf8'));
  return value;
}

async function platformOf(runId: string): Promise<number> {
  const parents = await systemProcesses.parents();
  const owners: readonly { readonly pid: number }[] = JSON.parse(
    readFileSync(join(folderOfRun(runId), 'owners.json'), 'utf8'),
  );
  const platform = owners.find(({ pid }) => parents.get(pid) === owners[0]?.pid);
  if (platform === undefined) throw new Error('The platform is no owner.');
  return platform.pid;
}

test('the Actor is killed from outside: the run ends with its signal, and its child with it', async () => {
  const events = new Seen<RecordedEvent>();
  const { end, recording } = await migrateActor({
    folder: actor.path,
    at: [],
    onEvent: events.take,
    act: async () => {
      await events.until(hasPushed);
      process.kill(told().pids[0] ?? 0, 'SIGKILL');
    },
  });
  expect(end).toEqual({ how: 'exit', exit: { signal: 'SIGKILL' } });
  expect(await living(told().pids)).toEqual([]);
  expect(await leftovers(recording.runId, [told().port])).toEqual([]);
});

test('the process of the platform is killed: the run kills the Actor itself, and says so', async () => {
  const events = new Seen<RecordedEvent>();
  const { end, recording } = await migrateActor({
    folder: actor.path,
    at: [],
    onEvent: events.take,
    act: async (run) => {
      await events.until(hasPushed);
      process.kill(await platformOf(run.id), 'SIGKILL');
    },
  });
  expect(end).toMatchObject({ how: 'problem', problem: { kind: 'platform-lost' } });
  expect(recording.events.find(({ kind }) => kind === 'killed')).toMatchObject({ why: 'stop' });
  expect(await living(told().pids)).toEqual([]);
  expect(await leftovers(recording.runId, [told().port])).toEqual([]);
});

test('the face is killed: the process of the platform cleans up after it', async () => {
  const { runId, face } = await startFace();
  const platform = await platformOf(runId);
  face.kill('SIGKILL');
  await untilNothingIsLeft(runId, [told().port]);
  await untilDead([...told().pids, platform]);
});

test('both are killed: the next run sweeps what they left, and nothing that lives', async () => {
  const { runId, face } = await startFace();
  const events = new Seen<RecordedEvent>();
  const other = await migrateActor({
    folder: actor.path,
    at: [],
    onEvent: events.take,
    act: async (run) => {
      await events.until(hasPushed);
      const platform = await platformOf(runId);
      // Stopped first, so that it does not clean up in between.
      process.kill(platform, 'SIGSTOP');
      face.kill('SIGKILL');
      await once(face, 'exit');
      process.kill(platform, 'SIGKILL');
      await untilDead([platform]);
      expect(existsSync(folderOfRun(runId))).toBe(true);
      await sweep();
      expect(await leftovers(runId)).toEqual([]);
      expect(existsSync(folderOfRun(run.id))).toBe(true);
      await run.stop();
    },
  });
  expect(other.end).toEqual({ how: 'stopped' });
});

async function startFace() {
  const program = fileURLToPath(new URL('../testing/face.ts', import.meta.url));
  const face = spawn(process.execPath, ['--import', 'tsx', program, actor.path], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(face.stdout)) {
    const { runId }: { readonly runId: string } = JSON.parse(line);
    const dataset = join(actor.path, 'storage', 'datasets', 'default', '000000001.json');
    while (!existsSync(dataset)) await new Promise((resolve) => setTimeout(resolve, 50));
    return { runId, face };
  }
  throw new Error('The face ended before the run had begun.');
}
