import { ts } from 'ts-morph';

import { replacement } from '../../fixes/changes.ts';
import { lineStart, nextLine } from '../../fixes/file-style.ts';
import type { ActorModel } from '../../model/actor-model.ts';
import type { Call } from '../../model/file-index.ts';
import type { FunctionNode } from '../../model/functions.ts';
import { literalSleep } from '../../model/literal-sleeps.ts';
import { isLog } from '../../model/promises.ts';
import type { Fix, Report, Rule } from '../rule.ts';

/** A listener of `aborting` that only waits and exits: since SDK 3.7 the SDK ends the run itself. */
export const obsoleteAbortWorkaround: Rule = {
  id: 'obsolete-abort-workaround',
  group: 'listeners',
  summary: 'A listener of aborting that waits and exits, which the SDK does by itself since 3.7.',
  defaultSeverity: 'hint',
  needsEntryPoint: false,
  check: (actor) => (endsByItself(actor) ? reportsOf(actor) : []),
};

/** Facts 1.3, 1.4: `aborting` makes the SDK call `Actor.exit()`, from 3.7.0 on. */
function endsByItself({ folder: { sdk } }: ActorModel): boolean {
  if (sdk?.package !== 'apify' || sdk.generation !== 3 || sdk.version === undefined) return false;
  const [, minor = 0] = sdk.version.split('.').map(Number);
  return minor >= 7;
}

function reportsOf(actor: ActorModel): readonly Report[] {
  return actor.persistence.listeners
    .filter(({ event, functions }) => event === 'aborting' && functions.length === 1)
    .filter(({ functions }) => functions.every((fn) => onlyWaitsAndExits(actor, fn)))
    .map(({ registration }) => ({
      node: registration,
      until: registration.expression,
      severity: 'hint' as const,
      message: 'the SDK saves and exits by itself when a run is aborted, since 3.7: this listener does nothing more',
      related: [],
      fixes: removeFixes(registration),
    }));
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

function removeFixes(registration: Call): readonly Fix[] {
  const statement = registration.parent;
  if (!ts.isExpressionStatement(statement)) return [];
  const file = statement.getSourceFile();
  const start = lineStart(file.text, statement.getStart(file));
  const end = nextLine(file.text, statement.end);
  const isAlone =
    `${file.text.slice(start, statement.getStart(file))}${file.text.slice(statement.end, end)}`.trim() === '';
  if (!isAlone) return [];
  return [
    { id: 'remove', title: 'Remove the listener', safe: true, changes: () => [replacement(file, start, end, '')] },
  ];
}
