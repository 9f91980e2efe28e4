import { bullet, type Paint, wrapped } from '../verdict/text-lines.ts';
import type { Comparison } from './comparison.ts';
import { describeComparison, type ComparedProduct } from './report.ts';

/** The comparison for a terminal. */
export function comparisonAsText(comparison: Comparison, paint: Paint = (_, text) => text): string {
  const { tone, headline, sentence, sections, leftOut } = describeComparison(comparison);
  return [
    paint(tone, headline),
    ...wrapped(sentence),
    ...sections.flatMap(({ title, products, more }) => [
      '',
      paint('strong', title),
      ...products.flatMap(productLines),
      ...(more > 0 ? [`  - and ${more} more`] : []),
    ]),
    ...(leftOut === undefined ? [] : ['', ...wrapped(leftOut)]),
    '',
  ].join('\n');
}

function productLines({ what, changes }: ComparedProduct): readonly string[] {
  return [...bullet(what), ...changes.flatMap((change) => wrapped(change, '      '))];
}
