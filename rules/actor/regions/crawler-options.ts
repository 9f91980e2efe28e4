import { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import type { Region } from './regions.ts';

/** What the options of the crawler at a region's head give under a name. */
export function crawlerOption(code: Code, { head }: Region, name: string): ts.Expression | undefined {
  if (!ts.isNewExpression(head)) return undefined;
  const places = (head.arguments ?? []).map((_, index) => argumentAt(code, head, { index, property: name }));
  return places.find((each) => each !== undefined);
}

/** Whether a crawler handles one request after the other: `maxConcurrency: 1`. */
export function handlesOneByOne(code: Code, region: Region): boolean {
  const option = crawlerOption(code, region, 'maxConcurrency');
  const values = option === undefined ? [] : code.valuesOf(option);
  return values.length > 0 && values.every((value) => ts.isNumericLiteral(value) && value.text === '1');
}
