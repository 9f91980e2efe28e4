import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordedEvent } from '../recording.ts';
import { actorFolder, type ActorFiles } from '../testing/actor-folder.ts';
import { leftovers } from '../testing/leftovers.ts';
import { migrateActor, type MigratedActor, type Migration } from '../testing/migrate-actor.ts';
import { RunProblem } from './run.ts';

interface Scene extends Omit<Migration, 'folder'> {
  /** Of src/main.js. */
  readonly code?: string;
  readonly files?: ActorFiles['files'];
  readonly sdk?: ActorFiles['sdk'];
}

async function play({ code = '', files = {}, sdk = 'latest', ...migration }: Scene): Promise<MigratedActor> {
  const actor = await actorFolder({ files: { 'src/main.js': code, ...files }, sdk });
  try {
    const migrated = await migrateActor({ ...migration, folder: actor.path });
    expect(await leftovers(migrated.recording.runId)).toEqual([]);
    return migrated;
  } finally {
    await actor.remove();
  }
}

function problemOf({ end }: MigratedActor): RunProblem {
  if (end.how !== 'problem') throw new Error(`no problem, but ${JSON.stringify(end)}`);
  return end.problem;
}

function processes({ recording: { events } }: MigratedActor): number {
  return events.filter((event: RecordedEvent) => event.kind === 'process-started').length;
}

test.concurrent.each([
  ['that throws', `throw new Error('at start');`, {}, 'exit code 1', '`apify` 3.7.2 is installed'],
  [
    'whose SDK is not installed',
    `import 'apify';`,
    { sdk: 'none' } as const,
    'exit code 1',
    '`apify` ^3.1.0 is among its dependencies but is not installed: run `npm install`',
  ],
  ['that does nothing', '', { files: { 'package.json': {} } }, 'exit code 0', 'does not name `apify`'],
  [
    'that uses Crawlee alone',
    '',
    { files: { 'package.json': { dependencies: { crawlee: '1' } } } },
    'exit code 0',
    'so Crawlee itself is listened to',
  ],
])(
  'an Actor %s ends before there is anything to migrate: told with its code and what is installed',
  async (_, code, scene, ...says) => {
    const problem = problemOf(await play({ ...scene, code }));
    expect(problem.kind).toBe('ended-early');
    for (const part of says) expect(problem.message).toContain(part);
  },
);

test.concurrent('an Actor whose port is taken ends: what it printed says so, and the sentence points there', async () => {
  const taken = createServer();
  await once(taken.listen(0, '127.0.0.1'), 'listening');
  const address = JSON.stringify(taken.address());
  const migrated = await play({ code: `import { createServer } from 'node:net'; createServer().listen(${address});` });
  expect(migrated.output).toContain('EADDRINUSE');
  expect(problemOf(migrated)).toMatchObject({
    kind: 'ended-early',
    message: expect.stringContaining('what the Actor printed'),
  });
  taken.close();
});

test.concurrent('an Actor that never calls the platform: told what was seen of it, and killed', async () => {
  const migrated = await play({ code: 'setInterval(() => undefined, 1000)', startLimitMs: 2000 });
  expect(problemOf(migrated)).toMatchObject({ kind: 'never-connected' });
  expect(problemOf(migrated).message).toMatch(/within 2 s, .*It runs\. `apify` 3\.7\.2 is installed/);
});

test.concurrent('an Actor that listens to nothing yet cannot be migrated', async () => {
  const migrated = await play({
    code: 'setTimeout(() => undefined, 60_000)',
    at: [],
    act: async (run) => {
      await expect(run.migrate({ graceMs: 1 })).rejects.toMatchObject({ kind: 'never-connected' });
      await run.stop();
    },
  });
  expect(migrated.end).toEqual({ how: 'stopped' });
});

function saverWith(listener: string): string {
  return `
import { Actor } from 'apify';
await Actor.init({ gracefulShutdown: false });
Actor.on('migrating', ${listener});
const state = await Actor.useState('STATE', { n: 0 });
while (state.n < 12) { state.n += 1; await Actor.pushData({ n: state.n }); }
await Actor.exit();
`;
}

