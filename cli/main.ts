import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { EXIT } from './exit.ts';
import type { Format, LintOptions } from './lint.ts';
import { addMigrateCommand } from './migrate/command.ts';
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

  addMigrateCommand(program, terminal, done, collect);

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
