import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFolder, type ActorFolder } from '../testing/actor-folder.ts';
import { repository } from '../testing/installed-sdk.ts';

const BUILD = "import { build } from './scripts/build.mjs'; await build({ quiet: true, only: ONLY });";
const ONLY = ['platform', 'preload', 'simulator', 'index.d.ts'];

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

beforeAll(
  async () =>
    void (await run(process.execPath, ['--input-type=module', '-e', BUILD.replace('ONLY', JSON.stringify(ONLY))], {
      cwd: repository,
    })),
);
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
const FORGOTTEN = KEPT.replace("await Actor.useState('STATE', { page: 1 })", '{ page: 1 }');

describe.concurrent('actor-state/simulator, as the README tells', { timeout: TIME }, () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const example = /```js\n(?<code>\/\/ test\/migration\.test\.js.*?)```/s.exec(readme)?.groups?.['code'] ?? '';

  test.each([
    ['passes for an Actor that keeps its state', KEPT, 0],
    ['fails for one that forgets it, and says why', FORGOTTEN, 1],
  ])('the example %s', async (_, main, code) => {
    expect(example).toContain("from 'node:test'");
    const cwd = await actor({ 'src/main.js': main, 'test/migration.test.js': example });
    // Within a test runner Node's own would tell its results to that.
    const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
    const ended = await run(process.execPath, ['--test', 'test/'], { cwd, env }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { readonly code: number; readonly stdout: string }) => error,
    );
    expect(ended.stdout).toMatch(code === 0 ? /pass 1/ : /Compared with the undisturbed run: .*repeated/);
    expect(ended.code, ended.stdout).toBe(code);
  });

  test.each(['bundler', 'nodenext'])('has types, with moduleResolution %s', async (moduleResolution) => {
    const cwd = await actor({
      'check.ts': `import { migrate, type MigrateOutput } from 'actor-state/simulator';
const options = { command: ['node', 'src/main.js'], at: ['write:2'], compare: true };
const output: MigrateOutput = await migrate(options);
const code: number = output.exitCode;
const lost: number | undefined = output.comparison?.lost.count;
// @ts-expect-error: no text
const wrong: string = output.migrations;
// @ts-expect-error: no such option
await migrate({ command: [], when: 'now' });
console.log(code, lost, wrong);
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
