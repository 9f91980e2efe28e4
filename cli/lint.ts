import { ActorWorkspace, ruleIds, type Analysis, type RuleSettings } from '../rules/index.ts';
import { applyFixes } from './apply-fixes.ts';
import { EXIT } from './exit.ts';
import { github } from './format/github.ts';
import { json } from './format/json.ts';
import { stylish } from './format/stylish.ts';
import { noActor } from './no-actor.ts';
import { printed } from './paths.ts';
import { countBySeverity, joinReports, within, type Printed, type Report, type View } from './report.ts';
import { parseRuleSettings } from './rule-settings.ts';
import { covers, planTargets, type Target } from './targets.ts';
import { wantsColour, type Terminal } from './terminal.ts';

export type Format = 'stylish' | 'json' | 'github';

export interface LintOptions {
  readonly format: Format;
  readonly rule?: readonly string[];
  readonly fix?: boolean;
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
}

interface Linted {
  readonly report: Report;
  /** A sentence for each file that could not be fixed. */
  readonly problems: readonly string[];
}

const FORMATTERS: Readonly<Record<Format, (report: Report, view: View) => Printed>> = { stylish, json, github };

/**
 * `actor-state lint`: prints what the Actors in the given paths would lose.
 *
 * @returns the exit code; what could be linted is printed even where something else could not be
 * @throws UsageError for an unknown rule or severity
 */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<number> {
  const settings = parseRuleSettings(options.rule ?? [], ruleIds);
  const { targets, problems: unreadable } = planTargets(paths, terminal.cwd);
  const linted: Linted[] = [];
  // One after the other: an open workspace holds a whole program in memory.
  for (const target of targets) linted.push(await lintTarget(target, settings, options.fix === true, terminal.cwd));

  const report = joinReports(linted.map((one) => one.report));
  const view = { cwd: terminal.cwd, quiet: options.quiet === true, colour: wantsColour(terminal.stdout, terminal.env) };
  const { stdout, stderr } = FORMATTERS[options.format](report, view);
  const problems = [...unreadable, ...linted.flatMap((one) => one.problems)];
  const { error: errors, warning: warnings } = countBySeverity(report.findings);
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  if (tooMany) problems.push(`too many warnings: ${warnings}, and --max-warnings allows ${options.maxWarnings}`);

  terminal.stdout.write(stdout);
  terminal.stderr.write(stderr + problems.map((problem) => `actor-state: ${problem}\n`).join(''));
  if (problems.length > Number(tooMany)) return EXIT.failed;
  return errors > 0 || tooMany ? EXIT.findings : EXIT.clean;
}

async function lintTarget(target: Target, settings: RuleSettings, fix: boolean, cwd: string): Promise<Linted> {
  const workspace = new ActorWorkspace(target.root);
  try {
    if (!fix) return { report: reportOf(await workspace.analyse(settings), target), problems: [] };
    const fixing = await applyFixes(workspace, settings, (file) => covers(target, file));
    return {
      report: {
        ...reportOf(fixing.analysis, target),
        fixed: { fixes: fixing.fixes, files: fixing.files.length },
      },
      problems: fixing.failures.map(({ file, reason }) => `${printed(file, cwd)}: not fixed, ${reason}`),
    };
  } finally {
    workspace.dispose();
  }
}

function reportOf(analysis: Analysis, { root, paths }: Target): Report {
  const report = within({ ...analysis, fixed: { fixes: 0, files: 0 } }, paths);
  return { ...report, notices: noActor(root, report.actors.length, report.notices) };
}
