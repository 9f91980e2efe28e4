import { posix } from 'node:path';
import semver from 'semver';
import type { FileSystem } from './file-system.ts';
import { lockedVersion } from './lock-file.ts';
import { allDependencies, isSdkPackage, parsePackageJson, type PackageManifest } from './package-json.ts';
import { parseJsonObject, stringAt } from './parse-json.ts';
import type { TextReader } from './read-text.ts';
import { foldersAbove } from './scope.ts';

export type SdkGeneration = 0 | 1 | 2 | 3 | 4;

/** The SDK that an Actor runs on. */
export interface Sdk {
  readonly package: 'apify' | 'crawlee';
  /** Of `apify`, or of Crawlee (of the part of it that is named); unknown for `latest` and the like. */
  readonly version: string | undefined;
  /** 0 to 2: `Apify.*`; 3: `Actor.*` and Crawlee 3; 4: beyond what the rules know. */
  readonly generation: SdkGeneration | undefined;
  readonly from: 'installed' | 'lock file' | 'range' | 'import';
}

/** Where an Actor's dependencies are: `manifest` is missing where it has no package.json of its own. */
export interface SdkHolder {
  readonly root: string;
  readonly manifest: PackageManifest | undefined;
}

/**
 * The SDK that a package depends on: what is installed, else what the lock file fixes, else the lowest version that the
 * range allows. A package that names none takes that of a package above it, as Node does.
 */
export function sdkOf(holder: SdkHolder, fs: FileSystem, read: TextReader): Sdk | undefined {
  const folders = [holder.root, ...foldersAbove(holder.root, fs)];
  for (const folder of folders) {
    const manifest = folder === holder.root ? holder.manifest : manifestIn(folder, read);
    const dependencies = manifest && allDependencies(manifest);
    const name = dependencies && sdkNameIn(dependencies);
    if (dependencies === undefined || name === undefined) continue;
    return versionOf(name, dependencies, folder, folders.slice(folders.indexOf(folder)), read);
  }
  return undefined;
}

/** Told by the code alone, where no package.json says it: each generation has its own way to be imported. */
export function sdkFromImports(texts: Iterable<string>): Sdk | undefined {
  let found: Sdk | undefined;
  for (const text of texts) {
    if (/['"]apify['"]/.test(text) && /\bActor\s*\.|[{,]\s*Actor\b/.test(text)) return fromImport('apify', 3);
    if (/(?:from|require\()\s*['"]apify['"]/.test(text)) found = fromImport('apify', 2);
    else if (/(?:from|require\()\s*['"](?:crawlee|@crawlee\/)/.test(text)) found ??= fromImport('crawlee', 3);
  }
  return found;
}

function fromImport(name: Sdk['package'], generation: SdkGeneration): Sdk {
  return { package: name, version: undefined, generation, from: 'import' };
}

/** `apify` decides where both are there: it brings the platform's events. Then `crawlee`, then any part of it. */
function sdkNameIn(dependencies: Readonly<Record<string, string>>): string | undefined {
  const names = Object.keys(dependencies).filter(isSdkPackage);
  const ofCrawlee = names.find((name) => name === 'crawlee' || name === '@crawlee/core') ?? names[0];
  return names.includes('apify') ? 'apify' : ofCrawlee;
}

function versionOf(
  name: string,
  dependencies: Readonly<Record<string, string>>,
  root: string,
  folders: readonly string[],
  read: TextReader,
): Sdk {
  const range = dependencies[name];
  const hasCrawlee = Object.keys(dependencies).some((other) => other === 'crawlee' || other.startsWith('@crawlee/'));
  const sdk = (version: string | undefined, from: Sdk['from']): Sdk => ({
    package: name === 'apify' ? 'apify' : 'crawlee',
    version,
    // `latest`, `*`, a git address: where Crawlee is there, too, it is the generation that needs it.
    generation: version === undefined ? (hasCrawlee ? 3 : undefined) : generationOf(version),
    from,
  });
  for (const folder of folders) {
    const installed = installedVersion(name, folder, read);
    if (installed === undefined) continue;
    // What lies further up may be another package's; what lies beside the package is what runs.
    if (folder === root || mayBe(installed, range)) return sdk(installed, 'installed');
  }
  for (const folder of folders) {
    const locked = semver.valid(lockedVersion(name, range, root, folder, read));
    // A lock file that was left behind when package.json moved on: npm installs what the range says.
    if (locked !== null && mayBe(locked, range)) return sdk(locked, 'lock file');
  }
  return sdk(lowestOf(range), 'range');
}

function installedVersion(name: string, folder: string, read: TextReader): string | undefined {
  const file = posix.join(folder, 'node_modules', name, 'package.json');
  const text = read(file);
  return text === undefined ? undefined : stringAt(parseJsonObject(file, text).value, 'version');
}

function mayBe(version: string, range: string | undefined): boolean {
  const plain = plainRange(range);
  return semver.validRange(plain) === null || semver.satisfies(version, plain, { includePrerelease: true });
}

function plainRange(range: string | undefined): string {
  return (range ?? '').trim().replace(/^(?:workspace:|npm:(?:@?[^@]+@)?)/, '');
}

function lowestOf(range: string | undefined): string | undefined {
  const plain = plainRange(range);
  // What allows everything says nothing.
  if (plain === '' || plain === '*' || plain === 'x' || semver.validRange(plain) === null) return undefined;
  if (/^>=?\s*0(?:\.0)*$/.test(plain)) return undefined;
  return semver.minVersion(plain)?.version;
}

function generationOf(version: string): SdkGeneration | undefined {
  const major = semver.parse(version)?.major;
  if (major === undefined) return undefined;
  return major === 0 || major === 1 || major === 2 || major === 3 ? major : 4;
}

function manifestIn(folder: string, read: TextReader): PackageManifest | undefined {
  const file = posix.join(folder, 'package.json');
  const text = read(file);
  return text === undefined ? undefined : parsePackageJson(file, text).manifest;
}
