import { ts } from 'ts-morph';

import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { BeforeInit } from '../../actor/effects/init-order.ts';
import { isOfActorClass } from '../../actor/effects/sdk-members.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** A storage that is used before `Actor.init()`: the SDK does not know yet where the storages are. */
export const stateBeforeInit: Rule = {
  id: 'state-before-init',
  group: 'misuse',
  summary: 'A storage is used before Actor.init(): the SDK fails to start, or the data stay in the container.',
  defaultSeverity: 'error',
  needsEntryPoint: true,
  check: (actor) =>
    actor.folder.sdk?.package === 'apify' && actor.folder.sdk.generation === 3 ? reportsOf(actor) : [],
};

function reportsOf(actor: ActorModel): readonly Report[] {
  const before = new BeforeInit(actor);
  const { start } = before;
  if (start === undefined) return [];
  return actor.files
    .flatMap((file) => indexOf(file).calls)
    .filter((call) => before.has(call) && usesStorage(actor, call))
    .map((call) => reportOf(actor, call, start));
}

/** Opens, reads or writes a storage by itself: a method of what was opened before is told of at its opening. */
function usesStorage({ code }: ActorModel, call: Call): boolean {
  const isOpened = ts.isPropertyAccessExpression(call.expression) && isValue(call.expression.expression);
  return (
    !isOpened &&
    code.rolesOf(call).some((role) => {
      if (role.kind === 'write') return role.store !== 'run' && role.store !== 'charge';
      return role.kind === 'read' || role.kind === 'state' || (role.kind === 'open' && STORAGES.has(role.store));
    })
  );
}

const STORAGES: ReadonlySet<string> = new Set(['key-value-store', 'dataset', 'request-queue']);

/** Not a class or namespace by its name, as in `store.setValue`. */
function isValue(expression: ts.Expression): boolean {
  return !ts.isIdentifier(expression) || !/^[A-Z]/u.test(expression.text);
}

function reportOf(actor: ActorModel, call: Call, start: Call): Report {
  const starting = `${start.expression.getText()}()`;
  const message = isOfActorClass(actor.code, call)
    ? `this comes before ${starting}, which then refuses to start: a storage was used already`
    : `this comes before ${starting}, so it opens a storage in the container: what is written there is gone with it`;
  return {
    node: call,
    until: call.expression,
    severity: 'error',
    message,
    related: [{ node: start.expression, message: 'the SDK is started here' }],
    fixes: moveFixes(call, start),
  };
}

/** Starts the SDK first. */
function moveFixes(call: Call, start: Call): readonly Fix[] {
  const [statement, starting] = [statementAround(call), statementAround(start)];
  if (statement === undefined || starting === undefined || start.arguments?.some(ts.isFunctionLike) === true) return [];
  if (!ts.isExpressionStatement(starting) || statement.parent !== starting.parent) return [];
  const first = statement.parent;
  if (!ts.isSourceFile(first) && !ts.isBlock(first)) return [];
  const place = first.statements[first.statements.indexOf(statement) - 1];
  const changes =
    place === undefined || (start.arguments?.length ?? 0) > 0 ? undefined : movedBehind([starting], place);
  if (changes === undefined) return [];
  return [{ id: 'move', title: 'Start the SDK before it', safe: false, changes: () => changes }];
}
