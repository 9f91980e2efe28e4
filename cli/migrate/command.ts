import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import type { MigrateOptions } from './plan.ts';

/** Adds `migrate` to the program. */
export function addMigrateCommand(
  program: Command,
  terminal: Terminal,
  done: (exitCode: number) => void,
  collect: (value: string, before?: readonly string[]) => readonly string[],
): void {
  program
    .command('migrate')
    .description('run the Actor, migrate it for real, and say what came back and what was lost')
    .argument('[command...]', 'the command that starts the Actor, after two dashes: -- node src/main.js')
    .option('--cwd <dir>', "the Actor's folder (default: the working directory)")
    .option(
      '--at <when>',
      'when to migrate: a time (5s), first-write, write:n, before-write:n, request:n, add:n, before-add:n, key:K, key:K:n, before-key:K:n (repeatable; default: write:3)',
      collect,
    )
    .option(
      '--by <end>',
      "what ends the Actor's process then: migration, reboot, graceful-abort, abort or timeout; after the last three the run is resurrected (default: migration)",
    )
    .option('--times <n>', 'how often to migrate at each --at (default: 1)')
    .option('--grace <seconds>', 'time between the event and the kill (default: 10; 30 of a graceful abort)')
    .option('--latency <ms>', 'time that a storage write takes to arrive (default: 100)')
    .option('--jitter <ms>', 'by how much that time is longer or shorter, by chance, at the most (default: 0)')
    .option(
      '--fail-writes <share>',
      'fail this share of the writes: 0.1 or 0.1:reject (answered with 400), 0.1:outage (with 503, which is repeated)',
    )
    .option(
      '--websocket <fault>',
      'what happens to the connection of the events: closed (the Actor is not told of its migration), slow:2000 (told so many ms late)',
    )
    .option('--seed <n>', 'what chance is drawn from: the same seed, the same faults (default: 1)')
    .option(
      '--storage <dir>',
      'the storage folder (default: a fresh one with the INPUT and the named storages of ./storage)',
    )
    .option('--keep-locks', 'leave the requests locked that the killed process had locked')
    .option('--isolated', "run each process in a fresh copy of the Actor's folder, as on the platform")
    .option('--strict', 'do not allow the repeats that Crawlee allows: requests that were being handled at the kill')
    .option('--compare', 'run the Actor once undisturbed as well, and compare what both runs produced')
    .option(
      '--sweep [n]',
      'migrate at every point of interest, each in a run of its own (at n at the most; default: 24)',
    )
    .option('--shard <i/n>', 'with --sweep: only one part of n, for a job of a CI matrix')
    .option('--merge', 'join the reports that --sweep --json has written: --merge part1.json part2.json')
    .option('--report <file>', 'write the report as one HTML page as well, with the timeline of the processes')
    .option('--json', 'print the verdict as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 resumed, 1 state lost or work repeated, 2 could not be run or nothing to resume, 130 interrupted.',
    )
    .action(async (command: readonly string[], options: MigrateOptions) => done(await run(command, options, terminal)));
}

/** The simulator is loaded when it is needed. */
async function run(command: readonly string[], options: MigrateOptions, terminal: Terminal): Promise<number> {
  if (options.merge === true) {
    const { mergeReports } = await import('./merge.ts');
    return await mergeReports(command, options, terminal);
  }
  if (options.sweep !== undefined) {
    const { sweepActor } = await import('./sweep.ts');
    return await sweepActor(command, options, terminal);
  }
  const { migrate } = await import('./migrate.ts');
  return await migrate(command, options, terminal);
}
