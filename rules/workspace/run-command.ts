import { posix } from 'node:path';

/** What a command may lead to: the package's own scripts, shell scripts beside it. */
export interface CommandContext {
  readonly scripts: Readonly<Record<string, string>>;
  /** The text of a shell script named in the command; `undefined` where there is none. */
  readonly shellScript: (path: string) => string | undefined;
}

/** Programs that run the module named by their first argument that is no option. */
const RUNTIMES =
  /^(?:node|nodejs|tsx|ts-node(?:-esm|-dev|-script)?|tsnd|babel-node|nodemon|node-dev|bun|bunx|deno|swc-node|esr|esno|esmo|jiti|vite-node|sucrase-node|pm2-runtime|pm2)$/;

/** Options of these whose value is the next word. */
const OPTIONS_WITH_VALUE =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-P|--project|--tsconfig|-O|--compiler-options|-C|--conditions|-e?xt|--ext|-w|--watch-path|--watch|--ignore|-x|--exec|--config|--cwd|--env-file|--title|--name|-n|-s|-a)$/;

/** Words between a runtime and its module: `tsx watch src/main.ts`, `bun run x`, `pm2-runtime start x`. */
const SUBCOMMANDS = new Set(['watch', 'run', 'start']);

/** Programs that run the rest of their arguments as a command. */
const WRAPPERS =
  /^(?:npx|pnpx|exec|env|cross-env(?:-shell)?|dotenv|dotenvx|xvfb-run|tini|dumb-init|time|nice|nohup|sudo|gosu|su-exec|infisical|doppler|c8|nyc|stdbuf|timeout)$/;

const SHELLS = /^(?:sh|bash|ash|zsh|dash)$/;
const PACKAGE_MANAGERS = /^(?:npm|pnpm|yarn|bun)$/;

/**
 * The modules that a shell command starts, as written in it: `npm run build && node dist/main.js` gives `dist/main.js`.
 * Steps that only prepare (builds, type checks) start none. A folder (`node .`) is given as it stands.
 */
export function modulesRunBy(command: string, context: CommandContext): readonly string[] {
  return runLine(command, context, new Set());
}

/** The modules that an argument vector starts, as a Dockerfile's JSON form gives it. */
export function modulesRunByWords(words: readonly string[], context: CommandContext): readonly string[] {
  return runWords(words, context, new Set());
}

function runLine(line: string, context: CommandContext, seen: Set<string>): readonly string[] {
  const modules: string[] = [];
  // What runs in the background runs beside the rest; of a chain, the last step that starts a module is the Actor.
  for (const group of splitWords(line, (operator) => operator === '&')) {
    const steps = splitGroup(group).map((words) => runWords(words, context, seen));
    modules.push(...(steps.findLast((found) => found.length > 0) ?? []));
  }
  return [...new Set(modules)];
}

function runWords(words: readonly string[], context: CommandContext, seen: Set<string>): readonly string[] {
  const [first, ...rest] = dropAssignments(words);
  if (first === undefined) return [];
  const program = posix.basename(first);
  if (SHELLS.test(program)) return runShell(rest, context, seen);
  if (/\.(?:ba)?sh$/.test(program)) return runShellScript(first, rest, context, seen);
  if (WRAPPERS.test(program)) return runWrapped(rest, context, seen);
  if (program === 'concurrently' || program === 'npm-run-all')
    return rest.flatMap((part) => runLine(part, context, seen));
  if (program === 'apify' && rest[0] === 'run') return runScript('start', context, seen);
  if (PACKAGE_MANAGERS.test(program)) {
    const script = scriptNamed(rest, program, context);
    if (script !== undefined) return runScript(script, context, seen);
    const tool = rest.findIndex((word) => word === 'exec' || word === 'dlx' || word === 'x');
    if (tool !== -1) return runWrapped(rest.slice(tool + 1), context, seen);
    if (program === 'yarn' || program === 'pnpm') return runWords(rest, context, seen);
  }
  return RUNTIMES.test(program) ? runRuntime(rest, context, seen) : [];
}

function runRuntime(words: readonly string[], context: CommandContext, seen: Set<string>): readonly string[] {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '-e' || word === '--eval' || word === '-p' || word === '--print' || word === '--test') return [];
    if (word === '-x' || word === '--exec') {
      const inner = runLine(words[index + 1] ?? '', context, seen);
      if (inner.length > 0) return inner;
    }
    // `--watch` takes a folder in nodemon and nothing in node: what follows is the module if it names a file.
    const takesNext =
      OPTIONS_WITH_VALUE.test(word) && !(word === '--watch' && /\.[cm]?[jt]sx?$/.test(words[index + 1] ?? ''));
    if (takesNext) index += 1;
    else if (!word.startsWith('-') && !SUBCOMMANDS.has(word)) return [word];
  }
  return [];
}

