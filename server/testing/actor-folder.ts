import { mkdtempSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toUri } from '../uris.ts';

export const MANIFEST = {
  name: 'sample',
  type: 'module',
  main: 'main.js',
  scripts: { start: 'node main.js' },
  dependencies: { apify: '^3.7.0' },
};
export const PACKAGE_JSON = JSON.stringify(MANIFEST);

/** A save that nobody waits for, which is one finding of `unawaited-write`. */
export const UNAWAITED = "Actor.setValue('state', { page: 1 });";

/** An Actor whose only body is `body`. */
export function actor(body: string): string {
  return `import { Actor } from 'apify';\nawait Actor.init();\n${body}\nawait Actor.exit();\n`;
}

/** A folder on disk that goes with the test. */
export class ActorFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'actor-state-')));

  /** @param files texts by path within the folder; a package.json that depends on the SDK is there unless it is given */
  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    for (const [path, text] of Object.entries({ 'package.json': PACKAGE_JSON, ...files })) this.write(path, text);
  }

  uri(path: string): string {
    return toUri(join(this.path, path));
  }

  write(path: string, text: string | Uint8Array): void {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  rename(from: string, to: string): void {
    renameSync(join(this.path, from), join(this.path, to));
  }

  delete(path: string): void {
    rmSync(join(this.path, path), { recursive: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
