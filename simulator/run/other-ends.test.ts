import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../recording.ts';
import { actorFolder } from '../testing/actor-folder.ts';
import { leftovers } from '../testing/leftovers.ts';
import { migrateActor, type MigratedActor, type Migration } from '../testing/migrate-actor.ts';

/** Tells how its run is when it starts, and what it hears; the first process waits for its end. */
const WAITING = `
import { Actor } from 'apify';
await Actor.init(INIT);
for (const name of ['migrating', 'aborting']) Actor.on(name, () => console.log('HEARD ' + name));
const { status, stats } = await Actor.apifyClient.run(process.env.ACTOR_RUN_ID).get();
console.log('RUN ' + JSON.stringify([status, stats.migrationCount, stats.rebootCount, stats.resurrectCount]));
const starts = ((await Actor.getValue('STARTS')) ?? 0) + 1;
await Actor.setValue('STARTS', starts);
if (starts === 1) await new Promise(() => setInterval(() => 0, 1000));
await Actor.exit();
`;
const IGNORES = '{ gracefulShutdown: false }';

async function play(options: Omit<Migration, 'folder'>, init = '{}'): Promise<MigratedActor> {
  const actor = await actorFolder({ files: { 'src/main.js': WAITING.replace('INIT', init) } });
  try {
    const migrated = await migrateActor({ folder: actor.path, at: ['key:STARTS'], latencyMs: 0, ...options });
    expect(migrated.end, migrated.output).toEqual({ how: 'exit', exit: { code: 0 } });
    expect(await leftovers(migrated.recording.runId)).toEqual([]);
    return migrated;
  } finally {
    await actor.remove();
  }
}

function runsIn(output: string): readonly unknown[] {
  return [...output.matchAll(/^RUN (.*)$/gm)].map(([, json = '']): unknown => JSON.parse(json));
}

function kinds({ recording }: MigratedActor, kind: RecordedEvent['kind']): readonly RecordedEvent[] {
  return recording.events.filter((event) => event.kind === kind);
}

describe.concurrent('an Actor whose process ends at once', () => {
  test.each([
    ['reboot', ['RUNNING', 0, 1, 0]],
    ['abort', ['RUNNING', 0, 0, 1]],
    ['timeout', ['RUNNING', 0, 0, 1]],
  ] as const)('by %s hears nothing, and is started again in the same run', async (by, second) => {
    const migrated = await play({ by });
    expect(runsIn(migrated.output)).toEqual([['RUNNING', 0, 0, 0], second]);
    expect(migrated.output).not.toContain('HEARD');
    expect(migrated.windows).toEqual([undefined]);
    expect(kinds(migrated, 'killed').slice(0, 1)).toMatchObject([{ why: by, process: 1 }]);
    expect([...kinds(migrated, 'frame-sent'), ...kinds(migrated, 'window-opened')]).toEqual([]);
  });
});

describe.concurrent('an Actor whose run is aborted gracefully', () => {
  test('ends by itself, and its run is resurrected', async () => {
    const migrated = await play({ by: 'graceful-abort', graceMs: 30_000 });
    expect(migrated.output.match(/HEARD .*/g)).toEqual(['HEARD aborting']);
    expect(runsIn(migrated.output)).toEqual([
      ['RUNNING', 0, 0, 0],
      ['RUNNING', 0, 0, 1],
    ]);
    expect(migrated.windows).toEqual(['exit']);
    expect(kinds(migrated, 'window-opened')).toMatchObject([{ by: 'graceful-abort', graceMs: 30_000 }]);
    expect(kinds(migrated, 'process-exited')[0]).toMatchObject({ process: 1, killed: false, exit: { code: 0 } });
  });

  test('is killed when its time is up, and its run is resurrected', async () => {
    const migrated = await play({ by: 'graceful-abort', graceMs: 500 }, IGNORES);
    expect(migrated.windows).toEqual(['deadline']);
    expect(runsIn(migrated.output)[1]).toEqual(['RUNNING', 0, 0, 1]);
    expect(kinds(migrated, 'killed').slice(0, 1)).toMatchObject([{ why: 'graceful-abort', process: 1 }]);
  });

  test('cannot be called off', async () => {
    const migrated = await play(
      {
        by: 'graceful-abort',
        graceMs: 500,
        act: async (run) => {
          while (run.state.state !== 'window' && run.state.state !== 'ended')
            await new Promise((resolve) => setTimeout(resolve, 5));
          run.cancelWindow();
        },
      },
      IGNORES,
    );
    expect(migrated.windows).toEqual(['deadline']);
  });
});
