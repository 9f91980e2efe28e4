import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { absolute, isWithin, withForwardSlashes } from './paths.ts';

/** A folder to open as a workspace, and what of it was asked for. */
export interface Target {
  readonly root: string;
  /** Absolute paths of files and folders. Nothing outside them is reported or changed. */
  readonly paths: readonly string[];
}

export interface Plan {
  readonly targets: readonly Target[];
  /** A sentence for each path that cannot be linted. */
  readonly problems: readonly string[];
}

/** Finds the workspaces to open for the paths a person gave; no path means the working directory. */
export function planTargets(given: readonly string[], cwd: string): Plan {
  const problems: string[] = [];
  const wanted: Wanted[] = [];
  for (const path of given.length === 0 ? ['.'] : given) {
    const found = readable(path, cwd);
    if (typeof found === 'string') problems.push(found);
    else wanted.push(found);
  }
  return { targets: joined(wanted), problems };
}

export function covers(target: Target, file: string): boolean {
  return target.paths.some((path) => isWithin(file, path));
}

interface Wanted {
  readonly path: string;
  /** Where the path leads when it goes through a link: the analysis may name a file by the place where it really lies. */
  readonly real: string;
  /** What files of one package are linted together by. */
  readonly group: string;
}

function readable(path: string, cwd: string): Wanted | string {
  const full = absolute(path, cwd);
  const stats = statSync(full, { throwIfNoEntry: false });
  if (stats === undefined) return `${path}: there is no such file or folder; check the path`;
  if (!stats.isFile() && !stats.isDirectory()) return `${path}: it is neither a file nor a folder; give one of these`;
  try {
    accessSync(full, stats.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
  } catch {
    return `${path}: it may not be read; check its permissions`;
  }
  const group = stats.isDirectory() ? full : packageFolder(dirname(full));
  return { path: full, real: withForwardSlashes(realpathSync(full)), group };
}

/** The nearest folder that has a package.json: editors and commit hooks name many files of one. */
function packageFolder(folder: string): string {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) {
    if (existsSync(`${at}/package.json`) || existsSync(`${at}/.actor/actor.json`)) return at;
  }
  return folder;
}

/** A path within another is linted with it; several files of one package are linted together. */
function joined(wanted: readonly Wanted[]): readonly Target[] {
  const groups = [...new Set(wanted.map(({ group }) => group))];
  const outermost = groups.filter((group) => !groups.some((other) => other !== group && isWithin(group, other)));
  return outermost.map((group) => {
    const members = wanted.filter((one) => isWithin(one.group, group));
    const [only] = new Set(members.map(({ path }) => path)).size === 1 ? members : [];
    return { root: only?.path ?? group, paths: [...new Set(members.flatMap(({ path, real }) => [path, real]))] };
  });
}
