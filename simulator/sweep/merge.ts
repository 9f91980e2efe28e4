import { firstFailure, inOrder, sweepExitCode, type SweepReport } from './report.ts';

/** Reports that do not belong together; the message says why. */
export class MergeProblem extends Error {
  override readonly name = 'MergeProblem';
}

/**
 * Joins the reports of the shards of one sweep.
 *
 * @throws {MergeProblem} when they are of different sweeps, or one is there twice
 */
export function merge(reports: readonly SweepReport[]): SweepReport {
  const [first] = reports;
  if (first === undefined) throw new MergeProblem('there is no report to join');
  for (const { actor, command, by, shards } of reports) {
    if (actor !== first.actor)
      throw new MergeProblem(`the reports are of different Actors, \`${first.actor}\` and \`${actor}\``);
    if (JSON.stringify(command) !== JSON.stringify(first.command))
      throw new MergeProblem(
        `the reports are of different commands, \`${first.command.join(' ')}\` and \`${command.join(' ')}\``,
      );
    if (by !== first.by) throw new MergeProblem(`the reports are of different sweeps: by ${first.by} and by ${by}`);
    if (shards.of !== first.shards.of)
      throw new MergeProblem(`the reports are of different sweeps: of ${first.shards.of} shards and of ${shards.of}`);
  }
  const present = reports.flatMap(({ shards }) => shards.present).toSorted((a, b) => a - b);
  const twice = present.find((shard, index) => present[index - 1] === shard);
  if (twice !== undefined) throw new MergeProblem(`shard ${twice} of ${first.shards.of} is there twice`);
  const shards = { of: first.shards.of, present };
  const runs = inOrder(reports.flatMap((report) => report.runs));
  const notRun = reports.flatMap((report) => report.notRun);
  const problem = reports.find((report) => report.problem !== null)?.problem ?? null;
  const failure = firstFailure(runs);
  return {
    version: 1,
    actor: first.actor,
    command: first.command,
    by: first.by,
    undisturbed: reports.find(({ undisturbed }) => undisturbed !== null)?.undisturbed ?? null,
    problem,
    shards,
    // Each shard has chosen of all points, which the shards of a steady Actor see alike.
    points: reports.map(({ points }) => points).toSorted((a, b) => b.found - a.found)[0] ?? first.points,
    runs,
    notRun,
    shortest: reports.map(({ shortest }) => shortest).find((shortest) => shortest?.at === failure?.at) ?? null,
    exitCode: sweepExitCode({ runs, shards, notRun, problem }, true),
  };
}
