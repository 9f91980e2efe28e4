import { dirname, extname, isAbsolute, join, relative } from 'node:path';
import { watcherIn } from '../../simulator/run/watchers.ts';
import type { ActorFiles, Manifest } from './actor-files.ts';
import { wordsOf, type StartCommand, type WrittenConfiguration } from './configuration.ts';

export interface StartQuestion {
  /** The Actor's folder, absolute. */
  readonly folder: string;
  /** What the person wrote. */
  readonly written: WrittenConfiguration;
  /** The modules that the Actor starts with, as the analysis knows them: absolute paths of sources. */
  readonly entryPoints: readonly string[];
  readonly files: ActorFiles;
  readonly platform?: NodeJS.Platform;
}

/** `problem`: why it cannot be started, and what to do. `install`: a package that has to be installed first. */
export type StartAnswer =
  | { readonly start: StartCommand; readonly note?: string | undefined }
  | { readonly problem: string; readonly install?: boolean };

/**
 * Which command starts an Actor: what the person wrote, else the start script through npm, as `apify run` does it, else its
 * entry point with Node.
 */
export function startCommandOf(question: StartQuestion): StartAnswer {
  const { folder, written, files } = question;
  const manifest = files.manifestIn(folder);
  const missing = missingSdk(question, manifest);
  if (missing !== undefined) return missing;
  const args = wordsOf(written['args']);
  const { program, command } = written;
  if (typeof program === 'string') return startModule(absolute(folder, program), args, question);
  if (command !== undefined)
    return startWords(typeof command === 'string' ? command : wordsOf(command), args, question);
  const script = manifest?.scripts['start'];
  if (script === undefined) return startEntryPoint(args, question, manifest);
  const built = notBuilt(script, manifest?.scripts ?? {}, question);
  if (built === undefined) return startWords(['npm', 'run', 'start'], args, question);
  const fromSource = startEntryPoint(args, question, manifest);
  if ('start' in fromSource) {
    return {
      ...fromSource,
      note: `The start script runs ${built}, which is not built: its source is started instead.`,
    };
  }
  return {
    problem: `The start script of ${folder} runs ${built}, which is not there. Build the Actor first, such as with \`npm run build\`, or install tsx: \`npm install --save-dev tsx\`.`,
  };
}

/** An SDK that package.json names and nobody has installed: the Actor could only fail at its first import. */
function missingSdk({ folder, files }: StartQuestion, manifest: Manifest | undefined): StartAnswer | undefined {
  const missing = ['apify', 'crawlee'].find(
    (name) => manifest?.dependencies.includes(name) === true && files.packageFor(folder, name) === undefined,
  );
  if (missing === undefined) return undefined;
  return {
    problem: `\`${missing}\` is not installed in ${folder}: run \`npm install\` there, then start the Actor again.`,
    install: true,
  };
}

function startWords(
  command: string | readonly string[],
  args: readonly string[],
  question: StartQuestion,
): StartAnswer {
  const { folder, files } = question;
  const words = typeof command === 'string' ? simpleWords(command) : command;
  const shown = typeof command === 'string' ? command : command.join(' ');
  const watcher = watcherIn(words ?? shown.split(/\s+/u), files.manifestIn(folder)?.scripts ?? {});
  if (watcher !== undefined) return { problem: refusalOf(shown, watcher) };
  if (words === undefined) return startInShell(shown, args, question);
  const [first, ...rest] = words;
  if (first === undefined) return { problem: '"command" is empty: write what starts the Actor, such as "npm start".' };
  const isNpm = /^(?:npm|pnpm)$/u.test(first) && args.length > 0 && !rest.includes('--');
  const runtimeArgs = [...rest, ...(isNpm ? ['--'] : []), ...args];
  return { start: { runtimeExecutable: programOf(first, question), runtimeArgs, args: [] } };
}

function refusalOf(command: string, watcher: string): string {
  return `\`${command}\` runs the Actor with \`${watcher}\`, which restarts it by itself: after a kill nobody could tell whose restart it is. Set "command" in the launch configuration to what starts it once, such as "npx tsx src/main.ts".`;
}

