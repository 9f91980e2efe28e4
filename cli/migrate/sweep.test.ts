import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../../simulator/sweep/sweep-output.schema.json' with { type: 'json' };
import { actorFolder, type ActorFolder } from '../../simulator/testing/actor-folder.ts';
import { programs } from '../../simulator/testing/migrate-actor.ts';
import { actorState, actorStateProcess, program } from '../fakes/command.ts';

/** Says that its page is done before it has pushed it: a migration between the two loses the page, one elsewhere does not. */
const HASTY = `import { Actor } from 'apify';
import { setTimeout as delay } from 'node:timers/promises';
await Actor.init();
if (!(await Actor.getValue('DONE'))) {
  await Actor.setValue('DONE', { page: 1 });
  await delay(800);
  await Actor.pushData({ page: 1 });
}
await Actor.exit();
`;
/** So slow that the restart does not come later than a write, however busy the machine is. */
const SLOW = ['--latency', '800'];
const COMMAND = ['--', 'node', 'src/main.js'];

const folders: ActorFolder[] = [];

async function actor(main: string): Promise<string> {
  const folder = await actorFolder({ files: { 'src/main.js': main } });
  folders.push(folder);
  return folder.path;
}

beforeAll(() => void programs());
afterAll(async () => await Promise.all(folders.map(async (folder) => await folder.remove())));

const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);

/** Ends a hang only: some runs after each other on a busy machine. */
const TIME = 240_000;

