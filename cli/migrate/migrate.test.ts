import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../../simulator/verdict/migrate-output.schema.json' with { type: 'json' };
import { actorFolder, type ActorFolder } from '../../simulator/testing/actor-folder.ts';
import { programs } from '../../simulator/testing/migrate-actor.ts';
import { actorState, actorStateProcess, program } from '../fakes/command.ts';

/** Counts to ten and pushes each number; where it begins depends on `state`. */
const counter = (state: string): string => `import { Actor } from 'apify';
await Actor.init();
const { step = 50, limit = 1000 } = (await Actor.getInput()) ?? {};
${state}
let isMigrating = false;
Actor.on('migrating', () => void (isMigrating = true));
while (state.n < limit) {
  while (isMigrating) await new Promise((resolve) => setTimeout(resolve, step));
  await Actor.pushData({ n: state.n });
  state.n += 1;
  await fetch('data:,');
  await new Promise((resolve) => setTimeout(resolve, step));
}
await Actor.exit();
`;
const KEPT = counter("const state = await Actor.useState('COUNT', { n: 0 });");
const FORGOTTEN = counter('const state = { n: 0 };');

/** Goes on after it has taken its leave of the platform. */
const DEAF = `import { Actor } from 'apify';
await Actor.init();
await Actor.exit({ exit: false });
for (let n = 1; n <= 5; n += 1) await Actor.pushData({ n });
`;

const INPUT = { 'storage/key_value_stores/default/INPUT.json': { limit: 10 } };

const folders: ActorFolder[] = [];

async function actor(files: Readonly<Record<string, string | object>>): Promise<string> {
  const folder = await actorFolder({ files });
  folders.push(folder);
  return folder.path;
}

beforeAll(() => void programs());
afterAll(async () => await Promise.all(folders.map(async (folder) => await folder.remove())));

const isValid = new Ajv().compile(schema);

