import { existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  /** The file is a script of Windows' shell, which Node does not start by itself. */
  readonly shell: boolean;
}

/**
 * Finds what a command starts: on Windows `npm` is `npm.cmd`, which wants the shell and its quotes.
 *
 * @param environment whose PATH and PATHEXT count
 */
export function programOf(
  command: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): Program {
  const [name = '', ...args] = command;
  const found = platform === 'win32' ? findOnWindows(name, cwd, environment) : undefined;
  if (found === undefined || !/\.(?:cmd|bat)$/i.test(found)) return { file: found ?? name, args, shell: false };
  return { file: quotedForCmd(found), args: args.map(quotedForCmd), shell: true };
}

function findOnWindows(name: string, cwd: string, environment: Readonly<Record<string, string>>): string | undefined {
  const value = (wanted: string): string =>
    Object.entries(environment).find(([key]) => key.toUpperCase() === wanted)?.[1] ?? '';
  const extensions = (value('PATHEXT') || '.COM;.EXE;.BAT;.CMD').split(';');
  const hasFolder = /[\\/]/.test(name) || isAbsolute(name);
  const folders = hasFolder ? [cwd] : [cwd, ...value('PATH').split(delimiter)];
  const candidates = folders.flatMap((folder) =>
    ['', ...extensions].map((extension) => (hasFolder ? resolve(folder, name) : join(folder, name)) + extension),
  );
  return candidates.find((file) => /\.[^\\/.]+$/.test(file) && existsSync(file) && statSync(file).isFile());
}

/** One word for cmd.exe: in quotes, with quotes doubled and variables left alone. */
function quotedForCmd(word: string): string {
  return /^[\w.:\\/=@-]+$/.test(word) ? word : `"${word.replaceAll('"', '""').replaceAll('%', '"^%"')}"`;
}
