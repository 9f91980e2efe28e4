import { ts } from 'ts-morph';

import { insertion, startOf, textOf } from '../../fixes/changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { earlyWritesOf } from '../../actor/records/early-writes.ts';
import type { EarlyWrite } from '../../actor/records/early-writes.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** A first value that is written over the saved state right before that is read. */
export const overwrittenOnStart: Rule = {
  id: 'overwritten-on-start',
  group: 'restores',
  summary: 'A first value is written over the saved record before that is read: each start begins from nothing.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor: ActorModel) => earlyWritesOf(actor).map(reportOf),
};

function reportOf(early: EarlyWrite): Report {
  const { key, write, read, later } = early;
  return {
    node: write,
    until: write.expression,
    severity: 'error',
    message: `This writes over \`${key}\` before it is read: after a migration the saved state is gone`,
    related: [
      { node: read.expression, message: 'what is read here is always the first value' },
      { node: later.expression, message: 'the state is saved here' },
    ],
    fixes: fixesOf(early),
  };
}

/** The first value only where there is no record yet: all that reads the record later finds one, as before. */
function fixesOf({ write }: EarlyWrite): readonly Fix[] {
  const { expression: callee, arguments: given } = write;
  const [key, value] = given;
  const statement = ts.isAwaitExpression(write.parent) ? write.parent.parent : undefined;
  if (key === undefined || value === undefined || statement === undefined) return [];
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'setValue') return [];
  if (value.kind === ts.SyntaxKind.NullKeyword) return [];
  const test = `if ((await ${textOf(callee.expression)}.getValue(${textOf(key)})) === null) `;
  const changes = [insertion(write.getSourceFile(), startOf(statement), test)];
  return [{ id: 'first-only', title: 'Write it only where there is no record', safe: false, changes: () => changes }];
}
