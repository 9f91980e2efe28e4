import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { run, type Terminal } from '../main.ts';

export const program = fileURLToPath(new URL('../../dist/actor-state.cjs', import.meta.url));

const PROGRAMS = {
  platform: fileURLToPath(new URL('../../dist/platform.cjs', import.meta.url)),
  preload: fileURLToPath(new URL('../../dist/preload.cjs', import.meta.url)),
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line within this process: quick, and all but the program's own start. */
export async function actorState(args: readonly string[], cwd: string, env: Terminal['env'] = {}): Promise<Ended> {
  const [stdout, stderr] = [new Captured(), new Captured()];
  // Nothing is interrupted within this process, and whatever starts processes is run as one.
  const code = await run(args, {
    stdout,
    stderr,
    cwd,
    env,
    fail,
    programs: PROGRAMS,
    onInterrupt: () => () => undefined,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

function fail(): never {
  throw new Error('what is captured here can always be written');
}

class Captured extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs the built program as a shell would, its output going to pipes. */
export async function actorStateProcess(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  if (!existsSync(program)) throw new Error('dist/actor-state.cjs is missing: run `npm run build` first');
  const { NO_COLOR: _no, FORCE_COLOR: _force, GITHUB_WORKSPACE: _workspace, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...inherited, ...env }, stdio: 'pipe' });
  child.stdin.end();
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, ...output };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, which goes when the tests of the file have ended. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'actor-state-')));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const PACKAGE = JSON.stringify({
  name: 'shop',
  type: 'module',
  main: 'src/main.js',
  dependencies: { apify: '^3.7.2' },
});

/** An Actor whose listener drops the promise of its save: one error, on line 5. */
export const DROPPED_SAVE = `import { Actor } from 'apify';
await Actor.init();
let page = (await Actor.getValue('STATE'))?.page ?? 1;
Actor.on('migrating', () => {
  Actor.setValue('STATE', { page });
});
while (page < 100) {
  await Actor.pushData(await (await fetch('https://example.com/?page=' + page)).json());
  page += 1;
}
await Actor.exit();
`;

/** The same, mended. */
export const AWAITED_SAVE = DROPPED_SAVE.replace("('migrating', () =>", "('migrating', async () =>").replace(
  '  Actor.setValue',
  '  await Actor.setValue',
);