/** A command with operators of a shell is the shell's to read. */
function startInShell(
  command: string,
  args: readonly string[],
  { platform = process.platform }: StartQuestion,
): StartAnswer {
  const whole = [command, ...args].join(' ');
  const [shell, ...options] = platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c'] : ['/bin/sh', '-c'];
  return { start: { runtimeExecutable: shell ?? '/bin/sh', runtimeArgs: [...options, whole], args: [] } };
}

/** The words of a command; `undefined` where it needs a shell. */
function simpleWords(command: string): readonly string[] | undefined {
  if (/[;&|<>$`*?(){}\n]/u.test(command)) return undefined;
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/gu) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/gu, '$1$2'));
}

/** A program of the Actor's own packages (`tsx`), as npm's scripts find it; any other is looked for on the PATH. */
function programOf(name: string, { folder, files, platform = process.platform }: StartQuestion): string {
  if (/[\\/]/u.test(name)) return absolute(folder, name);
  const script = platform === 'win32' ? `${name}.cmd` : name;
  for (let place = folder; ; place = dirname(place)) {
    const own = join(place, 'node_modules', '.bin', script);
    if (files.isFile(own)) return own;
    if (place === dirname(place)) return name;
  }
}

function startEntryPoint(
  args: readonly string[],
  question: StartQuestion,
  manifest: Manifest | undefined,
): StartAnswer {
  const { folder, files, entryPoints } = question;
  const main = manifest?.main === undefined ? [] : [absolute(folder, manifest.main)];
  const usual = ['src/main.ts', 'src/main.js', 'main.js', 'index.js'].map((path) => join(folder, path));
  const found = [...entryPoints, ...main, ...usual].filter((path) => files.isFile(path));
  const answers = found.map((path) => startModule(path, args, question));
  const first = answers.find((answer) => 'start' in answer) ?? answers[0];
  if (first !== undefined) return first;
  const named =
    manifest?.main === undefined ? '' : ` package.json names ${manifest.main} as "main", which is not there.`;
  return {
    problem: `${folder} has no entry point to start.${named} Give package.json a "start" script, or name the module as "program" in the launch configuration.`,
  };
}

function startModule(program: string, args: readonly string[], question: StartQuestion): StartAnswer {
  const { folder, files } = question;
  if (!files.isFile(program))
    return { problem: `There is no ${program} to start. Check "program" in the launch configuration.` };
  const node = { runtimeExecutable: 'node', program, args };
  if (!/^\.[cm]?tsx?$/u.test(extname(program))) return { start: { ...node, runtimeArgs: [] } };
  if (files.packageFor(folder, 'tsx') !== undefined) return { start: { ...node, runtimeArgs: ['--import', 'tsx'] } };
  return {
    problem: `${relative(folder, program)} is TypeScript, and tsx, which runs it, is not installed in ${folder}. Run \`npm install --save-dev tsx\`, or build the Actor and name the built module as "program" in the launch configuration.`,
    install: true,
  };
}

/** The module that a start script runs and that is not there, as written: a build is missing. */
function notBuilt(
  script: string,
  scripts: Readonly<Record<string, string>>,
  { folder, files }: StartQuestion,
): string | undefined {
  const followed = /^(?:npm|yarn|pnpm)\s+(?:run\s+)?(?<name>[\w:.-]+)\s*$/u.exec(script.trim())?.groups?.['name'];
  const { [followed ?? '']: next, ...others } = scripts;
  if (next !== undefined) return notBuilt(next, others, { folder, files, written: {}, entryPoints: [] });
  // A script of several steps may build what it runs.
  if (/[;&|]/u.test(script)) return undefined;
  const module = /^(?:\w+=\S+\s+)*node\s+(?:-\S+\s+)*(?<module>[^\s-]\S*)/u.exec(script.trim())?.groups?.['module'];
  if (module === undefined) return undefined;
  const candidates = ['', '.js', '.mjs', '.cjs', '/index.js'].map((ending) => absolute(folder, module) + ending);
  return candidates.some((path) => files.isFile(path)) || module === '.' ? undefined : module;
}

function absolute(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
