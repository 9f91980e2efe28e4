import { posix } from 'node:path';
import type { Notice } from './notice.ts';
import type { FileSystem } from './file-system.ts';
import { parsePackageJson, type PackageManifest } from './package-json.ts';
import { textReader, type TextReader } from './read-text.ts';
import { isInside, neededWorkspaceFolders, rootFor } from './scope.ts';
import type { Tsconfig } from './tsconfig.ts';
import { walk, type Walked } from './walk.ts';

/** A folder with a package.json that can be read at least in part. */
export interface PackageFolder {
  readonly root: string;
  readonly packageJson: string;
  readonly manifest: PackageManifest;
}

/** All that was found for one folder: what the other modules of this part work on, without walking again. */
export interface FolderScan {
  /** The folder or file that was asked for; only findings in it are of interest. */
  readonly asked: string;
  /** The folders that were walked: the Actor around `asked`, and the workspace packages that it needs. */
  readonly roots: readonly string[];
  /** Outermost first. */
  readonly packages: readonly PackageFolder[];
  /** The files to analyse, sorted. */
  readonly sources: readonly string[];
  /** The text of each source. A byte order mark and line ends are kept as they are on disk. */
  readonly texts: ReadonlyMap<string, string>;
  /** Every `actor.json` in a folder `.actor`. */
  readonly actorJsons: readonly string[];
  /** Dockerfiles, requirements.txt, pyproject.toml: what tells how a folder is run. */
  readonly describing: ReadonlySet<string>;
  /** The tsconfig.json (or jsconfig.json) of each folder that has one. */
  readonly tsconfigs: ReadonlyMap<string, Tsconfig>;
  /** What a build fills: left out. */
  readonly outputFolders: ReadonlySet<string>;
  readonly links: ReadonlyMap<string, string>;
  readonly notices: readonly Notice[];
}

/**
 * Reads a folder, or the Actor around a file or an inner folder. Nothing throws: what is missing, unreadable, binary or
 * a bundle is named in the notices.
 */
export function scanFolder(folder: string, fs: FileSystem): FolderScan {
  const asked = folder.length > 1 ? folder.replace(/\/+$/, '') : folder;
  const read = textReader(fs);
  const root = rootFor(asked, fs, read);
  let walked = walk([root], fs, read);
  const notices: Notice[] = [];
  let packages = packagesOf(walked, read, notices);
  const manifests = packages.map((found) => found.manifest);
  const needed = neededWorkspaceFolders(root, manifests, fs, read);
  if (needed.length > 0) {
    walked = walk([root, ...needed], fs, read);
    notices.length = 0;
    packages = packagesOf(walked, read, notices);
  }
  return {
    asked,
    roots: [root, ...needed],
    packages,
    sources: [...walked.texts.keys()].toSorted(),
    texts: walked.texts,
    actorJsons: [...walked.describing].filter((path) => path.endsWith('/.actor/actor.json')),
    describing: walked.describing,
    tsconfigs: walked.tsconfigs,
    outputFolders: walked.outputFolders,
    links: walked.links,
    notices: [...walked.notices, ...notices, ...noticeOfNothing(asked, walked)],
  };
}

/** The tsconfig that holds for files of a folder: the nearest, its own folder first. */
export function tsconfigFor(scan: FolderScan, folder: string): Tsconfig | undefined {
  for (let current = folder; ; current = posix.dirname(current)) {
    const tsconfig = scan.tsconfigs.get(current);
    if (tsconfig || posix.dirname(current) === current) return tsconfig;
  }
}

/** Who asks for a file that is left out must learn why; a folder may well hold no source. */
function noticeOfNothing(asked: string, walked: Walked): readonly Notice[] {
  if (walked.notices.some((notice) => isInside(notice.file, asked))) return [];
  if ([...walked.texts.keys()].some((path) => isInside(path, asked))) return [];
  const output = [...walked.outputFolders].find((folder) => isInside(asked, folder));
  if (output !== undefined) {
    return [{ file: asked, reason: `skipped: a build fills ${posix.basename(output)}; check the source instead` }];
  }
  const isNamedAsFile = posix.extname(asked) !== '';
  return isNamedAsFile ? [{ file: asked, reason: 'skipped: it is no JavaScript or TypeScript source' }] : [];
}

function packagesOf(walked: Walked, read: TextReader, notices: Notice[]): readonly PackageFolder[] {
  const files = [...walked.describing].filter((path) => posix.basename(path) === 'package.json');
  return files.toSorted().flatMap((packageJson) => {
    const text = read(packageJson);
    if (text === undefined) {
      notices.push({ file: packageJson, reason: 'cannot be read: what the package depends on is not known' });
      return [];
    }
    const parsed = parsePackageJson(packageJson, text);
    notices.push(...parsed.notices);
    return [{ root: posix.dirname(packageJson), packageJson, manifest: parsed.manifest }];
  });
}
