import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { EXIT } from './exit.ts';
import type { Format, LintOptions } from './lint.ts';
import type { MigrateOptions } from './migrate/plan.ts';
import { watchOutput, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export type { Output, Terminal } from './terminal.ts';

const FORMATS: readonly Format[] = ['stylish', 'json', 'sarif', 'github'];

/**
 * Runs `actor-state` with its arguments (without the program's own name).
 *
 * @returns the exit code: 0 clean or resumed, 1 an error finding, too many warnings, state lost or work repeated, 2 bad usage
 * or something that could not be read, written or run, 130 interrupted. Never ends the process itself, so that all that was printed reaches a pipe.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  watchOutput(terminal.stdout, (sentence) => {
    terminal.stderr.write(`actor-state: ${sentence}\n`);
    terminal.fail();
  });
  watchOutput(terminal.stderr, () => terminal.fail());
  let exitCode: number = EXIT.clean;
  const program = commands(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.failed;
    const message =
      error instanceof UsageError
        ? error.message
        : `this is a fault of actor-state, please report it:\n${trace(error)}`;
    terminal.stderr.write(`actor-state: ${message}\n`);
    return EXIT.failed;
  }
}

function commands(terminal: Terminal, done: (exitCode: number) => void): Command {
  const program = new Command('actor-state')
    .description(
      'Shows the progress that a migration of an Apify Actor would lose, writes the code that keeps it, and migrates it to prove it.',
    )
    .version(manifest.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    });

  // The analysis is loaded when a command needs it: it takes some hundred milliseconds that `--help` should not.
  program
    .command('lint')
    .description('report what a migration would lose')
    .argument('[path...]', 'files and folders to lint (default: the working directory)')
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('stylish'))
    .option(
      '--rule <id=severity>',
      'set a rule to off, hint, information, warning, error or always (repeatable)',
      collect,
    )
    .option('--fix', 'apply the fixes that cannot change what the Actor does otherwise')
    .option('--max-warnings <n>', 'exit with 1 when there are more warnings', count)
    .option('--quiet', 'print errors only')
    .addHelpText('after', '\nExit code: 0 clean, 1 an error or too many warnings, 2 bad usage or an unreadable path.')
    .action(async (paths: readonly string[], options: LintOptions) => {
      const { lint } = await import('./lint.ts');
      done(await lint(paths, options, terminal));
    });

  program
    .command('explain')
    .description('say how an Actor is understood: why something is reported, or why nothing is')
    .argument('[path]', 'the folder to explain (default: the working directory)')
    .option('--json', 'print plain values for other tools')
    .action(async (path: string | undefined, options: { readonly json?: boolean }) => {
      const { explainPath } = await import('./explain.ts');
      done(await explainPath(path, options, terminal));
    });

  program
    .command('migrate')
    .description('run the Actor, migrate it for real, and say what came back and what was lost')
    .argument('[command...]', 'the command that starts the Actor, after two dashes: -- node src/main.js')
    .option('--cwd <dir>', "the Actor's folder (default: the working directory)")
    .option(
      '--at <when>',
      'when to migrate: a time (5s), first-write, write:n, request:n or key:K (repeatable; default: write:3)',
      collect,
    )
    .option('--times <n>', 'how often to migrate at each --at (default: 1)')
    .option('--grace <seconds>', 'time between the event and the kill (default: 10)')
    .option('--latency <ms>', 'time that a storage write takes to arrive (default: 100)')
    .option(
      '--storage <dir>',
      'the storage folder (default: a fresh one with the INPUT and the named storages of ./storage)',
    )
    .option('--keep-locks', 'leave the requests locked that the killed process had locked')
    .option('--strict', 'do not allow the repeats that Crawlee allows: requests that were being handled at the kill')
    .option('--compare', 'run the Actor once undisturbed as well, and compare what both runs produced')
    .option('--report <file>', 'write the report as one HTML page as well, with the timeline of the processes')
    .option('--json', 'print the verdict as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 resumed, 1 state lost or work repeated, 2 could not be run or nothing to resume, 130 interrupted.',
    )
    .action(async (command: readonly string[], options: MigrateOptions) => {
      const { migrate } = await import('./migrate/migrate.ts');
      done(await migrate(command, options, terminal));
    });

  for (const command of program.commands) {
    const hint =
      command.name() === 'migrate' ? '; those of the Actor come after two dashes: -- npm start --silent' : '';
    command.showHelpAfterError(`(actor-state ${command.name()} --help lists the options${hint})`);
  }
  return program;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function count(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(value);
}

function trace(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
