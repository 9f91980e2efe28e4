import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const LOADER = resolve(import.meta.dirname, '../scripts/entry/compiled.cjs');

interface Stage {
  readonly module: string;
  readonly cache: string;
  /** Runs the module in a process of its own; what it printed. */
  readonly run: (env?: NodeJS.ProcessEnv) => Promise<string>;
  readonly kept: () => readonly string[];
}

const stage = (text: string): Stage => {
  const folder = mkdtempSync(join(tmpdir(), 'compile-cache-'));
  const module = join(folder, 'core.cjs');
  const cache = join(folder, 'cache');
  writeFileSync(module, text);
  mkdirSync(cache, { mode: 0o700 });
  const start = `console.log(require(${JSON.stringify(LOADER)}).requireCompiled(${JSON.stringify(module)}).answer())`;
  return {
    module,
    cache,
    run: async (env = {}) => {
      const options = { env: { ...process.env, NODE_COMPILE_CACHE: cache, NODE_DISABLE_COMPILE_CACHE: '', ...env } };
      return (await promisify(execFile)(process.execPath, ['-e', start], options)).stdout.trim();
    },
    kept: () => readdirSync(cache),
  };
};

describe('what was compiled', () => {
  it('is kept once and used as it is by the next run', async () => {
    const { cache, run, kept } = stage(
      "exports.answer = () => 'one of ' + __filename.slice(-8) + require('node:path').sep;",
    );
    const first = await run();
    const [file = ''] = kept();
    const before = statSync(join(cache, file));
    expect(await run()).toBe(first);
    expect(kept()).toEqual([file]);
    expect(statSync(join(cache, file)).ino).toBe(before.ino);
  });

  it('is not used for another text of the same length', async () => {
    const { module, run, kept } = stage("exports.answer = () => 'one';");
    await run();
    writeFileSync(module, "exports.answer = () => 'two';");
    expect(await run()).toBe('two');
    expect(kept()).toHaveLength(1);
  });

  it('is replaced when it is damaged', async () => {
    const { cache, run, kept } = stage("exports.answer = () => 'one';");
    await run();
    const file = join(cache, kept()[0] ?? '');
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.concat([whole.subarray(0, 30), Buffer.alloc(whole.length - 30)]));
    expect(await run()).toBe('one');
    expect(readFileSync(file).length).toBeGreaterThan(30);
    expect(
      readFileSync(file)
        .subarray(30)
        .equals(Buffer.alloc(whole.length - 30)),
    ).toBe(false);
  });

  it('keeps text beyond ASCII whole', async () => {
    expect(await stage("exports.answer = () => 'č → 𝟘';").run()).toBe('č → 𝟘');
  });

  it('is neither kept nor used where the person turned the cache off', async () => {
    const { run, kept } = stage("exports.answer = () => 'one';");
    expect(await run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('one');
    expect(kept()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('is not kept in a folder that others may write to', async () => {
    const { cache, run, kept } = stage("exports.answer = () => 'one';");
    chmodSync(cache, 0o777);
    expect(await run()).toBe('one');
    expect(kept()).toEqual([]);
  });
});
