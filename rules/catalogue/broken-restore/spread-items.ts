import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import type { RestoredPart, RestoredRecord } from '../../actor/records/restored-records.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import type { Report } from '../rule.ts';
import { listFixes } from './fixes/given-lists.ts';

/** `new Set(...items)`: the items become arguments, and of these a Set and a Map take the first alone. */
export function spreadItems(
  { code }: ActorModel,
  { saves }: RestoredRecord,
  parts: readonly RestoredPart[],
): readonly Report[] {
  return parts
    .flatMap(({ reads }) => reads.uses)
    .flatMap((use): readonly Report[] => {
      if (use.kind !== 'spread' || !ts.isSpreadElement(use.by) || !ts.isNewExpression(use.into)) return [];
      const name = calledGlobal(code, use.into);
      if (name !== 'Set' && name !== 'Map') return [];
      const instead = name === 'Set' ? 'the characters of the first item' : 'none of the entries as they were saved';
      return [
        {
          node: use.into,
          severity: 'warning',
          message: `\`${name}\` takes one list, and here it gets the items as arguments: after a migration it holds ${instead}`,
          related: saves.map(({ call }) => ({ node: call.expression, message: 'the items are saved here' })),
          fixes: listFixes(use.into, use.by, name),
        },
      ];
    });
}
