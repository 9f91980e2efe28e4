import { ts } from 'ts-morph';

import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isFunctionNode, visit } from '../../syntax/functions.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** `Actor.exit()` in a `finally`, which ends the run well though an error is on its way. */
export const exitInFinally: Rule = {
  id: 'exit-in-finally',
  group: 'saves',
  summary: 'Actor.exit() in a finally ends the run as succeeded, though an error is on its way.',
  defaultSeverity: 'information',
  needsEntryPoint: false,
  check: (actor) =>
    actor.files
      .filter(({ fileName }) => !isTestFile(fileName, actor.folder.root))
      .flatMap((file) => indexOf(file).calls)
      .filter(ts.isCallExpression)
      .filter((call) => actor.code.roleOf(call, 'lifecycle')?.word === 'exit' && !saysHow(call))
      .flatMap(reportsOf),
};

/** An exit code or a message of its own may well tell of the error. */
function saysHow({ arguments: given }: ts.CallExpression): boolean {
  return given.length > 0;
}

function reportsOf(call: ts.CallExpression): readonly Report[] {
  const guarded = tryOfFinally(call);
  if (guarded === undefined || !letsErrorsThrough(guarded)) return [];
  return [
    {
      node: call,
      until: call.expression,
      severity: 'information',
      message: `${call.expression.getText()}() in a finally ends the run with exit code 0 also when the try has failed: the error is never seen, and nothing starts the run again`,
      related: [{ node: guarded.tryBlock, message: 'an error in here is hidden' }],
      fixes: moveFixes(call, guarded),
    },
  ];
}

/** The `try` whose `finally` holds a node, within one function. */
function tryOfFinally(node: ts.Node): ts.TryStatement | undefined {
  for (let current = node; !ts.isSourceFile(current) && !isFunctionNode(current); current = current.parent) {
    if (ts.isTryStatement(current.parent) && current.parent.finallyBlock === current) return current.parent;
  }
  return undefined;
}

/** Without a `catch`, or with one that throws: what is caught is dealt with. */
function letsErrorsThrough({ catchClause }: ts.TryStatement): boolean {
  if (catchClause === undefined) return true;
  let throws = false;
  visit(catchClause.block, (node) => {
    if (isFunctionNode(node)) return false;
    throws ||= ts.isThrowStatement(node);
    return !throws;
  });
  return throws;
}

/** Behind the `try`, where only those come whose work went well; where the `finally` keeps something to do. */
function moveFixes(call: ts.CallExpression, guarded: ts.TryStatement): readonly Fix[] {
  const statement = statementAround(call);
  const block = guarded.finallyBlock;
  if (block === undefined || statement?.parent !== block || block.statements.at(-1) !== statement) return [];
  if (block.statements.length < 2 || !ts.isExpressionStatement(statement)) return [];
  const changes = movedBehind([statement], guarded);
  return changes === undefined
    ? []
    : [{ id: 'move', title: 'Exit behind the try, when all went well', safe: false, changes: () => changes }];
}
