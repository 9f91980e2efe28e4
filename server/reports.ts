import { createHash } from 'node:crypto';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Finding } from '../rules/index.ts';

/** What there is to say about one file. The same content has the same `resultId`. */
export interface FileReport {
  readonly resultId: string;
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reports by file; a file that is not in it has nothing to report. */
export type Reports = ReadonlyMap<string, FileReport>;

export const NOTHING: FileReport = { resultId: 'nothing', findings: [], diagnostics: [] };

/**
 * The reports of an analysis. A file whose findings are the very same objects as before keeps its report, so that an edit
 * costs what it changed.
 */
export function reportsOf(
  findings: readonly Finding[],
  before: Reports,
  toDiagnostic: (finding: Finding) => Diagnostic,
): Reports {
  const reports = new Map<string, FileReport>();
  for (const [file, ofFile] of byFile(findings)) {
    const old = before.get(file);
    reports.set(file, old && isSame(old.findings, ofFile) ? old : newReport(ofFile, toDiagnostic));
  }
  return reports;
}

/** The files about which `after` says something else than `before`, those with nothing left to say included. */
export function changedFiles(before: Reports, after: Reports): readonly string[] {
  const files = new Set([...before.keys(), ...after.keys()]);
  return [...files].filter((file) => before.get(file)?.resultId !== after.get(file)?.resultId);
}

function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = files.get(finding.file);
    if (known) known.push(finding);
    else files.set(finding.file, [finding]);
  }
  return files;
}

function isSame(one: readonly Finding[], other: readonly Finding[]): boolean {
  return one.length === other.length && one.every((finding, index) => finding === other[index]);
}

function newReport(findings: readonly Finding[], toDiagnostic: (finding: Finding) => Diagnostic): FileReport {
  const diagnostics = findings.map(toDiagnostic);
  const resultId = createHash('sha1').update(JSON.stringify(diagnostics)).digest('hex');
  return { resultId, findings, diagnostics };
}
