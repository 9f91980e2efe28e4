import { posix } from 'node:path';
import type { Notice } from './notice.ts';
import { packageFor, placesOf, plainImages, type ActorDescription, type Place } from './actor-places.ts';
import { entryPointsOf, type EntryPoints, type Image, type Surroundings } from './entry-points.ts';
import { importersByModule, importsSdk, looksLikeEntry } from './entry-text.ts';
import type { FileSystem } from './file-system.ts';
import { allDependencies, dependsOnSdk, type RuleSettings } from './package-json.ts';
import { textReader } from './read-text.ts';
import { tsconfigFor, type FolderScan } from './scan.ts';
import { sdkFromImports, sdkOf, type Sdk } from './sdk-version.ts';
import { isTestFile } from './source-files.ts';
import { createSourceIndex } from './source-index.ts';

/** An Actor, or a package that Actors share, as the disk describes it. */
export interface ActorFolder {
  /** Not unique: one folder may hold several Actors. */
  readonly root: string;
  readonly name: string;
  /** A shared package has no entry point of its own: only the rules that need none look at it. */
  readonly kind: 'actor' | 'shared package';
  readonly sdk: Sdk | undefined;
  /** Sources of this folder, as a rule one. */
  readonly entryPoints: readonly string[];
  readonly packageJson: string | undefined;
  /** Its own sources, tests among them; what it imports from other packages is not. */
  readonly sources: readonly string[];
  readonly ruleSettings: RuleSettings;
}

export interface FoundActors {
  readonly actors: readonly ActorFolder[];
  /** Actors that are not analysed, or not wholly. */
  readonly notices: readonly Notice[];
}

interface Search extends Surroundings {
  readonly scan: FolderScan;
  readonly fs: FileSystem;
  readonly notices: Notice[];
  /** The names of packages that another scanned package depends on. */
  readonly dependedOn: ReadonlySet<string>;
}

/** The Actors in a scan, with the packages that they share, in the order of their folders. */
export function findActors(scan: FolderScan, fs: FileSystem): FoundActors {
  const read = textReader(fs);
  const { places, withoutCode } = placesOf(scan, read);
  const index = createSourceIndex(scan);
  let importers: ReadonlyMap<string, readonly string[]> | undefined;
  const search: Search = {
    scan,
    fs,
    read,
    index,
    texts: scan.texts,
    importersOf: (path) => (importers ??= importersByModule(withoutTests(scan), index)).get(path) ?? [],
    notices: [],
    dependedOn: new Set(scan.packages.flatMap((found) => Object.keys(allDependencies(found.manifest)))),
  };
  for (const description of withoutCode) search.notices.push(noticeWithoutCode(description, search));
  return { actors: places.flatMap((place) => actorsIn(place, search)), notices: search.notices };
}

/** A test that imports a module makes it no less an entry point. */
function withoutTests(scan: FolderScan): ReadonlyMap<string, string> {
  const root = scan.roots[0] ?? '/';
  return new Map([...scan.texts].filter(([path]) => !isTestFile(path, root)));
}

function actorsIn(place: Place, search: Search): readonly ActorFolder[] {
  const { manifest } = packageFor(place, search.scan) ?? {};
  const texts = place.sources
    .filter((path) => !isTestFile(path, place.root))
    .map((path) => search.scan.texts.get(path) ?? '');
  const own = place.package?.manifest;
  const usesSdk = place.descriptions.length > 0 || (own !== undefined && dependsOnSdk(own)) || texts.some(importsSdk);
  const isShared = own?.name !== undefined && search.dependedOn.has(own.name);
  if (!usesSdk && !isShared) return [];
  const sdk = sdkOf({ root: place.root, manifest: own ?? manifest }, search.fs, search.read) ?? sdkFromImports(texts);
  const found = usesSdk ? startsOf(place, search) : [];
  const starts = found.filter((start) => isActor(start, texts, isShared));
  const [first] = starts;
  if (!first) return [folderOf(place, undefined, sdk, search)];
  if (sdk?.generation === 4) search.notices.push(noticeOfSdk4(place, sdk));
  return starts.map((start) => named(folderOf(place, start, sdk, search), starts.length > 1));
}

/** Actors that share a folder are told apart by the module that they start with. */
function named(folder: ActorFolder, sharesFolder: boolean): ActorFolder {
  const [entry] = folder.entryPoints;
  if (!sharesFolder || entry === undefined) return folder;
  return { ...folder, name: `${folder.name} (${posix.relative(folder.root, entry)})` };
}