describe.concurrent('actor-state migrate, on the real SDK', () => {
  test('the report is a page with the timeline, the state and what the linter says; a folder that is missing is made', async () => {
    const cwd = await actor({ 'src/main.js': FORGOTTEN, ...INPUT });
    const args = ['migrate', '--report', 'out/report.html', '--', 'node', 'src/main.js'];
    const { code, stdout } = await actorStateProcess(args, cwd);
    const page = readFileSync(join(cwd, 'out/report.html'), 'utf8');
    expect(page).toContain('</span> Restarted from zero</h1>');
    expect(page).toContain('<svg class="timeline"');
    expect(page).toMatch(/src\/main\.js:\d+<\/code>: .*\(missing-migrating-handler\)/u);
    expect(stdout).toContain('Restarted from zero');
    expect(code).toBe(1);
  });

  test('an Actor that keeps its state has resumed: exit 0; its own storage is not touched', async () => {
    const storage = { ...INPUT, 'storage/datasets/default/1.json': {} };
    const cwd = await actor({ 'src/main.js': KEPT, ...storage });
    const args = ['migrate', '--at', 'write:3', '--at', 'key:NEVER', '--', 'npm', 'start', '--silent'];
    const { code, stdout, stderr } = await actorStateProcess(args, cwd);
    expect(stdout).toContain('Resumed\n');
    expect(stdout).toMatch(/default\/COUNT: read by the restarted Actor before it wrote it/);
    expect(stdout).toContain('restored at src/main.js:4');
    expect(stderr).toContain('── starting process 2 ──');
    expect(stderr).toMatch(/ended before it was migrated once more \(--at key:NEVER\): 1 of 2 migrations came/);
    expect(code).toBe(0);
    const files = readdirSync(join(cwd, 'storage'), { recursive: true, withFileTypes: true });
    expect(
      files.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['1.json', 'INPUT.json']);
  });

  test('one whose time is up is resurrected, and told of in those words; the page and the JSON too', async () => {
    const cwd = await actor({ 'src/main.js': FORGOTTEN, ...INPUT });
    const by = ['migrate', '--by', 'timeout', '--report', 'page.html'];
    const { code, stdout, stderr } = await actorStateProcess([...by, '--json', '--', 'node', 'src/main.js'], cwd);
    expect(code).toBe(1);
    expect(stderr).toContain('── process 1 is killed: time-out ──');
    const output: unknown = JSON.parse(stdout);
    expect(isValid(output), JSON.stringify(isValid.errors)).toBe(true);
    const migrations = [{ by: 'timeout', windowMs: 0, endedBy: null }];
    expect(output).toMatchObject({ verdict: 'restarted-from-zero', migrations });
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    expect(page).toContain('after the start of the run its time was up.');
    expect(page).toContain('<h2>The time-out</h2>');
  });

  test('one that forgets it has restarted from zero: exit 1, and the linter says where', async () => {
    const cwd = await actor({ 'src/main.js': FORGOTTEN, ...INPUT });
    const { code, stdout } = await actorStateProcess(['migrate', '--', 'node', 'src/main.js'], cwd);
    expect(stdout).toContain('Restarted from zero\n');
    expect(stdout).toMatch(/src\/main\.js:9 .*\(missing-migrating-handler\)/);
    expect(code).toBe(1);
  });

  test('as JSON, alone on the standard output, in the published form; a named storage keeps what was written', async () => {
    const cwd = await actor({ 'src/main.js': KEPT, 'storage/key_value_stores/default/INPUT.json': { limit: 30 } });
    const args = ['migrate', '--json', '--at', 'key:COUNT', '--at', '300ms', '--grace', '5', '--storage', 'kept'];
    // Saved every 600 ms: the first save brings the first migration.
    const { code, stdout } = await actorStateProcess([...args, '--', 'node', 'src/main.js'], cwd, {
      APIFY_PERSIST_STATE_INTERVAL_MILLIS: '600',
    });
    const output: unknown = JSON.parse(stdout);
    expect(isValid(output), JSON.stringify(isValid.errors)).toBe(true);
    expect(output).toMatchObject({
      version: 1,
      verdict: 'resumed',
      fidelity: 'platform',
      migrations: [{ endedBy: 'reboot' }, { endedBy: 'reboot' }],
      keys: [{ store: 'default', key: 'COUNT', restored: 'read' }],
      exitCode: 0,
    });
    expect(code).toBe(0);
    const kept = readFileSync(join(cwd, 'kept', 'key_value_stores', 'default', 'COUNT.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual({ n: 30 });
  });

  test('a run that could not go on after its restart has not resumed: exit 2, with what was known', async () => {
    const noStorage =
      "if (state.n > 0) { const fs = await import('node:fs'); fs.renameSync('kept', 'away'); fs.writeFileSync('kept', ''); }\n";
    const cwd = await actor({ 'src/main.js': KEPT.replace('while', `${noStorage}while`), ...INPUT });
    const args = ['migrate', '--storage', 'kept', '--', 'node', 'src/main.js'];
    const { code, stdout, stderr } = await actorStateProcess(args, cwd);
    expect(stderr).toMatch(/actor-state: .*kept.* cannot be written/);
    expect(stdout).toContain('Resumed\n');
    expect(code).toBe(2);
  });

  test('Ctrl+C ends the run, tells what is known, and leaves nothing: exit 130', async () => {
    const cwd = await actor({ 'src/main.js': KEPT.replace('state.n < limit', 'true') });
    const child = spawn(process.execPath, [program, 'migrate', '--at', 'write:500', '--', 'node', 'src/main.js'], {
      cwd,
      // What is compiled is kept among the temporary files, and is no leftover of a run.
      env: { ...process.env, TMPDIR: join(cwd, 'tmp'), TEMP: join(cwd, 'tmp'), NODE_DISABLE_COMPILE_CACHE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (/System info/.test(stdout) && !child.killed) child.kill('SIGINT');
    });
    const [code] = await once(child, 'close');
    expect(stdout).toContain('Nothing to resume');
    expect(code).toBe(130);
    const [runs = 'none', ...others] = readdirSync(join(cwd, 'tmp'));
    expect([readdirSync(join(cwd, 'tmp', runs)), others]).toEqual([[], []]);
  });

  test('an Actor that has closed its connection cannot be migrated any more: it is told when, and why', async () => {
    const cwd = await actor({ 'src/main.js': DEAF });
    const args = ['migrate', '--json', '--at', 'write:4', '--', 'node', 'src/main.js'];
    const { code, stdout, stderr } = await actorStateProcess(args, cwd);
    expect(stderr).toContain('── the migration does not come: process 1 no longer listens for events ──');
    const output: unknown = JSON.parse(stdout);
    expect(isValid(output), JSON.stringify(isValid.errors)).toBe(true);
    const remarks = [expect.stringMatching(/^The migration that was due .* had closed its connection to the events/)];
    expect(output).toMatchObject({ verdict: 'nothing-to-resume', migrations: [], remarks });
    expect(code).toBe(2);
  });

  test('an Actor that ends before its migration, well or badly: exit 2, and why', async () => {
    const cwd = await actor({
      'src/main.js': FORGOTTEN,
      ...INPUT,
      'src/fails.js': "import { Actor } from 'apify';\nawait Actor.init();\nthrow new Error('No such shop');\n",
    });
    const early = await actorStateProcess(['migrate', '--at', '60s', '--', 'node', 'src/main.js'], cwd);
    expect(early.stdout).toMatch(/Nothing to resume\n.*ended/s);
    expect(early.code).toBe(2);
    const failed = await actorStateProcess(['migrate', '--', 'node', 'src/fails.js'], cwd);
    expect(failed.stdout + failed.stderr).toMatch(/exit code 1|code 1/);
    expect(failed.code).toBe(2);
  });
});

describe('what cannot be run', () => {
  test.each([
    ['a command that is not there', ['--', 'nod', 'src/main.js'], /`nod` could not be started/],
    ['no command', [], /no command was given.*actor-state migrate -- npm start/],
    ['a command of no letters', ['--', ''], /no command was given/],
    [
      'a command in quotes',
      ['--', 'node src/main.js'],
      /no program that is called `node src\/main.js`.*without quotes/,
    ],
    [
      'an option of the command',
      ['npm', 'start', '--silent'],
      /unknown option.*after two dashes: -- npm start --silent/s,
    ],
    ['a watcher', ['--', 'npx', 'tsx', 'watch', 'src/main.js'], /restarts it by itself/],
    ['a folder that is not there', ['--cwd', 'nowhere', '--', 'node', 'src/main.js'], /nowhere is no folder/],
    [
      'a latency without a platform',
      ['--cwd', 'crawlee', '--latency', '500', '--', 'node', 'x.js'],
      /--latency is of the way to a platform.*leave it out/,
    ],
    [
      'a graceful abort of which nobody hears',
      ['--cwd', 'crawlee', '--by', 'graceful-abort', '--', 'node', 'x.js'],
      /Crawlee without the Apify SDK hears of no abort/,
    ],
    ['an end that is none', ['--by', 'fire', '--', 'node', 'x.js'], /--by: `fire` .*graceful-abort, abort or timeout/],
    ['a grace period without one', ['--by', 'abort', '--grace', '5', '--', 'node', 'x.js'], /--by: --grace .*at once/],
    [
      'an event that does not come',
      ['--by', 'reboot', '--websocket', 'closed', '--', 'node', 'x.js'],
      /--by: --websocket .*at once/,
    ],
    ['a moment that is none', ['--at', 'noon', '--', 'node', 'src/main.js'], /--at: `noon` .*first-write/],
    [
      'a number that is none',
      ['--grace', 'long', '--', 'node', 'src/main.js'],
      /--grace long: it wants a number of seconds/,
    ],
    [
      'a share of writes that is none',
      ['--fail-writes', '1.5', '--', 'node', 'x.js'],
      /--fail-writes: `1.5` .*0.1:outage/,
    ],
    ['no fault of a connection', ['--websocket', 'slow', '--', 'node', 'x.js'], /--websocket: `slow` .*slow:2000/],
    ['a fault that is none', ['--fail-writes', '0.1:explode', '--', 'node', 'x.js'], /`0.1:explode` .*0.1:reject/],
    ['a seed that is none', ['--seed', 'tomato', '--', 'node', 'x.js'], /--seed tomato: it wants a number/],
    [
      'a jitter that is none',
      ['--jitter', '-5', '--', 'node', 'x.js'],
      /--jitter -5: it wants a number of milliseconds/,
    ],
    [
      'a folder as the report',
      ['--report', 'src', '--', 'node', 'src/main.js'],
      /--report src: it is a folder; name a file/,
    ],
    [
      'a file in a file as the report',
      ['--report', 'package.json/r.html', '--', 'node', 'x.js'],
      /package\.json is no folder/,
    ],
    ['a file as storage', ['--storage', 'package.json', '--', 'node', 'src/main.js'], /package\.json/],
  ])('%s is told in a sentence: exit 2', async (_, args, sentence) => {
    const crawlee = { 'crawlee/package.json': { dependencies: { crawlee: '^3.0.0' } } };
    const cwd = await actor({ 'src/main.js': KEPT, ...crawlee });
    const { code, stdout, stderr } = await actorState(['migrate', ...args], cwd, process.env);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/fault of actor-state|\bat .*:\d+:\d+/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(join(cwd, 'storage'))).toBe(false);
  });
});
