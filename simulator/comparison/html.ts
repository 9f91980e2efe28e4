import { code, escaped, list, prose } from '../verdict/page/markup.ts';
import type { Comparison } from './comparison.ts';
import { describeComparison, type ComparedProduct } from './report.ts';

/** The comparison as a part of the report's page. */
export function comparisonAsHtml(comparison: Comparison): string {
  const { tone, headline, sentence, sections, leftOut } = describeComparison(comparison);
  const parts = sections.map(
    ({ title, products, more }) =>
      `<h3>${escaped(title)}</h3>${list([...products.map(productHtml), ...(more > 0 ? [`and ${more} more`] : [])])}`,
  );
  return (
    `<section><h2>Compared with an undisturbed run</h2><p class="${tone}"><strong>${escaped(headline)}</strong></p>` +
    `<p>${prose(sentence)}</p>${parts.join('')}${leftOut === undefined ? '' : `<p>${prose(leftOut)}</p>`}</section>`
  );
}

function productHtml({ what, changes }: ComparedProduct): string {
  return code(what) + list(changes.map(code));
}
