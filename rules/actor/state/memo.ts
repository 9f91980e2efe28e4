import { ts } from 'ts-morph';

import { AccessPaths } from '../../flow/access-paths.ts';
import type { Code } from '../../flow/code.ts';
import type { Decision } from '../../flow/control-flow/blocks.ts';
import { isLog } from '../../flow/logs.ts';
import type { Mutation } from '../../flow/mutations.ts';
import { usesOf } from '../../flow/value-uses.ts';
import { isWithin } from '../../syntax/functions.ts';
import { accessBy, isAccess, memberNameOf, methodOf, outermost } from '../../syntax/operands.ts';

/**
 * Whether a binding only remembers what could be asked for again: each entry is put in where it is missing, and is taken out by
 * its key whether it was there or not. A new process fills it on demand, so nothing is lost but time.
 */
export function isMemo(code: Code, mutations: readonly Mutation[]): boolean {
  const [first] = mutations;
  const puts = mutations.filter(({ kind }) => kind !== 'remove');
  if (first === undefined || puts.length === 0 || mutations.some(({ kind, isWhole }) => isWhole || kind === 'step'))
    return false;
  // What has names of its own is no table of answers.
  if (puts.some(({ path: [part] }) => part !== undefined)) return false;
  const { symbol, declaration } = first.binding;
  const declared = ts.getNameOfDeclaration(declaration);
  const names = code.referencesOf(symbol).filter((use) => use !== declared && !ts.isBindingElement(use.parent));
  if (!names.every(isKeyed)) return false;
  const uses = usesOf(code, symbol);
  const misses = puts.map(({ node }) => missesBefore(code, node, uses));
  if (misses.some((each) => each === undefined)) return false;
  const missing = misses.flatMap((each) => each ?? []);
  const paths = new AccessPaths(code);
  const isEntry = (use: ts.Expression): boolean =>
    paths.of(use, true).some(({ binding, path }) => binding.symbol === symbol && path.length > 0);
  return uses.some((use) => isTakenOut(code, use, isEntry, mutations) && !isAfterMiss(code, use, missing));
}

/** The conditions that ask for an entry before it is put in; `undefined` where none does. `??=` asks by itself. */
export function missesBefore(code: Code, put: ts.Node, uses: readonly ts.Node[]): readonly Decision[] | undefined {
  if (ts.isBinaryExpression(put) && isDefaulting(put.operatorToken.kind)) return [];
  const decisions = code.graphAround(put).controlDependences(put, { transitive: true });
  const asking = decisions.filter(({ condition }) => uses.some((use) => isWithin(use, condition) && !isSize(use)));
  return asking.length > 0 ? asking : undefined;
}

function isAfterMiss(code: Code, use: ts.Node, misses: readonly Decision[]): boolean {
  const decisions = code.graphAround(use).controlDependences(use, { transitive: true });
  return misses.some((miss) =>
    decisions.some(({ condition, outcome }) => condition === miss.condition && outcome === miss.outcome),
  );
}

function isDefaulting(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}

/** Whether a use of a table is of one entry: `memo[key]`, `memo.get(key)`. */
export function isKeyed(use: ts.Node): boolean {
  const place = outermost(accessBy(use));
  const { parent } = place;
  if (!isAccess(parent) || parent.expression !== place) return false;
  const name = memberNameOf(parent);
  return name === undefined || KEYED.has(name);
}

const KEYED: ReadonlySet<string> = new Set(['has', 'get', 'set', 'delete', 'clear', 'size']);

function isSize(use: ts.Node): boolean {
  const { parent } = outermost(accessBy(use));
  return isAccess(parent) && memberNameOf(parent) === 'size';
}

/** Used for what it holds: a set of what was seen is only ever asked whether something is in it. */
function isTakenOut(
  code: Code,
  use: ts.Node,
  isEntry: (use: ts.Expression) => boolean,
  mutations: readonly Mutation[],
): boolean {
  const entry = entryAt(use, isEntry);
  if (entry === undefined || mutations.some(({ node }) => isTarget(entry, node))) return false;
  for (let node: ts.Node = entry; ; node = node.parent) {
    const { parent } = node;
    if (ts.isPrefixUnaryExpression(parent) || ts.isTypeOfExpression(parent)) return false;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) return node !== conditionOf(parent);
    if (ts.isVariableDeclaration(parent)) return false;
    if (ts.isCallExpression(parent) && isLog(code, parent)) return false;
    if (ts.isBinaryExpression(parent) && ts.isExpressionStatement(parent.parent)) return node !== parent.left;
    if (ts.isStatement(parent) || ts.isSourceFile(parent)) return !ts.isExpressionStatement(parent) || node !== entry;
  }
}

function conditionOf(node: ts.IfStatement | ts.ConditionalExpression): ts.Expression {
  return ts.isIfStatement(node) ? node.expression : node.condition;
}

/** What a use takes: `memo.get(key)`, `memo[key]`, or the name that has an entry already. */
function entryAt(use: ts.Node, isEntry: (use: ts.Expression) => boolean): ts.Node | undefined {
  const place = outermost(accessBy(use));
  const { parent } = place;
  if (ts.isIdentifier(place) && isEntry(place)) return place;
  if (!isAccess(parent) || parent.expression !== place) return undefined;
  if (ts.isElementAccessExpression(parent)) return parent;
  const call = outermost(parent).parent;
  const method = ts.isCallExpression(call) ? methodOf(call)?.name : undefined;
  if (method === undefined) return parent;
  return KEYED.has(method) && method !== 'get' ? undefined : call;
}

/** `memo[key]` of `memo[key] = value`. */
function isTarget(entry: ts.Node, change: ts.Node): boolean {
  return ts.isBinaryExpression(change) && change.left === entry && ts.isExpressionStatement(change.parent);
}