test.concurrent('a listener that throws, and one that rejects: the first is killed at the deadline, the second ends the run', async () => {
  const thrown = await play({ code: saverWith(`() => { throw new Error('in the listener'); }`), graceMs: 200 });
  expect(thrown).toMatchObject({ end: { how: 'exit', exit: { code: 0 } }, windows: ['deadline'] });
  const rejected = await play({
    code: saverWith(`async () => { throw new Error('in the listener'); }`),
    graceMs: 60_000,
  });
  expect(rejected).toMatchObject({ end: { how: 'exit', exit: { code: 1 } }, windows: ['exit'] });
});

test.concurrent('an Actor whose restart fails at once ends with the code of its second process', async () => {
  const migrated = await play({
    code: `
import { existsSync, writeFileSync } from 'node:fs';
import { Actor } from 'apify';
if (existsSync('started')) process.exit(3);
writeFileSync('started', '');
await Actor.init();
for (;;) await Actor.pushData({ a: 1 });
`,
  });
  expect(migrated).toMatchObject({ end: { how: 'exit', exit: { code: 3 } }, windows: ['reboot'] });
  expect(processes(migrated)).toBe(2);
});

test.concurrent('a watcher in the command or in its script is refused before anything starts', async () => {
  const scripts = { start: 'npm run dev', dev: 'tsx watch src/main.ts' };
  const started = play({ files: { 'package.json': { scripts } }, command: ['npm', 'start'] });
  await expect(started).rejects.toMatchObject({ kind: 'watcher', message: expect.stringContaining('`tsx watch`') });
});

test.concurrent('an Actor that something starts again by itself is found out, and everything is killed', async () => {
  const migrated = await play({
    at: [],
    files: {
      'src/main.js': `
import { spawn } from 'node:child_process';
const start = () => spawn(process.execPath, ['src/actor.js'], { stdio: 'inherit' }).once('exit', start);
start();
`,
      'src/actor.js': `
import { Actor } from 'apify';
await Actor.init();
await Actor.setValue('A', 1);
process.exit(1);
`,
    },
  });
  expect(problemOf(migrated).kind).toBe('watcher');
});

test.concurrent('a command that is not there, and a folder that is not: told what, where and what to do', async () => {
  await expect(play({ command: ['no-such-program'] })).rejects.toMatchObject({
    kind: 'not-started',
    message: expect.stringMatching(
      /`no-such-program` could not be started: there is no such program on the PATH or in .*actor-/,
    ),
  });
});

const code = `
import { Actor } from 'apify';
await Actor.init();
for (;;) await Actor.setValue('BIG', Buffer.alloc(3_000_000), { contentType: 'application/octet-stream' });
`;

test.concurrent('a storage that is a file, or is to be in one, is refused with its path', async () => {
  const actor = await actorFolder({ files: { 'src/main.js': code, storage: 'a file' } });
  const storage = join(actor.path, 'storage');
  await expect(migrateActor({ folder: actor.path })).rejects.toMatchObject({
    kind: 'storage',
    message: expect.stringContaining(storage),
  });
  const inside = migrateActor({
    folder: actor.path,
    storage: { kind: 'folder', folder: join(storage, 'in', 'a file') },
  });
  await expect(inside).rejects.toMatchObject({ kind: 'storage', message: expect.stringContaining('a file where') });
  await actor.remove();
});

const smallDisks = process.platform === 'linux' && isAllowed(['mount', '-t', 'tmpfs', '-o', 'size=4k', 'tmpfs']);

test.skipIf(!smallDisks)('a disk that is full ends the run with a sentence', async () => {
  const disk = await mkdtemp(join(tmpdir(), 'small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
  try {
    const migrated = await play({ code, at: [], storage: { kind: 'folder', folder: disk } });
    expect(problemOf(migrated)).toMatchObject({ kind: 'storage', message: expect.stringContaining(disk) });
  } finally {
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true });
  }
});

/** Whether this person may mount a disk, tried in a namespace that goes with the try. */
function isAllowed(mount: readonly string[]): boolean {
  try {
    execFileSync('unshare', ['--mount', ...mount, tmpdir()], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
