import type { ts } from 'ts-morph';

import { insertion, startOf } from '../../fixes/changes.ts';
import type { Fix } from '../../fixes/changes.ts';
import { styleOf } from '../../fixes/file-style.ts';
import { freeKey } from '../../fixes/free-names.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Call } from '../../syntax/file-index.ts';

/** Which name the record has is the author's to choose, so the fix waits to be asked for. */
export function keyFixes(actor: ActorModel, call: Call, object: ts.Expression): readonly Fix[] {
  if (call.arguments?.length !== 1 || call.arguments[0] !== object) return [];
  const file = object.getSourceFile();
  const { quote } = styleOf(file);
  return [
    {
      id: 'insert-key',
      title: 'Insert a key before the first value',
      safe: false,
      changes: () => [insertion(file, startOf(object), `${quote}${freeKey(actor)}${quote}, `)],
    },
  ];
}
