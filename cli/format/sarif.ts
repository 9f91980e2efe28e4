import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type * as Sarif from 'sarif';
import manifest from '../../package.json' with { type: 'json' };
import {
  rules,
  type Finding,
  type FixOffer,
  type Location,
  type Range,
  type Severity,
  type TextEdit,
} from '../../rules/index.ts';
import { shownFindings, shownSuppressed, type Printed, type Report, type View } from '../report.ts';
import { rulePageText } from '../rule-pages.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVELS: Readonly<Record<Severity | 'by consequence', 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  'by consequence': 'warning',
  information: 'note',
  hint: 'note',
};

/** The name that SARIF's readers give to the folder that paths start from. */
const ROOT = '%SRCROOT%';

/** SARIF 2.1.0, which code hosts and editors read. What comments in the code suppress is in it too, with their reasons. */
export function sarif(report: Report, view: View): Printed {
  const paths = new Paths(view.cwd);
  const fingerprints = new Fingerprints(paths);
  const open = shownFindings(report, view).map((finding) => ({ finding, suppressions: [] }));
  const suppressed = shownSuppressed(report, view).map((finding) => ({
    finding,
    suppressions: [suppressionOf(finding)],
  }));
  const shown = new Set([...open, ...suppressed].map(({ finding }) => finding.ruleId));
  const log: Sarif.Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Actor State',
            semanticVersion: manifest.version,
            rules: rules.map((rule) => descriptorOf(rule, shown.has(rule.id))),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { uri: paths.root } },
        invocations: [invocationOf(report, paths)],
        results: [...open, ...suppressed].map(({ finding, suppressions }) => ({
          ...resultOf(finding, report, paths),
          suppressions,
          partialFingerprints: { 'actorState/v1': fingerprints.of(finding) },
        })),
      },
    ],
  };
  return { stdout: `${JSON.stringify(log, undefined, 2)}\n`, stderr: '' };
}

/**
 * A rule, with its page where the log has a result of it. No `helpUri`: the page's place on this machine says nothing where the
 * log is read.
 */
function descriptorOf(rule: (typeof rules)[number], isShown: boolean): Sarif.ReportingDescriptor {
  const { id, summary, defaultSeverity } = rule;
  const page = isShown ? rulePageText(id) : undefined;
  return {
    id,
    shortDescription: { text: summary },
    ...(page !== undefined && { help: { text: summary, markdown: page } }),
    defaultConfiguration: { level: LEVELS[defaultSeverity] },
  };
}

function resultOf(finding: Finding, report: Report, paths: Paths): Sarif.Result {
  const edits = report.edits.get(finding);
  const fixes = finding.fixes.flatMap((fix) => {
    const ofFix = edits?.get(fix.id);
    return ofFix === undefined ? [] : [fixOf(fix, ofFix, paths)];
  });
  return {
    ruleId: finding.ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === finding.ruleId),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [paths.locationOf(finding)],
    relatedLocations: finding.related.map((related, index) => ({
      id: index + 1,
      message: { text: related.message },
      ...paths.locationOf(related),
    })),
    fixes,
  };
}

function fixOf({ title, safe }: FixOffer, edits: readonly TextEdit[], paths: Paths): Sarif.Fix {
  return {
    description: { text: title },
    artifactChanges: [...new Set(edits.map(({ file }) => file))].map((file) => ({
      artifactLocation: paths.artifactOf(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ range, newText }) => ({ deletedRegion: regionOf(range), insertedContent: { text: newText } })),
    })),
    properties: { safe },
  };
}

function suppressionOf({ justification }: Report['suppressed'][number]): Sarif.Suppression {
  return { kind: 'inSource', ...(justification !== undefined && { justification }) };
}

function invocationOf({ notices, problems }: Report, paths: Paths): Sarif.Invocation {
  return {
    executionSuccessful: problems.length === 0,
    workingDirectory: { uri: paths.root },
    toolExecutionNotifications: [
      ...problems.map((text): Sarif.Notification => ({ level: 'error', message: { text } })),
      ...notices.map(({ file, reason }): Sarif.Notification => ({
        level: 'warning',
        message: { text: reason },
        locations: [{ physicalLocation: { artifactLocation: paths.artifactOf(file) } }],
      })),
    ],
  };
}

/** Lines and columns count from 1, columns in UTF-16 code units; the end is the first column that is not in it. */
function regionOf({ start, end }: Range): Sarif.Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Paths as URIs: from the working directory for what lies in it, whole for the rest. */
class Paths {
  readonly root: string;

  constructor(cwd: string) {
    this.root = pathToFileURL(cwd.endsWith('/') ? cwd : `${cwd}/`).href;
  }

  artifactOf(file: string): Sarif.ArtifactLocation {
    const { href } = pathToFileURL(file);
    return href.startsWith(this.root) ? { uri: href.slice(this.root.length), uriBaseId: ROOT } : { uri: href };
  }

  locationOf({ file, range }: Location): Sarif.Location {
    return { physicalLocation: { artifactLocation: this.artifactOf(file), region: regionOf(range) } };
  }
}

/** What stays the same of a finding when the lines above it change: its rule, file and message, and which of equal ones it is. */
class Fingerprints {
  readonly #paths: Paths;
  readonly #seen = new Map<string, number>();

  constructor(paths: Paths) {
    this.#paths = paths;
  }

  of({ ruleId, file, message }: Finding): string {
    const words = JSON.stringify([ruleId, this.#paths.artifactOf(file).uri, message]);
    const count = (this.#seen.get(words) ?? 0) + 1;
    this.#seen.set(words, count);
    return createHash('sha256').update(`${words}${count}`).digest('hex').slice(0, 32);
  }
}
