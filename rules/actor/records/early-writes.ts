import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import type { Call } from '../../syntax/file-index.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';
import { bare } from '../../syntax/operands.ts';
import type { Restore, Save } from '../effects/persistence.ts';
import type { RoleKind } from '../../sdk/roles.ts';
import { isTestFile } from '../../workspace/source-files.ts';

/** A first value that is written over a record just before that is read. */
export interface EarlyWrite {
  readonly key: string;
  readonly write: ts.CallExpression;
  readonly read: Call;
  /** Where the state itself is saved under the key. */
  readonly later: Call;
}

/**
 * The writes of a first value that stand on every way to a read of their key, where nothing happens in between that may save
 * something else. The key must also be saved somewhere else: it is state then, and not a test of the store.
 */
export function earlyWritesOf(actor: ActorModel): readonly EarlyWrite[] {
  const { persistence, code, folder } = actor;
  return persistence.saves.flatMap((save): readonly EarlyWrite[] => {
    const { call, key, value } = save;
    if (!isKnown(save) || !ts.isCallExpression(call) || value === undefined || key === undefined) return [];
    if (isTestFile(call.getSourceFile().fileName, folder.root) || !isPlainLiteral(bare(value))) return [];
    const read = persistence.restores.find((restore) => isSame(restore, save) && comesNext(call, restore.call, actor));
    const later = persistence.saves.find((each) => each !== save && isSame(each, save) && isSavedValue(each));
    return read === undefined || later === undefined ? [] : [{ key, write: call, read: read.call, later: later.call }];
  });

  function isSavedValue({ value }: Save): boolean {
    return value !== undefined && code.valuesOf(value).every((each) => each.kind !== ts.SyntaxKind.NullKeyword);
  }
}

function isKnown({ store, storeName, key }: Save): boolean {
  return store === 'key-value-store' && storeName !== undefined && key !== undefined && !key.includes('${');
}

function isSame(a: Restore | Save, b: Save): boolean {
  return a.store === b.store && a.storeName === b.storeName && a.key === b.key;
}

/** A value that is written down here, and has nothing in it that the code found out. */
function isPlainLiteral(node: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isPlainLiteral);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((each) => ts.isPropertyAssignment(each) && isPlainLiteral(bare(each.initializer)));
  }
  const isBoolean = node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
  return isBoolean || node.kind === ts.SyntaxKind.NullKeyword || ts.isLiteralExpression(node);
}

/** Whether a read of the same function follows a write in any case, and the code only opens, reads and computes until then. */
function comesNext(write: Call, read: Call, actor: ActorModel): boolean {
  if (unitOf(write) !== unitOf(read) || write.end > read.pos) return false;
  const statement = statementOf(write);
  if (statement === undefined || !isWithin(read, statement.parent) || isRepeatedIn(read, statement.parent))
    return false;
  return indexOf(write.getSourceFile())
    .calls.filter((call) => call.pos >= write.end && call.end <= read.end && call !== read)
    .every((call) => isQuiet(call, actor));
}

/** The statement that is nothing but the write; its own function runs it whenever it gets there. */
function statementOf(write: Call): ts.ExpressionStatement | undefined {
  const { parent } = write;
  const statement = ts.isAwaitExpression(parent) ? parent.parent : parent;
  if (!ts.isExpressionStatement(statement)) return undefined;
  const list = statement.parent;
  return ts.isBlock(list) || ts.isSourceFile(list) ? statement : undefined;
}

/** A read in a loop comes again, when other things are saved. */
function isRepeatedIn(read: ts.Node, list: ts.Node): boolean {
  for (let node = read.parent; node !== list; node = node.parent) {
    if (ts.isIterationStatement(node, false) || isFunctionNode(node)) return true;
  }
  return false;
}

/** What changes no record. */
const HARMLESS: ReadonlySet<RoleKind> = new Set(['read', 'open', 'log', 'state', 'subscribe']);

function isQuiet(call: Call, { code }: ActorModel): boolean {
  if (ts.isNewExpression(call)) return code.calledFunctions(call).length === 0;
  const roles = code.rolesOf(call);
  return (
    roles.some(({ kind }) => HARMLESS.has(kind)) ||
    (roles.length === 0 && call.expression.getText().startsWith('console.'))
  );
}
