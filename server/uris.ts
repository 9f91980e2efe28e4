import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The path of a `file:` URI, absolute and with forward slashes; `undefined` for any other scheme (an unsaved buffer, a
 * file inside an archive), which the analysis cannot place in an Actor.
 */
export function toFile(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri).replaceAll('\\', '/');
    // VS Code writes drive letters in lower case, Node in upper case.
    return /^[a-z]:/.test(path) ? path[0]?.toUpperCase() + path.slice(1) : path;
  } catch {
    // A host name or an encoded slash: a valid URI, but no file of this machine.
    return undefined;
  }
}

/** The `file:` URI of an absolute path. */
export function toUri(file: string): string {
  return pathToFileURL(file).href;
}

/** Whether `file` is `folder` or lies in it. Both are absolute, with forward slashes. */
export function isInside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
