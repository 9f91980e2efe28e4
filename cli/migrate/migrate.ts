import {
  asJson,
  compare,
  comparisonAsJson,
  exitCode,
  exitCodeWith,
  judge,
  type MigrateOutput,
  type RecordedEvent,
  type RunEnd,
  type Verdict,
} from '../../simulator/index.ts';
import { basename } from 'node:path';
import { EXIT } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import { readSource } from './actor-source.ts';
import { runActor, type RunRequest, sayingProblems } from './actor-runs.ts';
import { interruptible } from './interruption.ts';
import { planOf, type MigrateOptions, type MigrationPlan } from './plan.ts';
import { Progress } from './progress.ts';
import { asReport, type ReportParts, writePage } from './report.ts';

/**
 * `actor-state migrate -- command`: runs the Actor on a local platform, migrates it for real, and prints what came back
 * and what was lost; with `--compare` also what came out other than of an undisturbed run.
 *
 * @returns 0 resumed, 1 state lost or work repeated, 2 could not be run or nothing to resume, 130 interrupted
 * @throws {UsageError} for options that make no sense
 */
export async function migrate(
  command: readonly string[],
  options: MigrateOptions,
  terminal: Terminal,
): Promise<number> {
  const plan = planOf(command, options, terminal.cwd);
  const runs = await sayingProblems(
    async () => await interruptible(terminal, async (signal) => await runsOf(plan, terminal, signal)),
  );
  const outcome = outcomeOf(plan, runs, terminal);
  if (outcome === undefined) return EXIT.failed;
  if (plan.json) terminal.stdout.write(`${JSON.stringify(jsonOf(outcome), undefined, 2)}\n`);
  if (plan.json && plan.report === undefined) return outcome.code;
  const source = await readSource(plan.actorFolder, terminal.cwd);
  if (!plan.json) terminal.stdout.write(asReport(outcome, source, terminal));
  if (plan.report !== undefined)
    await writePage(plan.report, outcome, source, `Migration of ${basename(plan.actorFolder)}`);
  return outcome.code;
}

type Run = Awaited<ReturnType<typeof runActor>>;

interface Runs {
  /** With `--compare`. */
  readonly undisturbed: Run | undefined;
  /** That which was to be migrated; the undisturbed one itself where it did not come to its end. */
  readonly migrated: Run;
  readonly interrupted: boolean;
}

async function runsOf(plan: MigrationPlan, terminal: Terminal, signal: AbortSignal): Promise<Runs> {
  const progress = new Progress(terminal);
  const request = {
    onEvent: (event: RecordedEvent) => progress.event(event),
    signal,
    // Beside JSON, standard output is for that alone.
    output: plan.json ? (chunk: Buffer) => void terminal.stderr.write(chunk) : 'inherit',
  } as const satisfies Omit<RunRequest, 'triggers'>;
  let undisturbed: Run | undefined;
  if (plan.compare) {
    progress.say('a run that nothing disturbs');
    undisturbed = await runActor(plan, { ...request, triggers: [] }, terminal);
    if (!endedWell(undisturbed)) return { undisturbed, migrated: undisturbed, interrupted: signal.aborted };
    progress.say('a run that is migrated');
  }
  const migrated = await runActor(plan, { ...request, triggers: plan.triggers }, terminal);
  return { undisturbed, migrated, interrupted: signal.aborted };
}

function endedWell({ end }: Run): boolean {
  return end.how === 'exit' && end.exit.code === 0;
}

interface Outcome extends ReportParts {
  readonly code: number;
}

function jsonOf({ verdict, comparison, code }: Outcome): MigrateOutput {
  const compared = comparison === undefined ? undefined : comparisonAsJson(comparison);
  return asJson(verdict, { exitCode: code, comparison: compared });
}

/** @returns `undefined` where there is no verdict, after it has said why */
function outcomeOf(plan: MigrationPlan, runs: Runs, { stderr }: Terminal): Outcome | undefined {
  const { undisturbed, interrupted } = runs;
  const { recording, end } = runs.migrated;
  if (end.how === 'problem') {
    stderr.write(`actor-state: ${end.problem.message}\n`);
    // A restart that fails is what the verdict is about; a run that never came so far has none.
    if (!recording.events.some(({ kind, process }) => kind === 'process-started' && process > 1)) return undefined;
  }
  const verdict = judge(recording, { strict: plan.strict });
  const comparison =
    undisturbed === undefined ? undefined : compare(undisturbed.recording, recording, { strict: plan.strict });
  const missing = missingMigration(plan, recording.events);
  if (missing !== undefined && end.how === 'exit') stderr.write(`actor-state: ${missing}\n`);
  const code = exitCodeOf(verdict, end);
  const all = comparison === undefined ? code : exitCodeWith(comparison.outcome, code);
  return { verdict, recording, comparison, code: interrupted ? EXIT.interrupted : all };
}

/** A run that could not go on has shown no more than that, unless it was bad until then. */
function exitCodeOf(verdict: Verdict, { how }: RunEnd): number {
  const code = exitCode(verdict);
  return how === 'problem' && code === EXIT.clean ? EXIT.failed : code;
}

/** Says which migration did not come, though another one did: of none at all the verdict tells. */
function missingMigration({ at }: MigrationPlan, events: readonly RecordedEvent[]): string | undefined {
  const came = events.filter(({ kind }) => kind === 'window-opened').length;
  const next = at[came];
  if (came === 0 || next === undefined) return undefined;
  return `the Actor had ended before it was migrated once more (--at ${next}): ${came} of ${at.length} migrations came`;
}