function runWrapped(words: readonly string[], context: CommandContext, seen: Set<string>): readonly string[] {
  // A wrapper's own options come in every form; the command starts at the first word that starts something.
  for (const index of words.keys()) {
    const found = runWords(words.slice(index), context, seen);
    if (found.length > 0) return found;
    const quoted = words[index] ?? '';
    const inner = quoted.includes(' ') ? runLine(quoted, context, seen) : [];
    if (inner.length > 0) return inner;
  }
  return [];
}

function runShell(words: readonly string[], context: CommandContext, seen: Set<string>): readonly string[] {
  const command = words.findIndex((word) => /^-\w*c$/.test(word));
  if (command !== -1) return runLine(words[command + 1] ?? '', context, seen);
  const [script, ...rest] = words.filter((word) => !word.startsWith('-'));
  return script === undefined ? [] : runShellScript(script, rest, context, seen);
}

/** A script's last line that starts a module; a script that only wraps (`start_xvfb_and_run_cmd.sh`) runs its arguments. */
function runShellScript(
  path: string,
  rest: readonly string[],
  context: CommandContext,
  seen: Set<string>,
): readonly string[] {
  const wrapped = runWords(rest, context, seen);
  if (wrapped.length > 0 || seen.has(path)) return wrapped;
  seen.add(path);
  const lines = (context.shellScript(path) ?? '').replaceAll('\\\n', ' ').split(/\r?\n/);
  const found = lines.map((line) => (line.trimStart().startsWith('#') ? [] : runLine(line, context, seen)));
  return found.findLast((modules) => modules.length > 0) ?? [];
}

function runScript(name: string, context: CommandContext, seen: Set<string>): readonly string[] {
  const command = context.scripts[name];
  // A build that happens to run a module is not what the Actor runs.
  if (
    command === undefined ||
    seen.has(`script ${name}`) ||
    /^(?:pre|post)?(?:build|compile|clean|lint|test)\b/.test(name)
  )
    return [];
  seen.add(`script ${name}`);
  return runLine(command, context, seen);
}

function scriptNamed(words: readonly string[], program: string, context: CommandContext): string | undefined {
  // Options of the package manager (`-w actors/a`, `--filter x`, `--silent`) stand before or after the script's name.
  const known = (word: string): boolean => Object.hasOwn(context.scripts, word);
  const run = words.findIndex((word) => word === 'run' || word === 'run-script' || word === 'rum');
  if (run !== -1) return words.slice(run + 1).find(known);
  if (program === 'npm' && !words.includes('start')) return undefined;
  return words.find((word) => known(word) && !word.startsWith('-'));
}

function dropAssignments(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return start === -1 ? [] : words.slice(start);
}

/** The steps of a chain. Of a pipe and of alternatives only the first counts. */
function splitGroup(group: readonly Word[]): readonly (readonly string[])[] {
  const steps: string[][] = [[]];
  let skipping = false;
  for (const word of group) {
    if (word.kind === 'text') {
      if (!skipping) steps.at(-1)?.push(word.text);
      continue;
    }
    skipping = word.text === '|' || (word.text === '||' && (steps.at(-1)?.length ?? 0) > 0);
    if (!skipping) steps.push([]);
  }
  return steps;
}

interface Word {
  readonly kind: 'text' | 'operator';
  readonly text: string;
}

function splitWords(line: string, separates: (operator: string) => boolean): readonly (readonly Word[])[] {
  const groups: Word[][] = [[]];
  for (const match of line.matchAll(/&&|\|\||[;|&]|\d?>>?(?:&\d)?|(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s;|&"'\\>])+/g)) {
    const text = match[0];
    if (/^(?:\d?>)/.test(text)) continue;
    if (separates(text)) groups.push([]);
    else if (/^(?:&&|\|\||[;|])$/.test(text)) groups.at(-1)?.push({ kind: 'operator', text });
    else groups.at(-1)?.push({ kind: 'text', text: unquote(text) });
  }
  return groups;
}

function unquote(word: string): string {
  return word.replaceAll(
    /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
    (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replaceAll(/\\(["\\$`])/g, '$1'),
  );
}
