import {
  ActorWorkspace,
  ruleIds,
  type Analysis,
  type Finding,
  type Notice,
  type RuleSettings,
} from '../rules/index.ts';
import { applyFixes } from './apply-fixes.ts';
import { EXIT } from './exit.ts';
import { github } from './format/github.ts';
import { json } from './format/json.ts';
import { sarif } from './format/sarif.ts';
import { stylish } from './format/stylish.ts';
import { noActor } from './no-actor.ts';
import { printed } from './paths.ts';
import { countBySeverity, joinReports, within, type Printed, type Report, type View } from './report.ts';
import { parseRuleSettings } from './rule-settings.ts';
import { covers, planTargets, type Target } from './targets.ts';
import { wantsColour, type Terminal } from './terminal.ts';

export type Format = 'stylish' | 'json' | 'sarif' | 'github';

export interface LintOptions {
  readonly format: Format;
  readonly rule?: readonly string[];
  readonly fix?: boolean;
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
}

const FORMATTERS: Readonly<Record<Format, (report: Report, view: View) => Printed>> = {
  stylish,
  json,
  sarif,
  github,
};

/**
 * `actor-state lint`: prints what the Actors in the given paths would lose.
 *
 * @returns the exit code; what could be linted is printed even where something else could not be
 * @throws UsageError for an unknown rule or severity
 */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<number> {
  const settings = parseRuleSettings(options.rule ?? [], ruleIds);
  const { targets, problems: unreadable } = planTargets(paths, terminal.cwd);
  const reports: Report[] = [];
  // One after the other: an open workspace holds a whole program in memory.
  for (const target of targets) reports.push(await lintTarget(target, settings, options, terminal.cwd));

  const joined = joinReports(reports);
  const report = { ...joined, problems: [...unreadable, ...joined.problems] };
  const view = { cwd: terminal.cwd, quiet: options.quiet === true, colour: wantsColour(terminal.stdout, terminal.env) };
  const { stdout, stderr } = FORMATTERS[options.format](report, view);
  const { error: errors, warning: warnings } = countBySeverity(report.findings);
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  const said = tooMany ? [`too many warnings: ${warnings}, and --max-warnings allows ${options.maxWarnings}`] : [];

  terminal.stdout.write(stdout);
  terminal.stderr.write(stderr + [...report.problems, ...said].map((problem) => `actor-state: ${problem}\n`).join(''));
  if (report.problems.length > 0) return EXIT.failed;
  return errors > 0 || tooMany ? EXIT.findings : EXIT.clean;
}

async function lintTarget(
  target: Target,
  settings: RuleSettings,
  { fix, format }: LintOptions,
  cwd: string,
): Promise<Report> {
  const workspace = new ActorWorkspace(target.root);
  try {
    const { analysis, fixes, files, failures } =
      fix === true
        ? await applyFixes(workspace, settings, (file) => covers(target, file))
        : { analysis: await workspace.analyse(settings), fixes: 0, files: [], failures: [] };
    const report: Report = {
      ...analysis,
      edits: new Map(),
      problems: failures.map(({ file, reason }) => `${printed(file, cwd)}: not fixed, ${reason}`),
      fixed: { fixes, files: files.length },
    };
    const asked = within(report, target.paths);
    return {
      ...asked,
      notices: noActor(target.root, asked.actors.length, [
        ...asked.notices,
        ...(fix === true ? unfixedNotices(analysis, target) : []),
      ]),
      edits: format === 'sarif' ? editsOf(asked.findings, workspace) : report.edits,
    };
  } finally {
    workspace.dispose();
  }
}

function unfixedNotices({ unfixed }: Analysis, target: Target): readonly Notice[] {
  return unfixed
    .filter((file) => covers(target, file))
    .map((file) => ({ file, reason: 'not fixed, for it does not parse: correct its syntax errors first' }));
}

function editsOf(findings: readonly Finding[], workspace: ActorWorkspace): Report['edits'] {
  return new Map(
    findings.map((finding) => {
      const fixes = finding.fixes.flatMap(({ id }) => {
        const edits = workspace.edit(finding, id);
        return edits === undefined ? [] : [[id, edits] as const];
      });
      return [finding, new Map(fixes)];
    }),
  );
}
