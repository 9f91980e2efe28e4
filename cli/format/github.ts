import type { Finding, Range, Severity } from '../../rules/index.ts';
import { printed } from '../paths.ts';
import { shownFindings, type Printed, type Report, type View } from '../report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export function github(report: Report, view: View): Printed {
  const findings = shownFindings(report, view).map((finding) => annotation(finding, view.cwd));
  const notices = view.quiet
    ? []
    : report.notices.map(({ file, reason }) =>
        command('notice', { file: printed(file, view.cwd), title: 'actor-state: not analysed' }, reason),
      );
  return { stdout: [...findings, ...notices].map((line) => `${line}\n`).join(''), stderr: '' };
}

function annotation(finding: Finding, cwd: string): string {
  const related = finding.related.map(
    ({ file, range, message }) =>
      `${printed(file, cwd)}:${range.start.line + 1}:${range.start.character + 1} ${message}`,
  );
  const properties = {
    file: printed(finding.file, cwd),
    ...place(finding.range),
    title: `actor-state: ${finding.ruleId}`,
  };
  return command(COMMANDS[finding.severity], properties, [finding.message, ...related].join('\n'));
}

/** GitHub's runner rejects columns on an annotation of several lines. */
function place({ start, end }: Range): Readonly<Record<string, string>> {
  const lines = { line: String(start.line + 1), endLine: String(end.line + 1) };
  if (start.line !== end.line) return lines;
  return { ...lines, col: String(start.character + 1), endColumn: String(end.character + 1) };
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${listed.join(',')}::${escapeMessage(message)}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
