import type { Finding } from '../../rules/index.ts';
import type { Report, View } from '../report.ts';

/** Values for tests of what is printed. */
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'unawaited-write',
    severity: 'warning',
    message: 'Nobody waits for this save.',
    file: '/made/shop/src/main.js',
    range: { start: { line: 4, character: 2 }, end: { line: 4, character: 12 } },
    related: [],
    fixes: [],
    ...given,
  };
}

export function report(given: Partial<Report> = {}): Report {
  return {
    actors: [],
    findings: [],
    suppressed: [],
    edits: new Map(),
    notices: [],
    problems: [],
    files: [],
    fixed: { fixes: 0, files: 0 },
    ...given,
  };
}

export function view(given: Partial<View> = {}): View {
  return { cwd: '/made', quiet: false, colour: false, ...given };
}
