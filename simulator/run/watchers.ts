import { basename } from 'node:path';

/** Programs that start another one again by themselves. */
const RESTARTERS = new Set([
  'nodemon',
  'ts-node-dev',
  'tsnd',
  'node-dev',
  'tsc-watch',
  'pm2',
  'pm2-runtime',
  'forever',
]);
/** Programs that run a file, and do so again and again when told to watch. */
const RUNNERS = new Set(['node', 'tsx', 'ts-node', 'bun', 'deno', 'vite-node', 'esno']);
/** Programs that only start the command that follows them. */
const WRAPPERS = new Set(['npx', 'bunx', 'cross-env', 'env', 'exec', 'dotenv', '--']);
const PACKAGE_MANAGERS = new Set(['npm', 'yarn', 'pnpm', 'bun']);
const FLAGS_WITH_VALUE = new Set(
  '-r --require --import --loader --experimental-loader -C --conditions --env-file --tsconfig -P --project'.split(' '),
);

/**
 * Finds what would restart the Actor by itself: then a kill proves nothing, since two would run at the same time.
 *
 * @param scripts of the Actor's package.json: what `npm start` and its like stand for
 * @returns such as `tsx watch`; `undefined` when there is none
 */
export function watcherIn(command: readonly string[], scripts: Readonly<Record<string, string>>): string | undefined {
  const [program, ...rest] = withoutWrappers(command);
  if (program === undefined) return undefined;
  const name = programName(program);
  if (RESTARTERS.has(name)) return name;
  if (PACKAGE_MANAGERS.has(name)) {
    const script = scriptName(rest);
    // Without the script itself, so that one which calls itself is followed once.
    const { [script ?? '']: text, ...others } = scripts;
    if (text !== undefined) return firstOf(simpleCommands(text), (words) => watcherIn(words, others));
    const follows =
      rest[0] === 'exec' || rest[0] === 'dlx' || name === 'yarn' ? rest.slice(name === 'yarn' ? 0 : 1) : [];
    if (follows.length > 0) return watcherIn(follows, {});
  }
  return RUNNERS.has(name) ? watchingRunner(name, rest) : undefined;
}

function watchingRunner(name: string, words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (/^--(?:watch|watch-path|hot|respawn)(?:=|$)/.test(word)) return `${name} ${word}`;
    if (FLAGS_WITH_VALUE.has(word)) at += 1;
    else if (!word.startsWith('-')) {
      if (word === 'watch') return `${name} watch`;
      if (word === 'run') continue;
      // What follows belongs to the program that is run: `node node_modules/nodemon/bin/nodemon.js`.
      return RESTARTERS.has(programName(word)) ? programName(word) : undefined;
    }
  }
  return undefined;
}

function scriptName(words: readonly string[]): string | undefined {
  const names = words.filter((word) => !word.startsWith('-'));
  return names[0] === 'run' || names[0] === 'run-script' ? names[1] : names[0];
}

function withoutWrappers(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !isAssignment(word) && !WRAPPERS.has(programName(word)));
  return at === -1 ? [] : words.slice(at);
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}

function programName(word: string): string {
  return basename(word.replaceAll('\\', '/')).replace(/\.(?:cmd|exe|[cm]?js)$/i, '');
}

/** The commands of a script, each in words. A quoted text is one word; a shell's finer points do not matter here. */
function simpleCommands(script: string): readonly (readonly string[])[] {
  return script
    .split(/&&|\|\||[;&|\n]/)
    .map((text) => text.match(/"[^"]*"|'[^']*'|\S+/g) ?? [])
    .map((words) => words.map((word) => word.replace(/^(["'])(?<inner>.*)\1$/s, '$<inner>')));
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
