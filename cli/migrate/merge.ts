import { readFileSync } from 'node:fs';
import { htmlPage, isSweepReport, merge, MergeProblem, sweepAsHtml, type SweepReport } from '../../simulator/index.ts';
import { absolute } from '../paths.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { pageFile } from './page-file.ts';
import type { MigrateOptions } from './plan.ts';
import { writePage } from './report.ts';
import { printSweep } from './sweep.ts';

/**
 * `actor-state migrate --merge part1.json part2.json …`: joins the reports of the shards of a sweep.
 *
 * @returns as the sweep, and 2 when a shard is missing
 * @throws {UsageError} when a file is no report, the reports do not belong together, something is to be run, or the page cannot be
 *   written
 */
export async function mergeReports(
  files: readonly string[],
  options: MigrateOptions,
  terminal: Terminal,
): Promise<number> {
  const { merge: _merge, json = false, report: page, ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new UsageError(`--merge joins what was found and runs nothing: leave out ${nameOf(other)}`);
  if (files.length === 0)
    throw new UsageError(
      '--merge wants the files that --sweep --json has written: actor-state migrate --merge part*.json',
    );
  const written = pageFile(page, terminal.cwd);
  const report = merged(files.map((file) => readReport(file, terminal.cwd)));
  printSweep(report, json, terminal);
  if (written !== undefined)
    await writePage(written, htmlPage(`Sweep of ${report.actor}`, sweepAsHtml(report, undefined)));
  return report.exitCode;
}

function merged(reports: readonly SweepReport[]): SweepReport {
  try {
    return merge(reports);
  } catch (error) {
    throw error instanceof MergeProblem ? new UsageError(`--merge: ${error.message}`) : error;
  }
}

/** `failWrites` as it is given: `--fail-writes`. */
function nameOf(option: string): string {
  return `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function readReport(file: string, cwd: string): SweepReport {
  const report = parsed(file, cwd);
  if (isSweepReport(report)) return report;
  throw new UsageError(
    `${file}: it is no report of a sweep; write one with actor-state migrate --sweep --json -- npm start > part1.json`,
  );
}

function parsed(file: string, cwd: string): unknown {
  try {
    return JSON.parse(readFileSync(absolute(file, cwd), 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${whyUnread(error)}`);
  }
}

function whyUnread(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is no JSON';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file; give --merge the part of each shard';
  if (code === 'EISDIR') return 'it is a folder; give --merge the files in it';
  return `it cannot be read (${String(error)})`;
}
