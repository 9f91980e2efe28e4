import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

/**
 * The file of `--report`, absolute. It is looked at before anything is run, which may take minutes.
 *
 * @param report as it was given
 * @throws {UsageError} where no file can be written there
 */
export function pageFile(report: string | undefined, cwd: string): string | undefined {
  if (report === undefined) return undefined;
  const file = resolve(cwd, report);
  if (report.trim() === '' || /[\\/]$/.test(report) || kindOf(file) === 'folder')
    throw new UsageError(`--report ${report}: it is a folder; name a file in it: ${join(report, 'report.html')}`);
  const there = nearest(file);
  if (there !== file && kindOf(there) !== 'folder')
    throw new UsageError(`--report ${report}: ${there} is no folder, so that no file can be written in it`);
  if (!isWritable(there)) throw new UsageError(`--report ${report}: ${there} cannot be written to`);
  return file;
}

/** The path itself where it is there, else the folder above it that is. */
function nearest(path: string): string {
  return kindOf(path) !== undefined || dirname(path) === path ? path : nearest(dirname(path));
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  // In a file there is nothing, which `statSync` would throw.
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? 'folder' : 'file';
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
