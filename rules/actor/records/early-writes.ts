import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { AccessPaths } from '../../flow/access-paths.ts';
import type { Code } from '../../flow/code.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import { LIMITS } from '../../flow/limits.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import { isChainWord } from '../../flow/promises/chains.ts';
import type { Call } from '../../syntax/file-index.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { flowUnitOf } from '../../flow/control-flow/inlined.ts';
import { awaited, isAccess, methodOf } from '../../syntax/operands.ts';
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
    if (isTestFile(call.getSourceFile().fileName, folder.root) || !isPlain(code, value)) return [];
    const read = persistence.restores.find((restore) => isSame(restore, save) && comesNext(actor, call, restore.call));
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

/** A value that is written down, and has nothing in it that the code found out; what has a name must never change. */
function isPlain(code: Code, expression: ts.Expression, depth: number = LIMITS.aliases): boolean {
  const values = code.valuesOf(expression);
  return (
    isUnchanged(code, awaited(expression)) &&
    values.length > 0 &&
    depth > 0 &&
    values.every((value) => isPlainValue(code, value, depth - 1))
  );
}

function isUnchanged(code: Code, place: ts.Expression): boolean {
  if (!ts.isIdentifier(place) && !isAccess(place)) return true;
  const paths = new AccessPaths(code);
  return [...paths.of(place), ...paths.of(place, true)].every(
    ({ binding }) => mutationsOf(code).of(binding).length === 0,
  );
}

function isPlainValue(code: Code, node: ts.Node, depth: number): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((each) => isPlain(code, each, depth));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (each) =>
        (ts.isPropertyAssignment(each) && isPlain(code, each.initializer, depth)) ||
        (ts.isShorthandPropertyAssignment(each) && isPlain(code, each.name, depth)) ||
        (ts.isSpreadAssignment(each) && isPlain(code, each.expression, depth)),
    );
  }
  const isBoolean = node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
  return isBoolean || node.kind === ts.SyntaxKind.NullKeyword || ts.isLiteralExpression(node);
}

/** Whether a read follows a write in any case, once, and the code only opens, reads and computes until then. */
function comesNext(actor: ActorModel, write: Call, read: Call): boolean {
  const { order } = actor.code;
  return (
    order.alwaysRunsBefore(write, read) &&
    !order.mayRepeatWithout(write, read) &&
    order.between(write, read, isCall).every((call) => !isCall(call) || isQuiet(actor, call))
  );
}

function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

/** How many functions are looked into for what they change. */
const FURTHEST = 3;

/** The objects of JavaScript's own that do nothing outside of the program. */
const PLAIN: ReadonlySet<string> = new Set([
  'console',
  'Promise',
  'Object',
  'JSON',
  'Math',
  'Array',
  'Number',
  'String',
]);

/** What changes no record. */
const HARMLESS: ReadonlySet<RoleKind> = new Set(['read', 'open', 'log', 'state', 'subscribe']);

function isQuiet(actor: ActorModel, call: Call, depth = FURTHEST): boolean {
  const { code } = actor;
  const roles = code.rolesOf(call);
  if (roles.length > 0) return roles.some(({ kind }) => HARMLESS.has(kind));
  const called = code.calledFunctions(call);
  if (called.length === 0)
    return isOfLanguage(code, call) && areQuiet(call.arguments?.flatMap((each) => code.functionsOf(each)) ?? []);
  return areQuiet(called);

  function areQuiet(functions: readonly FunctionNode[]): boolean {
    return functions.every((fn) => depth > 0 && callsOf(fn).every((each) => isQuiet(actor, each, depth - 1)));
  }
}

/** What JavaScript itself has for values and promises: it writes nothing, but for what it calls back. */
function isOfLanguage(code: Code, call: Call): boolean {
  if (ts.isNewExpression(call)) return true;
  const global = calledGlobal(code, call) ?? '';
  const [owner] = global.split('.');
  if (owner !== undefined && PLAIN.has(owner)) return true;
  const method = methodOf(call)?.name ?? '';
  return isChainWord(method) || method === 'bind';
}

function callsOf(fn: FunctionNode): readonly Call[] {
  return indexOf(fn.getSourceFile()).calls.filter((call) => flowUnitOf(call) === fn);
}
