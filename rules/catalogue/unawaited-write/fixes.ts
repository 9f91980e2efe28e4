import { ts } from 'ts-morph';

import { insertion, startOf } from '../../fixes/changes.ts';
import { Waiting } from '../../fixes/waiting.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { FloatingWrite } from '../../actor/writes/floating-writes.ts';
import { functionAround } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import type { Drop } from '../../flow/promises/fates.ts';
import type { Fix } from '../../fixes/changes.ts';

/** The ways to wait for a write that nobody waits for, the best one first. */
export function fixesOf(actor: ActorModel, { drop }: FloatingWrite): readonly Fix[] {
  const fixes = drop.form === 'iteration' ? [loopFix(actor, drop)] : [awaitFix(actor, drop), returnFix(actor, drop)];
  return fixes.filter((fix) => fix !== undefined);
}

function awaitFix(actor: ActorModel, drop: Drop): Fix | undefined {
  const waiting = new Waiting(actor);
  if (!waiting.awaitAt(drop.promise, drop.several)) return undefined;
  const { changes, leftWords, onlyWaits } = waiting;
  return { id: 'await', title: `Wait for it with await${leftWords}`, safe: onlyWaits, changes: () => changes };
}

function loopFix(actor: ActorModel, drop: Drop): Fix | undefined {
  const waiting = new Waiting(actor);
  if (!ts.isCallExpression(drop.call) || !waiting.loop(drop.call)) return undefined;
  const { changes, leftWords } = waiting;
  return {
    id: 'for-of',
    title: `Make it a for…of loop, which waits for each item${leftWords}`,
    safe: false,
    changes: () => changes,
  };
}

/** A listener that does nothing but save can give its promise to the SDK. */
function returnFix(actor: ActorModel, drop: Drop): Fix | undefined {
  const fn = functionAround(drop.promise);
  const statement = drop.promise.parent;
  if (fn === undefined || drop.several || !isListener(actor, fn)) return undefined;
  if (!ts.isExpressionStatement(statement) || statement.parent !== fn.body || !ts.isBlock(fn.body)) return undefined;
  if (fn.body.statements.length > 1) return undefined;
  const changes = [insertion(statement.getSourceFile(), startOf(statement), 'return ')];
  return {
    id: 'return',
    title: 'Return the promise, so that the SDK can wait for it',
    safe: true,
    changes: () => changes,
  };
}

function isListener({ listeners }: ActorModel, fn: FunctionNode): boolean {
  return listeners.some(({ functions }) => functions.includes(fn));
}
