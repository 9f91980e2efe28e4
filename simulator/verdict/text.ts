import type { KeyReport, Place, Report, RepeatsReport } from './report.ts';
import { bullet, type Paint, wrapped } from './text-lines.ts';

/**
 * The report for a terminal, in at most 100 columns; only what cannot be broken, such as a URL or JSON without a space, goes
 * on behind.
 */
export function asText(report: Report, paint: Paint = (_, text) => text): string {
  const { tone, headline, sentence, advice, migrations, keys, lostWrites, repeats, remarks, fidelity } = report;
  const title = (text: string) => ['', paint('strong', text)];
  return [
    paint(tone, headline),
    ...wrapped(sentence),
    ...(advice.length > 0 ? [...title('What to do'), ...advice.flatMap((one) => bullet(one))] : []),
    ...migrations.flatMap((migration) => [
      ...title(migration.title),
      ...migration.facts.flatMap((fact) => bullet(fact)),
    ]),
    ...(keys.length > 0 ? [...title('State records'), ...keys.flatMap((key) => keyLines(key, paint))] : []),
    ...(lostWrites.length > 0 ? [...title('Lost writes'), ...lostWrites.flatMap((one) => bullet(one))] : []),
    ...repeats.flatMap((section) => [...title(section.title), ...exampleLines(section)]),
    ...(remarks.length > 0 ? [...title('To be known'), ...remarks.flatMap((one) => bullet(one))] : []),
    '',
    ...wrapped(fidelity).map((line) => paint('dim', line)),
    '',
  ].join('\n');
}

function keyLines(key: KeyReport, paint: Paint): readonly string[] {
  const { name, tone, outcome, before, saved, savedWhen, savedAt, restoredAt } = key;
  return [
    ...wrapped(`${name}: ${outcome}`, '  ').map((line) => paint(tone, line)),
    ...wrapped(`before: ${before}`, '    '),
    ...wrapped(`at the end: ${saved}`, '    '),
    ...wrapped(savedWhen + at(savedAt, ', at '), '    '),
    ...(restoredAt.length > 0 ? wrapped(`restored${at(restoredAt, ' at ')}`, '    ') : []),
  ];
}

function at(places: readonly Place[], word: string): string {
  return places.length === 0 ? '' : `${word}${places.map(({ file, line }) => `${file}:${line}`).join(', ')}`;
}

function exampleLines({ examples, more }: RepeatsReport): readonly string[] {
  return [...examples.flatMap((one) => bullet(one)), ...(more > 0 ? [`  - and ${more} more`] : [])];
}