describe.concurrent('actor-state migrate --sweep, on the real SDK', { timeout: TIME }, () => {
  test('finds the first point at which an Actor is not safe, and the command that repeats it: exit 1', async () => {
    const cwd = await actor(HASTY);
    const args = ['migrate', '--sweep', '4', '--json', '--report', 'out/sweep.html', ...SLOW, ...COMMAND];
    const { code, stdout, stderr } = await actorStateProcess(args, cwd);
    const output: unknown = JSON.parse(stdout);
    expect(isValid(output), JSON.stringify(isValid.errors)).toBe(true);
    expect(output).toMatchObject({
      undisturbed: { items: 1, records: 1 },
      runs: [
        { at: '0ms', outcome: 'passed' },
        { at: 'before-write:1', outcome: 'passed' },
        { at: 'write:1', outcome: 'failed', comparison: 'different' },
        { at: 'before-write:2', outcome: 'failed' },
      ],
      shortest: {
        at: 'write:1',
        command: 'actor-state migrate --compare --at write:1 --latency 800 -- node src/main.js',
      },
      exitCode: 1,
    });
    expect(stderr).toMatch(/5 points of interest, to be migrated at 4.*4 of 4: /s);
    expect(code).toBe(1);
    const page = readFileSync(join(cwd, 'out', 'sweep.html'), 'utf8');
    expect(page).toMatch(/<h1>.* Not safe: migrated at 4 points: 2 failed and 2 passed<\/h1>/);
    expect(page.match(/<tr><td>/g)).toHaveLength(4);
    expect(page).toContain('<code>actor-state migrate --compare --at write:1 --latency 800 -- node src/main.js</code>');
    expect(page).toMatch(
      /<h2>Timeline<\/h2>.*process 1 from .*killed; process 2 .*<h3>Lost<\/h3>.*\{&quot;page&quot;:1\}/s,
    );
    expect(page).not.toMatch(/<script|<link|src=|url\(|@import/i);
    const repeated = await actorStateProcess(['migrate', '--compare', '--at', 'write:1', ...SLOW, ...COMMAND], cwd);
    expect(repeated.stdout).toMatch(/Lost\n {2}- dataset default: \{"page":1\}/);
    expect(repeated.code).toBe(1);
  });

  test('ends the process at each point by what it is told, and the command that repeats it too', async () => {
    const cwd = await actor(HASTY);
    const args = ['migrate', '--sweep', '4', '--by', 'abort', '--report', 'sweep.html', ...SLOW, ...COMMAND];
    const { code, stdout, stderr } = await actorStateProcess(args, cwd);
    expect(stderr).toContain('5 points of interest, to be aborted at 4');
    expect(stdout).toMatch(/^Not safe: aborted at 4 points: 2 failed and 2 passed\n\nAborted at\n/m);
    expect(stdout).toMatch(/Not aborted at 1 more point.*Aborted after the record default\/DONE:/s);
    expect(stdout).toContain('actor-state migrate --compare --at write:1 --by abort --latency 800 -- node src/main.js');
    expect(code).toBe(1);
    const page = readFileSync(join(cwd, 'sweep.html'), 'utf8');
    expect(page).toContain('<h2>Aborted at</h2>');
    expect(page).toContain('process 1 from');
  });

  test('shards take their parts, and are joined: the missing one is named', async () => {
    const cwd = await actor(HASTY);
    const sweep = ['migrate', '--sweep', '2', '--json', ...SLOW];
    const parts = await Promise.all(
      ['1/2', '2/2'].map(async (shard) => await actorStateProcess([...sweep, '--shard', shard, ...COMMAND], cwd)),
    );
    expect(parts.map(({ code }) => code)).toEqual([0, 0]);
    parts.forEach(({ stdout }, index) => writeFileSync(join(cwd, `part${index + 1}.json`), stdout));
    const merging = ['migrate', '--merge', 'part2.json', 'part1.json', '--report', 'all.html'];
    const joined = await actorState(merging, cwd);
    expect(joined.stdout).toMatch(/Safe: migrated at 2 points: 2 passed.* 0ms .* before-write:1 /s);
    expect(joined.stdout).toMatch(/Not migrated at 3 more points.*--sweep 5 takes them all/s);
    expect(joined.code).toBe(0);
    const page = readFileSync(join(cwd, 'all.html'), 'utf8');
    expect(page).toMatch(/<h1>.* Safe: migrated at 2 points: 2 passed<\/h1>/);
    expect(page.match(/<tr><td>/g)).toHaveLength(2);
    const half = await actorState(['migrate', '--merge', 'part2.json'], cwd);
    expect(half.stdout).toMatch(/^Not known: migrated at 1 point: .*not here: 1\/2/ms);
    expect(half.code).toBe(2);
  });

  test('Ctrl+C ends all runs, tells what is known, and leaves nothing: exit 130', async () => {
    const cwd = await actor(HASTY);
    const child = spawn(process.execPath, [program, 'migrate', '--sweep', ...SLOW, ...COMMAND], {
      cwd,
      // What is compiled is kept among the temporary files, and is no leftover of a run.
      env: { ...process.env, TMPDIR: join(cwd, 'tmp'), TEMP: join(cwd, 'tmp'), NODE_DISABLE_COMPILE_CACHE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (stderr.includes(' 1 of 5: ') && !child.killed) child.kill('SIGINT');
    });
    const [code] = await once(child, 'close');
    expect(stdout).toMatch(/^Migrated at$/m);
    expect(stdout).toMatch(/Interrupted before\n.*write:2/s);
    expect(code).toBe(130);
    const [runs = 'none', ...others] = readdirSync(join(cwd, 'tmp'));
    expect([readdirSync(join(cwd, 'tmp', runs)), others]).toEqual([[], []]);
  });

  test('an Actor that fails undisturbed is not migrated: exit 2, and why', async () => {
    const cwd = await actor("import { Actor } from 'apify';\nawait Actor.init();\nthrow new Error('x');\n");
    const { code, stdout } = await actorStateProcess(['migrate', '--sweep', ...COMMAND], cwd);
    expect(stdout).toMatch(/^Not swept\n.*it ended with exit code 1/m);
    expect(code).toBe(2);
  });
});

describe('what a sweep cannot do', () => {
  test.each([
    ['when to migrate', ['--sweep', '--at', '5s'], /--sweep says itself when.*--at/],
    ['one storage for all', ['--sweep', '--storage', 's'], /--sweep gives each run fresh storages/],
    ['an end that is none', ['--sweep', '--by', 'fire'], /--by: `fire` does not say/],
    ['a grace period without one', ['--sweep', '--by', 'abort', '--grace', '5'], /--by: --grace .*at once/],
    ['half a point', ['--sweep', '1.5'], /whole number of points/],
    ['a shard that is none', ['--sweep', '--shard', '5/4'], /--shard 5\/4: .*such as 1\/4/],
    ['a folder as its page', ['--sweep', '--report', 'cli'], /--report cli: it is a folder/],
    ['a shard of no sweep', ['--shard', '1/4'], /--sweep/],
  ])('%s is told in a sentence: exit 2', async (_, args, sentence) => {
    const { code, stdout, stderr } = await actorState(['migrate', ...args, '--', 'node', 'x.js'], process.cwd());
    expect(stderr).toMatch(sentence);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test.each([
    ['no file', [], /--merge wants the files/],
    [
      'a file that is not there',
      ['gone.json'],
      /gone\.json: there is no such file; give --merge the part of each shard/,
    ],
    ['a folder', ['src'], /src: it is a folder; give --merge the files in it/],
    ['a file that is no report', ['package.json'], /package\.json: it is no report of a sweep.* > part1\.json/],
    ['a folder as the page', ['--report', 'src', 'part1.json'], /--report src: it is a folder/],
    ['what is to be run', ['--fail-writes', '0.1', 'package.json'], /--merge .*leave out --fail-writes/],
    ['a file that is no JSON', ['src/main.js'], /src\/main\.js: it is no JSON/],
  ])('of %s nothing is joined: exit 2', async (_, files, sentence) => {
    const { code, stderr } = await actorState(['migrate', '--merge', ...files], await actor(HASTY));
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
  });
});
