import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ExampleRun, SeenThing, Sight } from '../../rules/catalogue/example-run.ts';
import type { PageExample } from '../../rules/catalogue/page-examples.ts';
import type { FixtureSdk } from '../../rules/actor/actor-fixture.ts';
import { actorFolder } from '../../simulator/testing/actor-folder.ts';
import type { SdkVersion } from '../../simulator/testing/installed-sdk.ts';
import { migrateActor, type MigratedActor } from '../../simulator/testing/migrate-actor.ts';
import { judge } from '../../simulator/verdict/index.ts';

/** What npm has of each SDK that the pages speak of. */
export const INSTALLED: Readonly<Record<FixtureSdk, SdkVersion>> = {
  'apify 0': '0',
  'apify 1': '1',
  'apify 2': '2',
  'apify 3.6': '3.6',
  'apify 3': 'latest',
  'crawlee 3': 'latest',
};

/** The sights of an example that was run for real, in the place of those that its page promises. */
export interface SeenExample {
  readonly seen: readonly Sight[];
  /** All that the Actor printed: why it was otherwise. */
  readonly output: string;
}

/**
 * Runs an example of a rule's page against the real SDK on the simulated platform.
 *
 * @param site the web site that it finds in `process.env.SITE`
 */
export async function runExample(
  example: PageExample & { readonly run: ExampleRun },
  site: string,
): Promise<SeenExample> {
  const { files, assets, sdk, run } = example;
  const version = INSTALLED[sdk];
  const [entry = 'main.js'] = Object.keys(files);
  const isModule = Object.values(files).some((text) => /^(?:import|export) /mu.test(text));
  const manifest = {
    name: 'example',
    private: true,
    type: isModule ? 'module' : 'commonjs',
    dependencies: { [sdk.startsWith('crawlee') ? 'crawlee' : 'apify']: '*' },
  };
  // An address in the input, which is written before the web site has its port.
  const written = Object.fromEntries(
    Object.entries(assets).map(([name, text]) => [name, text.replaceAll('$SITE', site)]),
  );
  const folder = await actorFolder({ files: { 'package.json': manifest, ...written, ...files }, sdk: version });
  try {
    // Beside the folder that the SDK falls back to where it is not started: what is written there is not on the platform.
    const storage = join(folder.path, 'platform');
    const actor = await migrateActor({
      folder: folder.path,
      storage: { kind: 'folder', folder: storage, from: join(folder.path, 'storage') },
      command: ['node', ...(entry.endsWith('.ts') ? ['--import', 'tsx'] : []), entry],
      at: run.at === undefined ? [] : [run.at],
      graceMs: run.graceMs,
      latencyMs: run.latencyMs,
      environment: { SITE: site },
    });
    return {
      seen: await Promise.all(run.seen.map(async (sight) => await lookFor(sight, actor, storage))),
      output: actor.output,
    };
  } finally {
    await folder.remove();
  }
}

async function lookFor(sight: Sight, actor: MigratedActor, storage: string): Promise<Sight> {
  const { not, ...wanted } = sight;
  const seen = await lookAt(wanted, actor, storage);
  return not === true && !isDeepStrictEqual(seen, wanted) ? sight : seen;
}

async function lookAt(sight: SeenThing, actor: MigratedActor, storage: string): Promise<SeenThing> {
  const { events } = actor.recording;
  switch (sight.what) {
    case 'verdict':
      return { ...sight, word: judge(actor.recording).word };
    case 'exit':
      return { ...sight, code: actor.end.how === 'exit' ? (actor.end.exit.code ?? -1) : -1 };
    case 'items':
      return { ...sight, count: (await filesIn(join(storage, 'datasets', 'default'))).length };
    case 'charges': {
      const charges = events.flatMap((event) =>
        event.kind === 'write' && event.outcome === 'landed' && event.change.type === 'charge'
          ? [event.change.count]
          : [],
      );
      return { ...sight, count: charges.reduce((sum, count) => sum + count, 0) };
    }
    case 'record':
      return { ...sight, json: await recordIn(join(storage, 'key_value_stores', sight.store), sight.key) };
    case 'disk': {
      const files = events.flatMap((event) => (event.kind === 'disk-file' ? [event.path] : []));
      return { ...sight, path: files.find((path) => path === sight.path) ?? 'none' };
    }
    case 'log':
      return { ...sight, word: actor.output.includes(sight.word) ? sight.word : 'none' };
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('__'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A record as JSON without spaces; its text where it is none; `undefined` where there is no record. */
async function recordIn(store: string, key: string): Promise<string | undefined> {
  const name = (await filesIn(store)).find((file) => file.replace(/\.\w+$/u, '') === key);
  if (name === undefined) return undefined;
  const text = await readFile(join(store, name), 'utf8');
  return name.endsWith('.json') ? JSON.stringify(JSON.parse(text)) : text;
}
