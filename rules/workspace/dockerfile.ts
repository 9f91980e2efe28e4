import { modulesRunBy, modulesRunByWords, type CommandContext } from './run-command.ts';

/** What a Dockerfile says about the Actor. Paths are as written in it. */
export interface DockerImage {
  /** The modules that a container of it starts; empty where the base image decides (Apify's run `npm start`). */
  readonly modules: readonly string[];
  readonly hasCommand: boolean;
  /** The folders, relative to the build context, that package.json files are copied from: `code`, `.`. */
  readonly packageFolders: readonly string[];
}

/** Reads the last stage's ENTRYPOINT and CMD, in their JSON and shell forms. */
export function readDockerfile(text: string, context: CommandContext): DockerImage {
  let entrypoint = '';
  let command = '';
  const packageFolders: string[] = [];
  for (const [instruction, rest] of instructionsOf(text)) {
    if (instruction === 'FROM') entrypoint = command = '';
    else if (instruction === 'ENTRYPOINT') entrypoint = rest;
    else if (instruction === 'CMD') command = rest;
    else if (instruction === 'COPY') packageFolders.push(...packageFoldersIn(rest));
  }
  return {
    modules: modulesOf(entrypoint, command, context),
    hasCommand: entrypoint !== '' || command !== '',
    packageFolders: [...new Set(packageFolders)],
  };
}

function* instructionsOf(text: string): Generator<readonly [string, string]> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const kept = lines.filter((line) => !line.trimStart().startsWith('#'));
  for (const line of kept
    .join('\n')
    .replaceAll(/[\\`]\s*\n/g, ' ')
    .split('\n')) {
    const match = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line);
    if (match?.[1] !== undefined) yield [match[1].toUpperCase(), (match[2] ?? '').trim()];
  }
}

function modulesOf(entrypoint: string, command: string, context: CommandContext): readonly string[] {
  const entry = jsonWords(entrypoint);
  const words = jsonWords(command);
  if (entrypoint === '') return words ? modulesRunByWords(words, context) : modulesRunBy(command, context);
  // Docker gives a shell-form ENTRYPOINT no arguments; in the JSON form CMD follows it.
  if (!entry) return modulesRunBy(entrypoint, context);
  if (words) return modulesRunByWords([...entry, ...words], context);
  const own = modulesRunByWords(entry, context);
  return own.length > 0 ? own : modulesRunBy(command, context);
}

function jsonWords(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  } catch {
    // Docker takes what is no JSON for a shell command, and so do we.
  }
  return undefined;
}

function packageFoldersIn(rest: string): readonly string[] {
  if (/--from=/.test(rest)) return [];
  const paths = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
  return paths.flatMap((path) => {
    const match = /^(?:\.\/)?(.*?)\/?package[^/]*$/.exec(path);
    return match ? [match[1] === '' || match[1] === undefined ? '.' : match[1]] : [];
  });
}
