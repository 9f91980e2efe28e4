import {
  comparePositions,
  type ActorSummary,
  type Finding,
  type Notice,
  type Severity,
  type SuppressedFinding,
  type TextEdit,
} from '../rules/index.ts';
import { isWithin } from './paths.ts';

/** What a lint run found, whatever it is printed as. Paths are absolute, lines and characters count from 0. */
export interface Report {
  readonly actors: readonly ActorSummary[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What each fix of a finding would change, by the fix's id; only for a format that says it. */
  readonly edits: ReadonlyMap<Finding, ReadonlyMap<string, readonly TextEdit[]>>;
  readonly notices: readonly Notice[];
  /** A sentence for each path that could not be read, and each file that could not be fixed. */
  readonly problems: readonly string[];
  /** The files that were analysed. */
  readonly files: readonly string[];
  readonly fixed: { readonly fixes: number; readonly files: number };
}

export interface View {
  /** Paths are printed relative to it. */
  readonly cwd: string;
  /** Print errors only. */
  readonly quiet: boolean;
  readonly colour: boolean;
}

/** What goes where. Notices of a listing for people go to stderr, so that stdout holds findings alone. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** One report of several, in the order of the files, each finding once. */
export function joinReports(reports: readonly Report[]): Report {
  const notices = new Map<string, Notice>();
  for (const notice of reports.flatMap((report) => report.notices)) {
    notices.set(JSON.stringify([notice.file, notice.reason]), notice);
  }
  return {
    actors: reports.flatMap((report) => report.actors).toSorted((a, b) => byText(a.root, b.root)),
    findings: eachOnce(reports.flatMap((report) => report.findings)),
    suppressed: eachOnce(reports.flatMap((report) => report.suppressed)),
    edits: new Map(reports.flatMap((report) => [...report.edits])),
    problems: reports.flatMap((report) => report.problems),
    notices: [...notices.values()].toSorted((a, b) => byText(a.file, b.file)),
    files: [...new Set(reports.flatMap((report) => report.files))],
    fixed: {
      fixes: reports.reduce((sum, { fixed }) => sum + fixed.fixes, 0),
      files: reports.reduce((sum, { fixed }) => sum + fixed.files, 0),
    },
  };
}

function eachOnce<F extends Finding>(findings: readonly F[]): readonly F[] {
  const byPlace = new Map<string, F>();
  for (const finding of findings) {
    byPlace.set(JSON.stringify([finding.file, finding.range, finding.ruleId, finding.message]), finding);
  }
  return [...byPlace.values()].toSorted(
    (a, b) => byText(a.file, b.file) || comparePositions(a.range.start, b.range.start),
  );
}

/** The part of a report that lies in what was asked for, whole Actors that hold it included. */
export function within(report: Report, paths: readonly string[]): Report {
  const covered = (file: string): boolean => paths.some((path) => isWithin(file, path));
  // A package.json above a file that was asked for decides how it is read: what is said of it matters.
  const governs = (file: string): boolean =>
    /\/[^/]*\.(json|ya?ml|lock)$/.test(file) &&
    paths.some((path) => isWithin(path, file.slice(0, file.lastIndexOf('/'))));
  return {
    ...report,
    actors: report.actors.filter(({ root }) => covered(root) || paths.some((path) => isWithin(path, root))),
    findings: report.findings.filter(({ file }) => covered(file)),
    suppressed: report.suppressed.filter(({ file }) => covered(file)),
    notices: report.notices.filter(({ file }) => covered(file) || governs(file)),
    files: report.files.filter(covered),
  };
}

export function shownFindings(report: Report, view: View): readonly Finding[] {
  return report.findings.filter((finding) => isShown(finding, view));
}

export function shownSuppressed(report: Report, view: View): readonly SuppressedFinding[] {
  return report.suppressed.filter((finding) => isShown(finding, view));
}

function isShown({ severity }: Finding, { quiet }: View): boolean {
  return !quiet || severity === 'error';
}

export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
