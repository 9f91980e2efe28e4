import { ruleList } from './catalogue/index.ts';
import { spanOf } from './catalogue/rule.ts';
import type { Report, Rule } from './catalogue/rule.ts';
import { concludeFrom } from './checked-actor.ts';
import type { CheckedActor, Conclusions, RuleSettings } from './checked-actor.ts';
import { findingOf } from './finding-of-report.ts';
import type { Finding, SuppressedFinding } from './finding.ts';
import { suppressionOf } from './suppression/suppressions.ts';
import type { Notice } from './workspace/notice.ts';
import type { RuleSetting } from './workspace/rule-settings.ts';

/** What a rule said, and what the Actor's author or the person who asks has set the rule to. */
interface Source {
  readonly rule: Rule;
  readonly report: Report;
  readonly setting: RuleSetting | undefined;
}

const rulesById: ReadonlyMap<string, Rule> = new Map(ruleList.map((rule) => [rule.id, rule]));

/** The findings of a workspace: of the rules' reports those that are wanted, one for each place. */
export class Findings {
  /** In the order of files and places. */
  readonly open: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly #actors: readonly CheckedActor[];
  readonly #settings: RuleSettings;
  readonly #conclusions: Conclusions;
  readonly #byReport = new Map<Report, Finding>();
  readonly #reports = new Map<Finding, Report>();

  /**
   * @param isAsked whether a file lies in what the caller asked for
   * @param before those of the last analysis: what was said then and is said again is the very same finding
   */
  constructor(
    actors: readonly CheckedActor[] = [],
    settings: RuleSettings = {},
    isAsked: (file: string) => boolean = () => true,
    before?: Findings,
  ) {
    this.#actors = actors;
    this.#settings = settings;
    this.#conclusions = before && isSameList(before.#actors, actors) ? before.#conclusions : concludeFrom(actors);
    const known = before && hasSameSettings(before.#settings, settings) ? before.#byReport : undefined;
    const suppressed: SuppressedFinding[] = [];
    const places = new Set<string>();
    for (const { rule, report, setting } of this.#sources()) {
      if (!isAsked(report.node.getSourceFile().fileName)) continue;
      const finding = known?.get(report) ?? findingOf(rule, report, setting);
      if (finding === undefined) continue;
      // A file in two Actors is reported once.
      const place = JSON.stringify([rule.id, finding.file, finding.range]);
      if (places.has(place)) continue;
      places.add(place);
      this.#byReport.set(report, finding);
      const suppression = suppressionOf(rule.id, spanOf(report));
      if (suppression === undefined) this.#reports.set(finding, report);
      else suppressed.push({ ...finding, justification: suppression.justification });
    }
    this.open = [...this.#reports.keys()].toSorted(byPlace);
    this.suppressed = suppressed.toSorted(byPlace);
  }

  /** The files with findings whose safe fixes are not offered, since the file does not parse. */
  get unfixed(): readonly string[] {
    const withheld = [...this.#reports].filter(
      ([finding, report]) => finding.fixes.length === 0 && report.fixes.some(({ safe }) => safe),
    );
    return [...new Set(withheld.map(([{ file }]) => file))];
  }

  /** What rules failed to conclude. */
  get notices(): readonly Notice[] {
    return this.#conclusions.notices;
  }

  /** What a finding was made from; `undefined` for one of an earlier analysis, and for one that is suppressed. */
  reportOf(finding: Finding): Report | undefined {
    return this.#reports.get(finding);
  }

  *#sources(): Generator<Source> {
    for (const { reports, ruleSettings } of this.#actors) {
      for (const { ruleId, report } of reports) {
        const rule = rulesById.get(ruleId);
        const setting = this.#settings[ruleId] ?? ruleSettings[ruleId];
        if (rule) yield { rule, report, setting };
      }
    }
    for (const { ruleId, report } of this.#conclusions.reports) {
      const rule = rulesById.get(ruleId);
      const actor = this.#actors.find(({ files }) => files.includes(report.node.getSourceFile()));
      const setting = this.#settings[ruleId] ?? actor?.ruleSettings[ruleId];
      if (rule) yield { rule, report, setting };
    }
  }
}

function hasSameSettings(one: RuleSettings, other: RuleSettings): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
