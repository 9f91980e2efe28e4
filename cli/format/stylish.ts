import type { Finding, Position, RelatedLocation, Severity } from '../../rules/index.ts';
import { printed } from '../paths.ts';
import { countBySeverity, shownFindings, type Printed, type Report, type View } from '../report.ts';
import { painter, type Paint } from './paint.ts';

const WORDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'hint',
};

/** For people: findings under their file's name, what belongs to each below it, a summary. */
export function stylish(report: Report, view: View): Printed {
  const paint = painter(view.colour);
  const findings = shownFindings(report, view);
  const files = [...new Set(findings.map(({ file }) => file))];
  const blocks = files.map((file) =>
    fileBlock(
      printed(file, view.cwd),
      findings.filter((finding) => finding.file === file),
      view,
      paint,
    ),
  );
  const stdout = [...blocks, ...summary(report, findings, paint)].map((block) => `${block}\n`).join('\n');
  const notices = view.quiet ? [] : report.notices;
  return { stdout, stderr: notices.map(({ file, reason }) => `${printed(file, view.cwd)}: ${reason}\n`).join('') };
}

function fileBlock(name: string, findings: readonly Finding[], view: View, paint: Paint): string {
  const places = Math.max(...findings.map(({ range }) => place(range.start).length));
  const words = Math.max(...findings.map(({ severity }) => WORDS[severity].length));
  const lines = findings.flatMap((finding) => [
    [
      '',
      paint('dim', place(finding.range.start).padStart(places)),
      paint(finding.severity, WORDS[finding.severity].padEnd(words)),
      finding.message,
      paint('dim', finding.ruleId),
    ].join('  '),
    ...finding.related.map((related) => paint('dim', relatedLine(related, finding.file, view, places + words))),
  ]);
  return [paint('heading', name), ...lines].join('\n');
}

function relatedLine(related: RelatedLocation, file: string, view: View, indent: number): string {
  const elsewhere = related.file === file ? '' : `${printed(related.file, view.cwd)}:`;
  return `${' '.repeat(indent + 6)}${elsewhere}${place(related.range.start)}  ${related.message}`;
}

function summary(report: Report, findings: readonly Finding[], paint: Paint): readonly string[] {
  const lines: string[] = [];
  const { fixes, files } = report.fixed;
  if (fixes > 0) lines.push(`Applied ${amount(fixes, 'fix', 'fixes')} in ${amount(files, 'file')}.`);
  const counts = countBySeverity(findings);
  if (findings.length > 0) {
    const parts = [amount(counts.error, 'error'), amount(counts.warning, 'warning')];
    if (counts.information > 0) parts.push(`${counts.information} info`);
    if (counts.hint > 0) parts.push(amount(counts.hint, 'hint'));
    const worst = counts.error > 0 ? 'error' : counts.warning > 0 ? 'warning' : 'information';
    lines.push(paint(worst, `✖ ${amount(findings.length, 'finding')} (${parts.join(', ')})`));
  }
  const fixable = findings.filter(({ fixes: offers }) => offers.some(({ safe }) => safe)).length;
  if (fixable > 0)
    lines.push(`  ${fixable} of them can be fixed with the --fix option; your editor may offer more fixes.`);
  return lines.length > 0 ? [lines.join('\n')] : [];
}

function place({ line, character }: Position): string {
  return `${line + 1}:${character + 1}`;
}

function amount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
