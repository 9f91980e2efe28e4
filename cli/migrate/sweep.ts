import {
  actorName,
  type FailedRun,
  htmlPage,
  parseTrigger,
  type RestartCause,
  sweep,
  SWEEP_DEFAULTS,
  sweepAsHtml,
  sweepAsText,
  type SweepProgress,
  type SweepReport,
  wordsOf,
} from '../../simulator/index.ts';
import type { Terminal } from '../terminal.ts';
import { runActor, sayingProblems } from './actor-runs.ts';
import { interruptible } from './interruption.ts';
import type { MigrateOptions } from './plan.ts';
import { Progress } from './progress.ts';
import { paintOf, writePage } from './report.ts';
import { sayWhatIsShared, watched } from './shared-files.ts';
import { sweepPlanOf, type SweepPlan } from './sweep-plan.ts';

/**
 * `actor-state migrate --sweep -- command`: runs the Actor once undisturbed, then migrates it at each point of interest in a
 * run of its own, and prints where it is not safe.
 *
 * @returns 0 passed at every point, 1 failed at one, 2 could not be run, 130 interrupted
 * @throws {UsageError} for options that make no sense
 */
export async function sweepActor(
  command: readonly string[],
  options: MigrateOptions,
  terminal: Terminal,
): Promise<number> {
  const plan = sweepPlanOf(command, options, terminal.cwd);
  const progress = new Progress(terminal);
  progress.say('a run that nothing disturbs');
  let failed: FailedRun | undefined;
  const keep = (run: FailedRun): void => void (failed = run);
  const report = await sayingProblems(
    async () =>
      await interruptible(terminal, async (signal) => await sweepOf(plan, { progress, keep }, terminal, signal)),
  );
  printSweep(report, options.json === true, terminal);
  if (plan.each.report !== undefined) {
    await writePage(plan.each.report, htmlPage(`Sweep of ${report.actor}`, sweepAsHtml(report, failed)));
  }
  return report.exitCode;
}

async function sweepOf(
  { each, limit, shard, jobs, commandFor }: SweepPlan,
  { progress, keep }: { readonly progress: Progress; readonly keep: (failed: FailedRun) => void },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<SweepReport> {
  return await sweep({
    actor: actorName(each.actorFolder),
    command: each.command,
    run: async (at, stop) => {
      const disk = at === undefined && !each.isolated ? await watched(each) : undefined;
      let printed = '';
      const output = (chunk: Buffer): void =>
        void (printed = (printed + chunk.toString()).slice(-SWEEP_DEFAULTS.lastWords));
      const triggers = at === undefined ? [] : [parseTrigger(at)];
      const ended = await runActor(each, { triggers, signal: stop, output }, terminal);
      if (disk !== undefined) sayWhatIsShared(await disk.written(), progress);
      return { ...ended, printed };
    },
    commandFor,
    limit,
    shard,
    jobs,
    slackMs: SWEEP_DEFAULTS.slackMs + each.graceMs,
    strict: each.strict,
    by: each.by,
    signal,
    onFirstFailure: keep,
    onProgress: (step) => progress.say(progressLine(step, shard, each.by)),
  });
}

function progressLine(progress: SweepProgress, { index, of }: SweepPlan['shard'], by: RestartCause): string {
  if (progress.step === 'planned') {
    const { found, selection, own, tookMs } = progress;
    const part = of === 1 ? '' : `, of which shard ${index}/${of} takes ${own}`;
    return `it took ${(tookMs / 1000).toFixed(1)} s: ${found} points of interest, to be ${wordsOf(by).done} at ${selection.chosen.length}${part}`;
  }
  const { run, done, of: all } = progress;
  return `${done} of ${all}: ${run.at}, ${run.what}: ${run.outcome.replace('-', ' ')}`;
}

/** Prints a report: for people, or as JSON. */
export function printSweep(report: SweepReport, json: boolean, terminal: Terminal): void {
  terminal.stdout.write(
    json ? `${JSON.stringify(report, undefined, 2)}\n` : `\n${sweepAsText(report, paintOf(terminal))}`,
  );
}
