import { expect, test } from 'vitest';
import type { RecordedEvent } from '../recording.ts';
import { actorFolder } from '../testing/actor-folder.ts';
import { migrateActor, type MigratedActor, type Migration } from '../testing/migrate-actor.ts';
import { leftovers } from '../testing/leftovers.ts';
import { Seen } from '../testing/seen.ts';
import type { ActorRun, RunState } from './run.ts';

/** Pushes an item again and again, until its fourth process ends at once. */
function pusher(listener: string): string {
  return `
import { Actor } from 'apify';
await Actor.init({ gracefulShutdown: false });
Actor.on('migrating', ${listener});
const processes = ((await Actor.getValue('PROCESSES')) ?? 0) + 1;
await Actor.setValue('PROCESSES', processes);
console.log('PROCESS', processes);
if (process.env.LAST_PROCESS === String(processes)) await Actor.exit();
for (;;) await Actor.pushData({ processes });
`;
}

interface Scene extends Omit<Migration, 'folder' | 'act'> {
  readonly listener?: string;
  readonly act?: (run: ActorRun, events: Seen<RecordedEvent>, states: Seen<RunState>) => Promise<void>;
}

async function play({ listener = '() => undefined', act, ...scene }: Scene): Promise<MigratedActor> {
  const actor = await actorFolder({ files: { 'src/main.js': pusher(listener) }, sdk: 'latest' });
  const [events, states] = [new Seen<RecordedEvent>(), new Seen<RunState>()];
  try {
    const migrated = await migrateActor({
      latencyMs: 0,
      ...scene,
      folder: actor.path,
      environment: { LAST_PROCESS: '2', ...scene.environment },
      onEvent: events.take,
      onState: states.take,
      act: async (run) => await act?.(run, events, states),
    });
    expect(await leftovers(migrated.recording.runId)).toEqual([]);
    return migrated;
  } finally {
    await actor.remove();
  }
}

function closings({ recording }: MigratedActor): readonly unknown[] {
  return recording.events.flatMap((event) => (event.kind === 'window-closed' ? [event.endedBy] : []));
}

function isOpen({ kind }: RecordedEvent): boolean {
  return kind === 'window-opened';
}

test.concurrent('a window ends by its deadline with an SDK that does not reboot, the SIGTERM handler notwithstanding', async () => {
  const actor = await actorFolder({
    sdk: '3.1',
    files: {
      'src/main.js': `
import { Actor } from 'apify';
await Actor.init();
process.on('SIGTERM', () => console.log('NO'));
const state = await Actor.useState('STATE', { n: 0 });
while (state.n < 8) {
  state.n += 1;
  await Actor.pushData({ n: state.n });
}
await Actor.exit();
`,
    },
  });
  const migrated = await migrateActor({ folder: actor.path, graceMs: 300 });
  expect(migrated).toMatchObject({ end: { how: 'exit', exit: { code: 0 } }, windows: ['deadline'] });
  const [opened, closed] = migrated.recording.events.filter(({ kind }) => kind.startsWith('window-'));
  expect((closed?.at ?? 0) - (opened?.at ?? 0)).toBeGreaterThanOrEqual(299);
  await actor.remove();
});

test.concurrent('two migrations in one run, a request that joins the open window, and one that a person ends', async () => {
  const joined: unknown[] = [];
  const migrated = await play({
    at: ['first-write', 'first-write'],
    graceMs: 60_000,
    environment: { LAST_PROCESS: '3' },
    act: async (run, events) => {
      await events.until(isOpen);
      joined.push(run.migrate({ graceMs: 1 }));
      run.endWindow();
      joined.push(await joined[0]);
      await events.until((event) => isOpen(event) && event.process === 2);
      run.endWindow();
    },
  });
  expect(migrated).toMatchObject({ end: { how: 'exit', exit: { code: 0 } }, windows: ['user', 'user'] });
  expect(joined[1]).toBe('user');
  expect(closings(migrated)).toEqual(['user', 'user']);
  expect(migrated.recording.events.filter(({ kind }) => kind === 'frame-sent')).toHaveLength(2);
  expect(
    migrated.recording.events.flatMap((event) => (event.kind === 'process-started' ? [event.process] : [])),
  ).toEqual([1, 2, 3]);
});

