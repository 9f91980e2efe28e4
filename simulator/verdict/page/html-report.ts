import type { RecordId, Recording } from '../../recording.ts';
import { describe, type KeyPlaces, type KeyReport, type Place, type Report } from '../report.ts';
import type { Verdict } from '../verdict.ts';
import { code, escaped, list, mark, prose, proseList, section } from './markup.ts';
import { stateDiff } from './state-diff.ts';
import { timelineOf } from './timeline.ts';
import { legend, timelineSvg } from './timeline-svg.ts';

/** What a report in HTML is made from. */
export interface HtmlReportParts {
  readonly verdict: Verdict;
  readonly recording: Recording;
  /** Where the source saves and restores a record, where that is known. */
  readonly placesOf?: ((record: RecordId) => KeyPlaces | undefined) | undefined;
  /** The target of a link to a place; without it a place is text. */
  readonly linkTo?: ((place: Place) => string) | undefined;
  /** Said above everything, such as that the run still goes on; a sentence. */
  readonly status?: string | undefined;
  /** What the linter says of the code, where it foretold the verdict. */
  readonly findings?: readonly FoundBefore[] | undefined;
}

export interface FoundBefore {
  readonly place: Place;
  readonly message: string;
  readonly ruleId: string;
}

/**
 * The verdict as the content of a page: the word, what to do, the timeline of the processes to scale, the state records with
 * what changed in them, what was lost and repeated. No script, and nothing that has to be fetched.
 */
export function asHtml(parts: HtmlReportParts): string {
  const { verdict, placesOf, linkTo, status, findings = [] } = parts;
  const { tone, headline, sentence, advice, remarks, fidelity } = describe(verdict, placesOf);
  return [
    `<h1>${mark(tone)} ${escaped(headline)}</h1><p class="sentence">${prose(sentence)}</p>`,
    status === undefined ? '' : `<p class="status">${prose(status)}</p>`,
    section('What to do', proseList(advice)),
    section('What the linter says', list(findings.map((finding) => findingWords(finding, linkTo)))),
    evidenceAsHtml(parts),
    section('To be known', proseList(remarks)),
    `<p class="fidelity">${prose(fidelity)}</p>`,
  ].join('\n');
}

/** What the verdict rests on: the timeline, the migrations, the state records, what was lost and repeated. */
export function evidenceAsHtml({ verdict, recording, placesOf, linkTo }: HtmlReportParts): string {
  const report = describe(verdict, placesOf);
  const { migrations, lostWrites, repeats } = report;
  return [
    section('Timeline', `<figure>${timelineSvg(timelineOf(recording))}${legend()}</figure>`),
    ...migrations.map(({ title, facts }) => section(title, proseList(facts))),
    section('State records', keys(report, verdict, linkTo)),
    section('Lost writes', proseList(lostWrites)),
    ...repeats.map(({ title, examples, more: rest }) =>
      section(title, list([...examples.map(code), ...(rest > 0 ? [`and ${rest} more`] : [])])),
    ),
  ].join('\n');
}

function keys(report: Report, { keys: found }: Verdict, linkTo: HtmlReportParts['linkTo']): string {
  return report.keys
    .map((key, index) => {
      const { before, saved } = found[index] ?? {};
      return `<article>${keyHead(key, linkTo)}${stateDiff(before, saved)}</article>`;
    })
    .join('');
}

function keyHead(key: KeyReport, linkTo: HtmlReportParts['linkTo']): string {
  const { name, tone, outcome, savedWhen, savedAt, restoredAt } = key;
  const places = (word: string, all: readonly Place[]): string =>
    all.length === 0 ? '' : `${word}${all.map((place) => placeLink(place, linkTo)).join(', ')}`;
  return (
    `<h3>${mark(tone)} ${code(name)}</h3>` +
    list([prose(outcome) + places(', restored at ', restoredAt), prose(savedWhen) + places(', at ', savedAt)])
  );
}

function findingWords({ place, message, ruleId }: FoundBefore, linkTo: HtmlReportParts['linkTo']): string {
  return `${placeLink(place, linkTo)}: ${prose(message)} (${escaped(ruleId)})`;
}

function placeLink(place: Place, linkTo: HtmlReportParts['linkTo']): string {
  const text = escaped(`${place.file}:${place.line}`);
  return linkTo === undefined ? `<code>${text}</code>` : `<a href="${escaped(linkTo(place))}">${text}</a>`;
}
