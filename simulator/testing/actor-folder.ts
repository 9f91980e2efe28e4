import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedSdk, isOldSdk, type SdkVersion } from './installed-sdk.ts';

export interface ActorFolder {
  readonly path: string;
  /** The text of a file in it, such as `storage/key_value_stores/default/STATE.json`. */
  read(file: string): Promise<string>;
  remove(): Promise<void>;
}

export interface ActorFiles {
  /** By path: text, or a value that is written as JSON. A package.json with `npm start` is added unless given. */
  readonly files: Readonly<Record<string, string | object>>;
  /** `none`: nothing is installed. */
  readonly sdk?: SdkVersion | 'none';
}

function manifestFor(sdk: ActorFiles['sdk']): object {
  return {
    name: 'an-actor',
    private: true,
    scripts: { start: 'node src/main.js' },
    ...(isOldSdk(sdk)
      ? { dependencies: { apify: `^${sdk}` } }
      : { type: 'module', dependencies: { apify: '^3.1.0', crawlee: '^3.5.0' } }),
  };
}

/** Makes a temporary Actor with a real SDK beside it. */
export async function actorFolder({ files, sdk = 'latest' }: ActorFiles): Promise<ActorFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'actor-')));
  for (const [name, content] of Object.entries({ 'package.json': manifestFor(sdk), ...files })) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }
  if (sdk !== 'none') await symlink(await installedSdk(sdk), join(path, 'node_modules'), 'junction');
  return {
    path,
    read: async (file) => await readFile(join(path, file), 'utf8'),
    remove: async () => await rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
