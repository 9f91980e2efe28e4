import { build } from 'esbuild';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actorFolder, type ActorFolder } from '../testing/actor-folder.ts';
import { installed } from '../testing/installed-sdk.ts';
import { migrateActor } from '../testing/migrate-actor.ts';
import { judge } from '../verdict/index.ts';

/** Counts to eight, keeps where it is, and asks for its migration halfway; `TYPE` stands where TypeScript has a type. */
const BODY = `
  await Actor.init();
  const stateTYPE = await Actor.useState('STATE', { n: 0 });
  while (state.n < 8) {
    await Actor.pushData({ n: state.n });
    state.n += 1;
    if (state.n !== 4) continue;
    await Actor.setValue('GO', {});
    // It does nothing until it is killed, on a busy machine too.
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
  await Actor.exit();
`;
const JAVASCRIPT = BODY.replace('TYPE', '');
const TYPESCRIPT = BODY.replace('TYPE', ': { n: number }');
const dependencies = { apify: '^3.1.0', crawlee: '^3.5.0' };

const esModule = { 'src/main.js': `import { Actor } from 'apify';\n${JAVASCRIPT}` };
const commonJs = { 'src/main.js': `const { Actor } = require('apify');\nvoid (async () => {${JAVASCRIPT}})();` };
const typeScript = { 'src/main.ts': `import { Actor } from 'apify';\nvoid (async () => {${TYPESCRIPT}})();` };

interface Way {
  readonly name: string;
  readonly type: 'module' | 'commonjs';
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly prepare?: (folder: ActorFolder) => Promise<void>;
}

const node = ['node', 'src/main.js'];

/** The Actor with the SDK in one file. Crawlee finds its storages by the names of their classes, so these are kept. */
async function bundled({ path }: ActorFolder): Promise<void> {
  await build({
    entryPoints: [join(path, 'src/main.ts')],
    outfile: join(path, 'dist/main.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    keepNames: true,
    sourcemap: true,
    logLevel: 'error',
    // Optional, and not installed.
    external: ['playwright', 'puppeteer', 'playwright-core'],
  });
}

const WAYS: readonly Way[] = [
  { name: 'an ES module', type: 'module', files: esModule, command: node },
  { name: 'CommonJS', type: 'commonjs', files: commonJs, command: node },
  { name: 'npm start', type: 'module', files: esModule, command: ['npm', 'start', '--silent'] },
  { name: 'tsx', type: 'module', files: typeScript, command: ['npx', 'tsx', 'src/main.ts'] },
  { name: 'tsx as a loader', type: 'commonjs', files: typeScript, command: ['node', '--import', 'tsx', 'src/main.ts'] },
  {
    name: 'a bundle by esbuild',
    type: 'commonjs',
    files: typeScript,
    command: ['node', '--enable-source-maps', 'dist/main.cjs'],
    prepare: bundled,
  },
];

/** Of a folder of its own: this repository's compiler is none that ts-node knows. */
async function tsNode(): Promise<Way> {
  const modules = await installed('ts-node');
  const register = join(modules, 'ts-node', 'register', 'transpile-only');
  return {
    name: 'ts-node',
    type: 'commonjs',
    files: { ...typeScript, 'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "target": "es2022" } }' },
    command: ['node', '--require', register, 'src/main.ts'],
    environment: { TS_NODE_COMPILER: join(modules, 'typescript') },
  };
}

describe.concurrent('an Actor that keeps its state resumes, however it is started', () => {
  test.each(WAYS)('$name', async (way) => await expectToResume(way));
  test('ts-node', async () => await expectToResume(await tsNode()));
});

async function expectToResume({ type, files, command, environment = {}, prepare }: Way): Promise<void> {
  const manifest = { type, scripts: { start: 'node src/main.js' }, dependencies };
  const folder = await actorFolder({ files: { 'package.json': manifest, ...files } });
  try {
    await prepare?.(folder);
    const { recording, output } = await migrateActor({ folder: folder.path, command, environment, at: ['key:GO'] });
    const verdict = judge(recording);
    expect(verdict, output).toMatchObject({ word: 'resumed', migrations: [{ endedBy: 'reboot' }] });
  } finally {
    await folder.remove();
  }
}
