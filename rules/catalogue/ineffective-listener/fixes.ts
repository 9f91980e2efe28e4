import { ts } from 'ts-morph';

import { insertion, replacement, startOf } from '../../fixes/changes.ts';
import type { Change, Fix } from '../../fixes/changes.ts';
import type { BlindWalk } from '../../actor/listeners/blind-walks.ts';

/** Goes through the entries instead, where the collection stands in the walk itself. */
export function entriesFixes(walk: BlindWalk): readonly Fix[] {
  const { collection, kind } = walk;
  const isWritten = walk.by === 'loop' || walk.call.arguments[0] === collection;
  if (!isWritten || !ts.isLeftHandSideExpression(collection)) return [];
  const title = `Go through the entries of the ${kind}`;
  return [{ id: 'entries', title, safe: false, changes: () => changesOf(walk) }];
}

function changesOf(walk: BlindWalk): readonly Change[] {
  const { collection } = walk;
  const file = collection.getSourceFile();
  if (walk.by === 'loop') {
    const { initializer } = walk.loop;
    return [
      replacement(file, initializer.end, startOf(collection), ' of '),
      insertion(file, collection.end, '.keys()'),
    ];
  }
  const { expression: callee } = walk.call;
  return [
    replacement(file, startOf(callee), callee.end, 'Array.from'),
    insertion(file, collection.end, `.${walk.by}()`),
  ];
}
