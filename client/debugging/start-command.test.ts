import { describe, expect, it } from 'vitest';
import type { ActorFiles, Manifest } from './actor-files.ts';
import { startCommandOf, type StartAnswer } from './start-command.ts';

interface Sample {
  readonly files: readonly string[];
  readonly manifest?: Partial<Manifest>;
  readonly installed?: readonly string[];
  readonly written?: Readonly<Record<string, unknown>>;
  readonly entryPoints?: readonly string[];
}

function start({ files, manifest, installed = [], written = {}, entryPoints = [] }: Sample): StartAnswer {
  const disk: ActorFiles = {
    isFile: (path) => files.includes(path.replace('/actor/', '')),
    manifestIn: () => manifest && { name: 'a', main: undefined, scripts: {}, dependencies: [], ...manifest },
    packageFor: (_folder, name) => (installed.includes(name) ? `/actor/node_modules/${name}` : undefined),
  };
  return startCommandOf({ folder: '/actor', written, entryPoints, files: disk, platform: 'linux' });
}

const npmStart = { runtimeExecutable: 'npm', runtimeArgs: ['run', 'start'], args: [] };

describe('an Actor is started', () => {
  it('by its start script, through npm', () => {
    const manifest = { scripts: { start: 'node src/main.js' } };
    expect(start({ files: ['src/main.js'], manifest })).toEqual({ start: npmStart });
  });

  it('by its entry point where there is no start script', () => {
    const node = { runtimeExecutable: 'node', runtimeArgs: [], program: '/actor/src/main.js', args: [] };
    expect(start({ files: ['src/main.js'], manifest: { main: 'src/main.js' } })).toEqual({ start: node });
    expect(start({ files: ['app.js'], entryPoints: ['/actor/app.js'] })).toEqual({
      start: { ...node, program: '/actor/app.js' },
    });
  });

  it('with tsx where the entry point is TypeScript', () => {
    const answer = start({ files: ['src/main.ts'], installed: ['tsx'], entryPoints: ['/actor/src/main.ts'] });
    expect(answer).toMatchObject({ start: { runtimeArgs: ['--import', 'tsx'], program: '/actor/src/main.ts' } });
  });

  it('from its source where the start script runs a build that is not there', () => {
    const manifest = {
      scripts: { start: 'npm run start:prod', 'start:prod': 'node --enable-source-maps dist/main.js' },
    };
    const sample = { files: ['src/main.ts'], manifest, entryPoints: ['/actor/src/main.ts'] };
    expect(start({ ...sample, installed: ['tsx'] })).toMatchObject({
      start: { program: '/actor/src/main.ts' },
      note: expect.stringContaining('dist/main.js, which is not built'),
    });
    expect(start(sample)).toMatchObject({
      problem: expect.stringMatching(/dist\/main\.js, which is not there.*npm run build/),
    });
    expect(start({ ...sample, files: ['dist/main.js'] })).toEqual({ start: npmStart });
  });

  it('by its start script where that builds first', () => {
    const manifest = { scripts: { start: 'tsc && node dist/main.js' } };
    expect(start({ files: ['src/main.ts'], manifest })).toEqual({ start: npmStart });
  });

  it('by the command that a person wrote, in words, in a text, or for a shell', () => {
    const words = start({ files: [], written: { command: ['npx', 'tsx', 'src/main.ts'] } });
    expect(words).toMatchObject({ start: { runtimeExecutable: 'npx', runtimeArgs: ['tsx', 'src/main.ts'] } });
    const text = start({ files: [], written: { command: 'node "my main.js" --fast' } });
    expect(text).toMatchObject({ start: { runtimeExecutable: 'node', runtimeArgs: ['my main.js', '--fast'] } });
    const shell = start({ files: [], written: { command: 'npm run build && node dist/main.js' } });
    expect(shell).toMatchObject({
      start: { runtimeExecutable: '/bin/sh', runtimeArgs: ['-c', 'npm run build && node dist/main.js'] },
    });
  });

  it('by a program of its own packages, as an npm script finds it', () => {
    const answer = start({ files: ['node_modules/.bin/tsx'], written: { command: 'tsx src/main.ts' } });
    expect(answer).toMatchObject({ start: { runtimeExecutable: '/actor/node_modules/.bin/tsx' } });
  });

  it('with arguments, which npm passes on only behind `--`', () => {
    const manifest = { scripts: { start: 'node main.js' } };
    const answer = start({ files: ['main.js'], manifest, written: { args: ['--fast'] } });
    expect(answer).toMatchObject({ start: { runtimeArgs: ['run', 'start', '--', '--fast'] } });
  });
});

describe('an Actor is not started', () => {
  it.each([
    [
      { files: [], manifest: { scripts: { start: 'tsx watch src/main.ts' } } },
      /tsx watch.*restarts it by itself.*"command"/,
    ],
    [{ files: [], manifest: { scripts: { start: 'npm run dev', dev: 'nodemon' } } }, /nodemon/],
    [{ files: [], written: { command: 'node --watch main.js' } }, /node --watch/],
    [{ files: [], manifest: {} }, /has no entry point.*"start" script/],
    [{ files: [], manifest: { main: 'gone.js' } }, /gone\.js as "main", which is not there/],
    [{ files: [], written: { program: 'gone.js' } }, /no \/actor\/gone\.js/],
    [
      { files: ['src/main.ts'], manifest: { main: 'src/main.ts' } },
      /src\/main\.ts is TypeScript.*npm install --save-dev tsx/,
    ],
    [{ files: [], written: { command: '' } }, /"command" is empty/],
  ])('but a sentence says why and what to do: %j', (sample, sentence) => {
    expect(start(sample)).toMatchObject({ problem: expect.stringMatching(sentence) });
  });

  it('before its SDK is installed', () => {
    const manifest = { dependencies: ['apify'], scripts: { start: 'node main.js' } };
    expect(start({ files: ['main.js'], manifest })).toMatchObject({
      problem: expect.stringMatching(/`apify` is not installed.*npm install/),
      install: true,
    });
    expect(start({ files: ['main.js'], manifest, installed: ['apify'] })).toEqual({ start: npmStart });
  });
});
