import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFolder, type ActorFolder } from '../testing/actor-folder.ts';
import { buildLibrary } from '../testing/built-library.ts';
import { repository } from '../testing/installed-sdk.ts';

/** Ends a hang only: two runs after each other on a busy machine. */
const TIME = 240_000;

const run = promisify(execFile);
const folders: ActorFolder[] = [];

/** An Actor that has installed what is published, beside the SDK. */
async function actor(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await actorFolder({ files, sdk: 'none' });
  folders.push(folder);
  await mkdir(join(folder.path, 'node_modules', '@types'), { recursive: true });
  await symlink(repository, join(folder.path, 'node_modules', 'actor-state'), 'junction');
  for (const name of ['apify', 'crawlee', '@types/node'])
    await symlink(join(repository, 'node_modules', name), join(folder.path, 'node_modules', name), 'junction');
  return folder.path;
}

beforeAll(buildLibrary, TIME);
afterAll(async () => await Promise.all(folders.map(async (folder) => await folder.remove())));

const KEPT = `import { Actor } from 'apify';
await Actor.init();
const state = await Actor.useState('STATE', { page: 1 });
while (state.page <= 10) {
  await Actor.pushData({ page: state.page });
  await new Promise((resolve) => setTimeout(resolve, 200));
  state.page += 1;
}
await Actor.exit();
`;
/** Its position is what it has pushed: a migration at any moment loses nothing and repeats nothing. */
const SAFE = `import { Actor } from 'apify';
await Actor.init();
const dataset = await Actor.openDataset();
let { itemCount } = await dataset.getInfo();
while (itemCount < 4) {
  itemCount += 1;
  await dataset.pushData({ page: itemCount });
}
await Actor.exit();
`;
const FORGOTTEN = KEPT.replace("await Actor.useState('STATE', { page: 1 })", '{ page: 1 }');

const FAILS = {
  migration: /Compared with the undisturbed run: .*repeated/,
  sweep: /await migrate\(\{"command":\["node","src\/main\.js"\],"at":"\w/,
} as const;

describe.concurrent('actor-state/simulator, as the README tells', { timeout: TIME }, () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const example = (name: string): string =>
    new RegExp(`\`\`\`js\\n(?<code>// test/${name}\\.test\\.js.*?)\`\`\``, 's').exec(readme)?.groups?.['code'] ?? '';

  test.each([
    ['migration', 'passes for an Actor that keeps its state', KEPT, 0],
    ['migration', 'fails for one that forgets it, and says why', FORGOTTEN, 1],
    ['sweep', 'passes for an Actor that is safe at any moment', SAFE, 0],
    ['sweep', 'fails for one that is not, and says how to repeat it', FORGOTTEN, 1],
  ] as const)('the example of a %s %s', async (name, _, main, code) => {
    const text = example(name);
    expect(text).toContain("from 'node:test'");
    // Each point is a run of its own.
    const cwd = await actor({ 'src/main.js': main, 'test/example.test.js': text.replace('points: 12', 'points: 3') });
    // Within a test runner Node's own would tell its results to that.
    const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
    const ended = await run(process.execPath, ['--test', 'test/'], { cwd, env }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { readonly code: number; readonly stdout: string }) => error,
    );
    expect(ended.stdout).toMatch(code === 0 ? /pass 1/ : FAILS[name]);
    expect(ended.code, ended.stdout).toBe(code);
  });

  test.each(['bundler', 'nodenext'])('has types, with moduleResolution %s', async (moduleResolution) => {
    const cwd = await actor({
      'check.ts': `import { migrate, type MigrateOutput, sweep, type SweepReport } from 'actor-state/simulator';
const options = { command: ['node', 'src/main.js'], at: ['write:2'], compare: true };
const output: MigrateOutput = await migrate(options);
const code: number = output.exitCode;
const lost: number | undefined = output.comparison?.lost.count;
// @ts-expect-error: no text
const wrong: string = output.migrations;
const command = ['node', 'src/main.js'];
await migrate({ command, by: 'graceful-abort', grace: 5, latency: 0, jitter: 50, failWrites: 0.1, webSocket: 'closed', seed: 7 });
// @ts-expect-error: a share, not a yes
await migrate({ command, failWrites: true });
// @ts-expect-error: no such option
await migrate({ command: [], when: 'now' });
const report: SweepReport = await sweep({ command: ['node', 'src/main.js'], points: 3, shard: '1/2' });
await sweep({ command, jitter: 50, failWrites: '0.1:outage', webSocket: 'slow:2000', seed: 7 });
const repeat: string | undefined = report.shortest?.command;
// @ts-expect-error: a sweep says itself when to migrate
await sweep({ command: [], at: 'write:1' });
console.log(code, lost, wrong, repeat);
`,
    });
    const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext';
    await writeFile(
      join(cwd, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: { module, moduleResolution, target: 'es2022', strict: true, noEmit: true, types: ['node'] },
        files: ['check.ts'],
      }),
    );
    const tsc = join(repository, 'node_modules', 'typescript', 'lib', 'tsc.js');
    const printed = await run(process.execPath, [tsc, '-p', cwd]).then(
      ({ stdout }) => stdout,
      (error: { readonly stdout: string }) => error.stdout,
    );
    expect(printed).toBe('');
  });
});
