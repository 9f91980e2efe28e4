import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { Save } from '../../actor/effects/persistence.ts';
import { bare, isAccess, memberNameOf, outermost } from '../../syntax/operands.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** What takes the error of a save and does nothing with it. */
type Swallower = ts.CatchClause | ts.ArrowFunction | ts.FunctionExpression;

/** A save whose failure nobody hears of. */
export const swallowedSaveError: Rule = {
  id: 'swallowed-save-error',
  group: 'saves',
  summary: 'The error of a save is caught and dropped, so nobody hears that nothing was saved.',
  defaultSeverity: 'information',
  needsEntryPoint: false,
  check: (actor) => {
    const calls = new Set<ts.Node>(actor.persistence.saves.map(({ call }) => call));
    return actor.persistence.saves
      .filter(({ call }) => !isTestFile(call.getSourceFile().fileName, actor.folder.root))
      .flatMap((save) => reportsOf(save, calls));
  },
};

function reportsOf({ call, store, value }: Save, saves: ReadonlySet<ts.Node>): readonly Report[] {
  // A record that is removed is cleaned up: it may well be gone already.
  if (value?.kind === ts.SyntaxKind.NullKeyword) return [];
  const swallower = swallowingCallback(call, store) ?? swallowingClause(call, saves);
  if (swallower === undefined || isOnPurpose(call, swallower)) return [];
  const what = store === 'charge' ? 'charge' : 'save';
  return [
    {
      node: call,
      until: call.expression,
      severity: 'information',
      message: `the error of this ${what} is dropped: when it fails, the Actor goes on as if it had been made`,
      related: [{ node: swallower, message: 'drops the error' }],
      fixes: logFixes(swallower),
    },
  ];
}

/** The `() => {}` of `save().catch(() => {})`, where nothing is made of the result. */
function swallowingCallback(call: ts.Node, store: Save['store']): Swallower | undefined {
  const access = outermost(call).parent;
  if (!isAccess(access) || memberNameOf(access) !== 'catch') return undefined;
  const caught = outermost(access).parent;
  if (!ts.isCallExpression(caught)) return undefined;
  const [argument] = caught.arguments;
  const callback = argument && bare(argument);
  if (callback === undefined || (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback))) return undefined;
  if (!ts.isBlock(callback.body) || callback.body.statements.length > 0) return undefined;
  return isResultUnused(caught, store) ? callback : undefined;
}

function isResultUnused(promise: ts.Node, store: Save['store']): boolean {
  const { parent } = outermost(promise);
  if (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent)) return isResultUnused(parent, store);
  if (ts.isExpressionStatement(parent)) return true;
  // A write to these resolves to nothing that a caller could use.
  const isPlainWrite = store === 'key-value-store' || store === 'dataset';
  return isPlainWrite && (ts.isReturnStatement(parent) || ts.isArrowFunction(parent));
}

/** The empty `catch` that gets the error of an awaited save, where the `try` waits for nothing but saves. */
function swallowingClause(call: ts.Node, saves: ReadonlySet<ts.Node>): ts.CatchClause | undefined {
  if (!ts.isAwaitExpression(outermost(call).parent)) return undefined;
  for (let node: ts.Node = call; !ts.isFunctionLike(node) && !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== node || parent.catchClause === undefined) continue;
    const { catchClause } = parent;
    return catchClause.block.statements.length === 0 && waitsOnlyFor(saves, node) ? catchClause : undefined;
  }
  return undefined;
}

function waitsOnlyFor(saves: ReadonlySet<ts.Node>, node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) && !saves.has(bare(node.expression))) return false;
  return ts.forEachChild(node, (child) => !waitsOnlyFor(saves, child) || undefined) === undefined;
}

/** Whether a comment stands in the handler, behind it, or above the statement and speaks of errors. */
function isOnPurpose(call: ts.Node, swallower: Swallower): boolean {
  const { text } = call.getSourceFile();
  if (/\/[/*]/u.test(textOf(swallower))) return true;
  if (/^[^\n]*\/[/*]/u.test(text.slice(swallower.end))) return true;
  const statement = ts.findAncestor(swallower, ts.isStatement);
  const above = statement === undefined ? '' : text.slice(statement.pos, startOf(statement));
  return /ignor|swallow|best.?effort|purpose|fail|error|throw/iu.test(above);
}

function logFixes(swallower: Swallower): readonly Fix[] {
  const newText = withLog(swallower);
  if (newText === undefined) return [];
  const changes = [replacement(swallower.getSourceFile(), startOf(swallower), swallower.end, newText)];
  return [{ id: 'log', title: 'Log the error', safe: false, changes: () => changes }];
}

function withLog(swallower: Swallower): string | undefined {
  if (ts.isCatchClause(swallower)) {
    const name = swallower.variableDeclaration?.name ?? 'error';
    if (typeof name === 'string') return 'catch (error) { console.error(error); }';
    return ts.isIdentifier(name) ? `catch (${name.text}) { console.error(${name.text}); }` : undefined;
  }
  return ts.isArrowFunction(swallower) && swallower.parameters.length === 0
    ? '(error) => console.error(error)'
    : undefined;
}
