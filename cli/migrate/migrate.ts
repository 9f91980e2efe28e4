import {
  asJson,
  asText,
  describe,
  exitCode,
  judge,
  RunProblem,
  spawnLauncher,
  startScheduledRun,
  type ActorRun,
  type Launcher,
  type Paint,
  type RecordedEvent,
  type RunEnd,
  type Verdict,
} from '../../simulator/index.ts';
import { EXIT } from '../exit.ts';
import { painter, type Style } from '../format/paint.ts';
import { wantsColour, type Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { readSource } from './actor-source.ts';
import { planOf, type MigrateOptions, type MigrationPlan } from './plan.ts';
import { Progress } from './progress.ts';

const STYLES = {
  good: 'success',
  bad: 'error',
  unknown: 'warning',
  dim: 'dim',
  strong: 'heading',
} as const satisfies Record<Parameters<Paint>[0], Style>;

/**
 * `actor-state migrate -- command`: runs the Actor on a local platform, migrates it for real, and prints what came back
 * and what was lost.
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
  const { run, end, interrupted } = await runToItsEnd(plan, options, terminal);
  const events = run.recording().events;
  if (end.how === 'problem') {
    terminal.stderr.write(`actor-state: ${end.problem.message}\n`);
    // A restart that fails is what the verdict is about; a run that never came so far has none.
    if (!events.some(({ kind, process }) => kind === 'process-started' && process > 1)) return EXIT.failed;
  }
  const verdict = judge(run.recording(), { strict: options.strict === true });
  const missing = missingMigration(plan, events);
  if (missing !== undefined && end.how === 'exit') terminal.stderr.write(`actor-state: ${missing}\n`);
  const code = interrupted ? EXIT.interrupted : exitCodeOf(verdict, end);
  const printed =
    options.json === true
      ? `${JSON.stringify(asJson(verdict, code), undefined, 2)}\n`
      : await asReport(verdict, plan, terminal);
  terminal.stdout.write(printed);
  return code;
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

const WHEN_TO_MIGRATE = '--at says when to migrate: --at first-write, --at 5s, --at request:20, --at key:STATE';

interface EndedRun {
  readonly run: ActorRun;
  readonly end: RunEnd;
  readonly interrupted: boolean;
}

async function runToItsEnd(plan: MigrationPlan, options: MigrateOptions, terminal: Terminal): Promise<EndedRun> {
  const progress = new Progress(terminal);
  let run: ActorRun | undefined;
  let interrupted = false;
  let stopping: Promise<void> | undefined;
  const stopListening = terminal.onInterrupt(() => {
    interrupted = true;
    stopping = run?.stop();
  });
  try {
    ({ run } = await startScheduledRun(
      {
        programs: terminal.programs,
        actorFolder: plan.actorFolder,
        storage: plan.storage,
        launcher: launcherOf(plan, options, terminal),
        environment: terminal.env,
        latencyMs: plan.latencyMs,
        keepLocks: options.keepLocks === true,
        onEvent: (event) => progress.event(event),
      },
      plan,
    ));
    // Ctrl+C may have come before there was a run to stop.
    if (interrupted) stopping ??= run.stop();
    await stopping;
    return { run, end: await run.ended, interrupted };
  } catch (error) {
    throw error instanceof RunProblem ? new UsageError(error.message) : error;
  } finally {
    stopListening();
  }
}

/** What the Actor prints is shown as it is; beside `--json`, standard output is for the JSON alone. */
function launcherOf(
  { command, actorFolder: cwd }: MigrationPlan,
  { json }: MigrateOptions,
  { stderr }: Terminal,
): Launcher {
  return spawnLauncher({ command, cwd, output: json === true ? (chunk) => stderr.write(chunk) : 'inherit' });
}

async function asReport(verdict: Verdict, { actorFolder }: MigrationPlan, terminal: Terminal): Promise<string> {
  const { stdout, env, cwd } = terminal;
  const source = await readSource(actorFolder, cwd);
  const paint = painter(wantsColour(stdout, env));
  const report = asText(describe(verdict, source.placesOf), (style, text) => paint(STYLES[style], text));
  const behind = source.findingsBehind(verdict.word);
  const findings =
    behind.length === 0
      ? ''
      : `\n${paint('heading', 'What the linter sees in the code')}\n${behind.map((line) => `  ${line}\n`).join('')}`;
  const hint = verdict.word === 'nothing-to-resume' ? `\n${WHEN_TO_MIGRATE}\n` : '';
  // What the Actor printed stands right above.
  return `\n${report}${hint}${findings}`;
}
