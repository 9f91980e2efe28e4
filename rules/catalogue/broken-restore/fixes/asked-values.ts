import { ts } from 'ts-morph';

import type { EmptyTest } from '../../../actor/records/empty-tests.ts';
import { insertion, replacement, startOf, textOf } from '../../../fixes/changes.ts';
import type { Change, Fix } from '../../../fixes/changes.ts';

/** Asks whether there is a value, not whether it is truthy. */
export function emptyFixes(test: EmptyTest): readonly Fix[] {
  const change = changeOf(test);
  if (change === undefined) return [];
  return [{ id: 'empty', title: 'Ask whether there is a value', safe: false, changes: () => [change] }];
}

function changeOf({ form, at, value, nothing }: EmptyTest): Change | undefined {
  const file = at.getSourceFile();
  switch (form) {
    case 'not':
      return replacement(file, startOf(at), at.end, `${textOf(value)} === ${nothing}`);
    case 'condition':
      return insertion(file, value.end, ` !== ${nothing}`);
    case 'or': {
      if (!ts.isBinaryExpression(at)) return undefined;
      const { operatorToken } = at;
      return replacement(file, startOf(operatorToken), operatorToken.end, '??');
    }
  }
}
