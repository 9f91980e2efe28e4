import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actorFolder } from '../testing/actor-folder.ts';
import { leftovers, living } from '../testing/leftovers.ts';
import { migrateActor } from '../testing/migrate-actor.ts';

/** Tells who it is, has children that outlive it, keeps a note on the disk, and counts to 6 in its state. */
const COUNTER = `
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { Actor } from 'apify';

await Actor.init();
process.on('SIGTERM', () => undefined);
// It fails where the process before still holds the port.
createServer().listen(process.env.ACTOR_WEB_SERVER_PORT);
const apart = { detached: true, stdio: 'ignore' };
const children = [
  spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => 0); setInterval(() => 0, 1000)'], apart),
  spawn('sleep', ['1000'], apart),
];
for (const child of children) child.unref();
const inTemporaryFolder = readdirSync(tmpdir());
writeFileSync(tmpdir() + '/left', 'x');
if (existsSync('note.txt')) readFileSync('note.txt');
else writeFileSync('note.txt', 'kept');
writeFileSync('log.txt', 'never read');
console.log('I am ' + JSON.stringify({
  pids: [process.pid, ...children.map((child) => child.pid)], environment: process.env, input: await Actor.getInput(),
  inTemporaryFolder, temporaryFolder: tmpdir(),
}));
const state = await Actor.useState('STATE', { n: 0 });
while (state.n < 6) {
  await Actor.pushData({ n: state.n + 1 });
  state.n += 1;
}
await Actor.setValue('BIG', { text: 'x'.repeat(10_000_000) });
await Actor.setValue('SIZE', (await Actor.getValue('BIG')).text.length);
for (const child of children) child.kill('SIGKILL');
await Actor.exit();
`;

interface Told {
  readonly pids: readonly number[];
  readonly environment: Readonly<Record<string, string>>;
  readonly input: unknown;
  readonly inTemporaryFolder: readonly string[];
  readonly temporaryFolder: string;
}

function toldIn(output: string): readonly Told[] {
  return [...output.matchAll(/^I am (?<json>.*)$/gm)].map(({ groups }): Told => JSON.parse(groups?.['json'] ?? ''));
}

/** Every file of a folder and its bytes' hash. */
function contentOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .toSorted();
}

function itemsIn(storage: string): readonly unknown[] {
  const folder = join(storage, 'datasets', 'default');
  return readdirSync(folder)
    .toSorted()
    .map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')).n);
}

describe('a migrated Actor', () => {
  test.concurrent.each([
    ['npm start', ['npm', 'start']],
    ['tsx', ['node_modules/.bin/tsx', 'src/main.js']],
  ])('under %s goes on in a new process, with its storages and without anything else', async (_, command) => {
    const actor = await actorFolder({
      files: { 'src/main.js': COUNTER, 'storage/key_value_stores/default/INPUT.json': { wanted: 6 } },
    });
    const storage = join(actor.path, 'storage');
    const contents: Record<string, readonly string[]> = {};
    const { end, windows, output, recording } = await migrateActor({
      folder: actor.path,
      command,
      onEvent: (event) => {
        if (event.kind === 'killed' && event.why === 'migration') contents['kill'] = contentOf(storage);
        if (event.kind === 'process-started' && event.process === 2) contents['restart'] = contentOf(storage);
      },
    });
    expect({ end, windows }).toEqual({ end: { how: 'exit', exit: { code: 0 } }, windows: ['reboot'] });

    const kinds = recording.events.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'frame-sent')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'window-opened')).toHaveLength(1);
    for (const call of recording.events.filter((event) => event.kind === 'first-call')) {
      const launch = recording.events.find(
        ({ kind, process }) => kind === 'process-started' && process === call.process,
      );
      expect(call.firstInstructionAt).toBeGreaterThanOrEqual(launch?.at ?? Infinity);
      expect(call.firstInstructionAt).toBeLessThan(call.at);
    }
    expect(contents['kill']?.length).toBeGreaterThan(1);
    expect(contents['restart']).toEqual(contents['kill']);

    const [first, second, ...more] = toldIn(output);
    if (first === undefined || second === undefined) throw new Error(output);
    expect(more).toEqual([]);
    const { TMPDIR: _tmpdir, TMP: _tmp, TEMP: _temp, ...environment } = first.environment;
    expect(second.environment).toMatchObject(environment);
    expect(Object.keys(second.environment).toSorted()).toEqual(Object.keys(first.environment).toSorted());
    expect([first.input, second.input]).toEqual([{ wanted: 6 }, { wanted: 6 }]);
    expect([first.inTemporaryFolder, second.inTemporaryFolder].flat().filter((name) => name === 'left')).toEqual([]);
    expect(second.temporaryFolder).not.toBe(first.temporaryFolder);
    expect(await living([...first.pids, ...second.pids])).toEqual([]);
    const killed = recording.events.find((event) => event.kind === 'killed');
    expect(killed).toMatchObject({ why: 'migration', process: 1 });
    expect(killed?.kind === 'killed' && killed.processes).toBeGreaterThanOrEqual(first.pids.length + 1);

    const files = recording.events.filter((event) => event.kind === 'disk-file');
    expect(files).toEqual([expect.objectContaining({ path: 'note.txt', writtenBy: 1, process: 2 })]);
    expect(JSON.parse(await actor.read('storage/key_value_stores/default/STATE.json'))).toEqual({ n: 6 });
    // What was in flight at the kill may have come twice.
    expect([...new Set(itemsIn(storage))]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await actor.read('storage/key_value_stores/default/SIZE.json')).toBe('10000000');

    const port = Number(new URL(first.environment['APIFY_API_BASE_URL'] ?? '').port);
    expect(await leftovers(recording.runId, [port, Number(first.environment['APIFY_PROXY_PORT'])])).toEqual([]);
    await actor.remove();
  });
});
