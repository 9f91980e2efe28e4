import { ts } from 'ts-morph';

import { insertion, replacement, startOf, textOf } from '../../fixes/changes.ts';
import { removedStatement } from '../../fixes/removed-statement.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { shutsDownGracefully } from '../../actor/listeners/automatic-reboot.ts';
import { functionAround, isAsync } from '../../syntax/functions.ts';
import type { ListenerCall } from '../../actor/listeners/listener-calls.ts';
import type { Listener } from '../../actor/listeners/listeners.ts';
import type { Fix } from '../../fixes/changes.ts';

/** What is done instead of ending the run: a reboot where the SDK makes none itself, or nothing. */
export function exitFixes(actor: ActorModel, listener: Listener, { call, direct }: ListenerCall): readonly Fix[] {
  const statement = statementOf(call);
  if (!direct || statement === undefined) return [];
  return [rebootFix(actor, listener, call, statement), removeFix(statement)].filter((fix) => fix !== undefined);
}

/** The statement that is this call and nothing else. */
function statementOf(call: ts.CallExpression): ts.Statement | undefined {
  const around = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const { parent } = around;
  if (!ts.isExpressionStatement(parent) && !ts.isReturnStatement(parent)) return undefined;
  return ts.isBlock(parent.parent) ? parent : undefined;
}

function removeFix(statement: ts.Statement): Fix {
  return {
    id: 'remove',
    title: 'Remove it: the run goes on until it migrates',
    safe: false,
    changes: () => [removedStatement(statement)],
  };
}

/** Facts 7: `Actor.reboot()` exists in the SDK 3, and from 3.7 on the SDK calls it itself. */
function rebootFix(
  actor: ActorModel,
  { event, registration }: Listener,
  call: ts.CallExpression,
  statement: ts.Statement,
): Fix | undefined {
  const { sdk } = actor.folder;
  const isKnown = sdk?.package === 'apify' && sdk.generation === 3 && sdk.version !== undefined;
  if (!isKnown || event !== 'migrating' || shutsDownGracefully(actor)) return undefined;
  const subscribe = registration.expression;
  if (!ts.isPropertyAccessExpression(subscribe) || !ts.isIdentifier(subscribe.expression)) return undefined;
  if (subscribe.getSourceFile() !== call.getSourceFile()) return undefined;
  const reboot = `${textOf(subscribe.expression)}.reboot()`;
  const fn = functionAround(call);
  const waits = fn !== undefined && isAsync(fn) && ts.isExpressionStatement(statement) && statement.expression === call;
  const file = call.getSourceFile();
  return {
    id: 'reboot',
    title: 'Reboot the run instead, which migrates it',
    safe: false,
    changes: () => [
      ...(waits ? [insertion(file, startOf(call), 'await ')] : []),
      replacement(file, startOf(call), call.end, reboot),
    ],
  };
}
