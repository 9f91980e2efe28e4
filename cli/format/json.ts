import type { ActorSummary, Finding } from '../../rules/index.ts';
import { printed } from '../paths.ts';
import { countBySeverity, shownFindings, type Printed, type Report, type View } from '../report.ts';
import { keyValue, locationValue, sdkValue } from './values.ts';

/** For other tools; `lint-output.schema.json` describes it. Lines and columns count from 1, columns in UTF-16 units. */
export function json(report: Report, view: View): Printed {
  const counts = countBySeverity(report.findings);
  const output = {
    version: 1,
    actors: report.actors.map((actor) => actorValue(actor, view.cwd)),
    findings: shownFindings(report, view).map((finding) => findingValue(finding, view.cwd)),
    notices: report.notices.map(({ file, reason }) => ({ file: printed(file, view.cwd), reason })),
    summary: {
      errors: counts.error,
      warnings: counts.warning,
      information: counts.information,
      hints: counts.hint,
      files: report.files.length,
      actors: report.actors.length,
    },
  };
  return { stdout: `${JSON.stringify(output, undefined, 2)}\n`, stderr: '' };
}

function actorValue({ root, sdk, entryPoints, keys }: ActorSummary, cwd: string): object {
  return {
    root: printed(root, cwd),
    sdk: sdk === undefined ? null : sdkValue(sdk),
    entryPoints: entryPoints.map((file) => printed(file, cwd)),
    keys: keys.map((key) => keyValue(key, cwd)),
  };
}

function findingValue(finding: Finding, cwd: string): object {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    message: finding.message,
    ...locationValue(finding, cwd),
    related: finding.related.map((related) => ({ message: related.message, ...locationValue(related, cwd) })),
    fixes: finding.fixes.map(({ title, kind, safe, id }) => ({ title, kind, safe, id })),
  };
}