/** One way in which the code of a place is started. */
interface Start {
  readonly description: ActorDescription | undefined;
  readonly entryPoints: EntryPoints;
}

/** Several Actors that start one code alike are one here: it would only be read twice. */
function startsOf(place: Place, search: Search): readonly Start[] {
  const described = place.descriptions.map((description) => ({ description, image: description.image }));
  const plain = plainImages(place.root, search.scan).map((image) => ({ description: undefined, image }));
  const ways: readonly { description: ActorDescription | undefined; image: Image | undefined }[] =
    described.length > 0 ? described : plain.length > 0 ? plain : [{ description: undefined, image: undefined }];
  const starts = new Map<string, Start>();
  for (const { description, image } of ways) {
    const entryPoints = entriesOf(place, image, search);
    const key = entryPoints.files.join('\0');
    if (!starts.has(key)) starts.set(key, { description, entryPoints });
  }
  const all = [...starts.values()];
  const withFiles = all.filter((start) => start.entryPoints.files.length > 0);
  return withFiles.length > 0 ? withFiles.flatMap(oneEach) : all;
}

/** Modules that each start an Actor, and that nothing ties together, are programs of their own. */
function oneEach(start: Start): readonly Start[] {
  const { by, files } = start.entryPoints;
  return by === 'code'
    ? files.map((file) => ({ description: start.description, entryPoints: { by, files: [file] } }))
    : [start];
}

function entriesOf(place: Place, image: Image | undefined, search: Search): EntryPoints {
  const { scan } = search;
  const holder = packageFor(place, scan);
  const runnable = {
    root: place.root,
    manifest: holder?.manifest,
    manifestRoot: holder?.root ?? place.root,
    image,
    tsconfig: tsconfigFor(scan, place.root),
    sources: place.sources,
  };
  return entryPointsOf(runnable, search);
}

/**
 * A library that takes the SDK as a peer has a `main`, too. It is an Actor only if something says so: a description, an
 * image, a start script, or code that starts one.
 */
function isActor(start: Start, texts: readonly string[], isShared: boolean): boolean {
  if (start.description) return true;
  const { by } = start.entryPoints;
  if (by === 'main' || by === 'code') return !isShared && texts.some(looksLikeEntry);
  return by !== 'nothing';
}

function folderOf(place: Place, start: Start | undefined, sdk: Sdk | undefined, search: Search): ActorFolder {
  const holder = packageFor(place, search.scan);
  if (start?.entryPoints.by === 'nothing') {
    search.notices.push(noticeWithoutEntry(place, start.entryPoints.missing));
  }
  return {
    root: place.root,
    name: start?.description?.name ?? place.package?.manifest.name ?? posix.basename(place.root),
    kind: start ? 'actor' : 'shared package',
    sdk,
    entryPoints: start?.entryPoints.files ?? [],
    packageJson: holder?.packageJson,
    sources: place.sources,
    ruleSettings: holder?.manifest.ruleSettings ?? {},
  };
}

function noticeWithoutEntry(place: Place, missing: string | undefined): Notice {
  const why =
    missing === undefined
      ? 'no start script, Dockerfile or main names one, and no module calls Actor.init or Actor.main'
      : `it starts with ${missing}, of which there is no source here`;
  return {
    file: place.package?.packageJson ?? place.root,
    reason: `no entry point was found: ${why}. Only rules that need none are applied`,
  };
}

function noticeOfSdk4(place: Place, sdk: Sdk): Notice {
  const name = sdk.package === 'apify' ? 'Apify SDK' : 'Crawlee';
  const reason = `uses ${name} ${sdk.version ?? '4'}: the rules are proven for version 3 and below, so none is applied`;
  return { file: place.package?.packageJson ?? place.root, reason };
}

function noticeWithoutCode({ file, folder, name, image }: ActorDescription, search: Search): Notice {
  const title = name ?? posix.basename(folder);
  const { describing } = search.scan;
  const dockerfile = (image && search.read(image.dockerfile)) ?? '';
  const isPython =
    ['requirements.txt', 'pyproject.toml'].some((marker) => describing.has(posix.join(folder, marker))) ||
    /^\s*FROM\s+\S*python/im.test(dockerfile);
  if (isPython) return { file: folder, reason: `${title} is a Python Actor: not analysed` };
  return { file, reason: `${title} has no JavaScript or TypeScript here: not analysed` };
}
