import { basename } from 'node:path';
import {
  capital,
  isAnnounced,
  outputOf,
  type RecordedEvent,
  type Trial,
  tryMigration,
  wordsOf,
} from '../../simulator/index.ts';
import type { Terminal } from '../terminal.ts';
import { readSource } from './actor-source.ts';
import { runActor, sayingProblems } from './actor-runs.ts';
import { interruptible } from './interruption.ts';
import { planOf, type MigrateOptions, type MigrationPlan } from './plan.ts';
import { Progress } from './progress.ts';
import { sayWhatIsShared, watched } from './shared-files.ts';
import { asPage, asReport, writePage } from './report.ts';

/**
 * `actor-state migrate -- command`: runs the Actor on a local platform, migrates it for real, and prints what came back
 * and what was lost; with `--compare` also what came out other than of an undisturbed run.
 *
 * @returns 0 resumed, 1 state lost or work repeated, 2 could not be run or nothing to resume, 130 interrupted
 * @throws {UsageError} for options that make no sense, and for a command that cannot be run
 */
export async function migrate(
  command: readonly string[],
  options: MigrateOptions,
  terminal: Terminal,
): Promise<number> {
  const plan = planOf(command, options, terminal.cwd);
  const trial = await sayingProblems(
    async () => await interruptible(terminal, async (signal) => await trialOf(plan, terminal, signal)),
  );
  sayWhatIsMissing(plan, trial, terminal);
  if (plan.json) terminal.stdout.write(`${JSON.stringify(outputOf(trial), undefined, 2)}\n`);
  if (plan.json && plan.report === undefined) return trial.exitCode;
  const source = await readSource(plan.actorFolder, terminal.cwd);
  if (!plan.json) terminal.stdout.write(asReport(trial, source, terminal));
  if (plan.report !== undefined)
    await writePage(
      plan.report,
      asPage(trial, source, `${capital(wordsOf(plan.by).noun)} of ${basename(plan.actorFolder)}`),
    );
  return trial.exitCode;
}

async function trialOf(plan: MigrationPlan, terminal: Terminal, signal: AbortSignal): Promise<Trial> {
  const progress = new Progress(terminal);
  return await tryMigration({
    compare: plan.compare,
    strict: plan.strict,
    by: plan.by,
    signal,
    run: async (which) => {
      if (plan.compare)
        progress.say(which === 'undisturbed' ? 'a run that nothing disturbs' : `a run that is ${wordsOf(plan.by).run}`);
      const request = {
        triggers: which === 'migrated' ? plan.triggers : [],
        onEvent: (event: RecordedEvent) => progress.event(event),
        signal,
        // Beside JSON, standard output is for that alone.
        output: plan.json ? (chunk: Buffer) => void terminal.stderr.write(chunk) : ('inherit' as const),
      };
      const disk = which === 'undisturbed' && !plan.isolated ? await watched(plan) : undefined;
      const ended = await runActor(plan, request, terminal);
      if (disk !== undefined) sayWhatIsShared(await disk.written(), progress);
      return ended;
    },
  });
}

function sayWhatIsMissing(plan: MigrationPlan, { end, recording }: Trial, { stderr }: Terminal): void {
  const missing = end.how === 'problem' ? end.problem.message : missingMigration(plan, recording.events);
  if (missing !== undefined && end.how !== 'stopped') stderr.write(`actor-state: ${missing}\n`);
}

/** Says which migration did not come, though another one did: of none at all the verdict tells. */
function missingMigration({ at, by }: MigrationPlan, events: readonly RecordedEvent[]): string | undefined {
  const { happened, noun } = wordsOf(by);
  const came = events.filter((event) =>
    isAnnounced(by) ? event.kind === 'window-opened' : event.kind === 'killed' && event.why === by,
  ).length;
  const next = at[came];
  if (came === 0 || next === undefined) return undefined;
  const isDeaf = events.some(({ kind }) => kind === 'no-listener');
  const why = isDeaf
    ? `the Actor no longer listened for events when it was time once more`
    : `the Actor had ended before ${happened} once more`;
  return `${why} (--at ${next}): ${came} of ${at.length} ${noun}s came`;
}
