import { ts } from 'ts-morph';

import type { Fix } from '../../fixes/changes.ts';
import { removedStatement } from '../../fixes/removed-statement.ts';
import type { Call } from '../../syntax/file-index.ts';

/** Takes the registration away, where it is a statement of its own. */
export function removeFixes(registration: Call): readonly Fix[] {
  const statement = registration.parent;
  if (!ts.isExpressionStatement(statement)) return [];
  return [{ id: 'remove', title: 'Remove the listener', safe: true, changes: () => [removedStatement(statement)] }];
}
