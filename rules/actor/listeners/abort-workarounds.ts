import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { hasGracefulShutdown } from './automatic-reboot.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { literalSleep } from '../effects/literal-sleeps.ts';
import type { Listener } from './listeners.ts';
import { isLog } from '../../flow/logs.ts';

/**
 * Whether a listener of `aborting` does only what the SDK does by itself since 3.7.0: wait, and exit (facts 1.3, 1.4).
 * Whether it is called at all then makes no difference.
 */
export function isObsoleteWorkaround(actor: ActorModel, { functions, registration }: Listener): boolean {
  const same = actor.persistence.listeners.filter((listener) => listener.registration === registration);
  if (
    same.some(({ event }) => event !== 'aborting') ||
    actor.folder.sdk?.generation !== 3 ||
    !hasGracefulShutdown(actor)
  )
    return false;
  return functions.length === 1 && functions.every((fn) => onlyWaitsAndExits(actor, fn));
}

/** A wait, an exit, and no more than logs beside them. */
function onlyWaitsAndExits({ code }: ActorModel, { body }: FunctionNode): boolean {
  if (body === undefined || !ts.isBlock(body)) return false;
  let [waits, exits] = [false, false];
  for (const statement of body.statements) {
    if (!ts.isExpressionStatement(statement)) return false;
    const { expression } = statement;
    const inner = ts.isAwaitExpression(expression) ? expression.expression : expression;
    const isExit = ts.isCallExpression(inner) && code.roleOf(inner, 'lifecycle')?.word === 'exit';
    const isWait = ts.isAwaitExpression(expression) && literalSleep(code, inner) !== undefined;
    if (!isExit && !isWait && !(ts.isCallExpression(inner) && isLog(code, inner))) return false;
    waits ||= isWait;
    exits ||= isExit;
  }
  return waits && exits;
}
