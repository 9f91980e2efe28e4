import { relative, resolve } from 'node:path';

/** The analysis speaks of absolute paths with forward slashes, on every platform. */
export function absolute(path: string, cwd: string): string {
  return withForwardSlashes(resolve(cwd, path));
}

/** As it is printed: relative to the working directory, forward slashes, `.` for the directory itself. */
export function printed(path: string, cwd: string): string {
  return withForwardSlashes(relative(cwd, path)) || '.';
}

/** Whether `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

export function withForwardSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