test.concurrent('an Actor that exits in the window ends the run: it is not restarted', async () => {
  const migrated = await play({ graceMs: 60_000, listener: '() => process.exit(7)' });
  expect(migrated).toMatchObject({ end: { how: 'exit', exit: { code: 7 } }, windows: ['exit'] });
  expect(closings(migrated)).toEqual(['exit']);
  expect(migrated.recording.events.filter(({ kind }) => kind === 'process-started')).toHaveLength(1);
});

test.concurrent('a window that is called off leaves the process alive, and the next request opens another one; a stop wins', async () => {
  const migrated = await play({
    at: [],
    act: async (run, events, states) => {
      await states.until(({ state }) => state === 'running');
      const first = run.migrate({ graceMs: 60_000 });
      await events.until(isOpen);
      run.cancelWindow();
      expect(await first).toBe('cancelled');
      expect(run.state).toEqual({ state: 'running', process: 1 });
      const second = run.migrate({ graceMs: 60_000 });
      await states.until(({ state }) => state === 'window' && run.recording().events.filter(isOpen).length === 2);
      await run.stop();
      expect(await second).toBe('aborted');
    },
  });
  expect(migrated.end).toEqual({ how: 'stopped' });
  expect(closings(migrated)).toEqual(['cancelled', 'aborted']);
});

test.concurrent('time stands still in a pause: the window does not run out', async () => {
  const migrated = await play({
    graceMs: 400,
    act: async (run, events) => {
      await events.until(isOpen);
      run.pause();
      // Longer than the window: it would have ended by itself.
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(run.state).toMatchObject({ state: 'window', paused: true });
      run.resume();
    },
  });
  expect(migrated).toMatchObject({ end: { how: 'exit' }, windows: ['deadline'] });
  const pauses = migrated.recording.events.filter((event) => event.kind === 'paused');
  expect(pauses).toHaveLength(2);
  expect(pauses[1]).toMatchObject({ at: pauses[0]?.at, until: expect.any(Number) });
});

test.concurrent('a reboot outside of a window restarts the Actor, and is recorded as one', async () => {
  const actor = await actorFolder({
    files: {
      'src/main.js': `
import { Actor } from 'apify';
await Actor.init();
const state = await Actor.useState('STATE', { starts: 0 });
state.starts += 1;
if (state.starts === 1) await Actor.reboot();
await Actor.exit();
`,
    },
  });
  const migrated = await migrateActor({ folder: actor.path, at: [] });
  expect(migrated.end).toEqual({ how: 'exit', exit: { code: 0 } });
  expect(migrated.recording.events.find(({ kind }) => kind === 'killed')).toMatchObject({ why: 'reboot', process: 1 });
  await actor.remove();
});

test.concurrent('after a migration was called off the SDK’s own reboot is refused, and the Actor goes on to its end', async () => {
  const actor = await actorFolder({
    files: {
      'src/main.js': `
import { Actor } from 'apify';
await Actor.init();
const state = await Actor.useState('STATE', { n: 0 });
while (state.n < 4) {
  state.n += 1;
  await Actor.pushData({ n: state.n });
}
await Actor.exit();
`,
    },
  });
  const events = new Seen<RecordedEvent>();
  const migrated = await migrateActor({
    folder: actor.path,
    // The state is saved before the SDK asks for the reboot: it comes after the window was called off.
    latencyMs: 300,
    onEvent: events.take,
    act: async (run) => {
      await events.until(isOpen);
      run.cancelWindow();
    },
  });
  expect(migrated).toMatchObject({ end: { how: 'exit', exit: { code: 0 } }, windows: ['cancelled'] });
  expect(migrated.output).toContain('Failed to reboot on migration');
  expect(migrated.recording.events.filter(({ kind }) => kind === 'process-started')).toHaveLength(1);
  await actor.remove();
});

test.concurrent('an Actor that aborts its own run is stopped', async () => {
  const actor = await actorFolder({
    files: {
      'src/main.js': `
import { Actor } from 'apify';
await Actor.init();
await Actor.newClient().run(process.env.ACTOR_RUN_ID).abort();
setInterval(() => undefined, 1000);
`,
    },
  });
  const migrated = await migrateActor({ folder: actor.path, at: [] });
  expect(migrated.end).toEqual({ how: 'stopped' });
  expect(await leftovers(migrated.recording.runId)).toEqual([]);
  await actor.remove();
});
