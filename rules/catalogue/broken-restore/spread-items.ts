import { ts } from 'ts-morph';

import { replacement, startOf } from '../../fixes/changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { placesOf } from '../../actor/records/restored-records.ts';
import type { RestoredRecord } from '../../actor/records/restored-records.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report } from '../rule.ts';

/** `new Set(...items)`: the items become arguments, and of these a Set and a Map take the first alone. */
export function spreadItems({ code }: ActorModel, record: RestoredRecord): readonly Report[] {
  return placesOf(code, record).flatMap(({ place }): readonly Report[] => {
    const spread = place.parent;
    if (!ts.isSpreadElement(spread) || !ts.isNewExpression(spread.parent)) return [];
    const made = spread.parent;
    const name = made.expression.getText();
    if (name !== 'Set' && name !== 'Map') return [];
    const instead = name === 'Set' ? 'the characters of the first item' : 'none of the entries as they were saved';
    return [
      {
        node: made,
        severity: 'warning',
        message: `\`${name}\` takes one list, and here it gets the items as arguments: after a migration it holds ${instead}`,
        related: record.saves.map(({ call }) => ({ node: call.expression, message: 'the items are saved here' })),
        fixes: listFixes(made, spread, name),
      },
    ];
  });
}

function listFixes(made: ts.NewExpression, spread: ts.SpreadElement, name: string): readonly Fix[] {
  if ((made.arguments ?? []).length !== 1) return [];
  const changes = [replacement(spread.getSourceFile(), startOf(spread), startOf(spread.expression), '')];
  return [{ id: 'list', title: `Give the list itself to the ${name}`, safe: true, changes: () => changes }];
}
