import { ts } from 'ts-morph';

import type { Binding } from './bindings.ts';
import type { Code } from './code.ts';
import type { Call } from './file-index.ts';
import { isFunctionNode, isWithin, unitOf, visit } from './functions.ts';
import type { Persistence } from './persistence.ts';
import type { Region } from './regions.ts';
import { usesOf } from './value-uses.ts';
import type { WorkKinds } from './work.ts';

/** What a binding decides where a condition asks it: money or items, other requests, or how work goes on. */
export type Guarded = 'output' | 'requests' | 'work';

/** Why a binding matters. Empty in all parts: it is only logged, or only saves time. */
export interface Significance {
  /** Uses in conditions of the region that decide whether work is done. */
  readonly decides: ReadonlySet<Guarded>;
  /** Writes and exits that carry its value. */
  readonly output: readonly Call[];
  /** Slow calls that get it as an argument: it says where the work is. */
  readonly position: readonly Call[];
}

/** Looks at every use of a binding for what depends on it. */
export function significanceOf(
  binding: Binding,
  region: Region,
  persistence: Persistence,
  code: Code,
  work: WorkKinds,
): Significance {
  const writes = new Map(
    persistence.saves.filter(({ store }) => store !== 'charge').map((save) => [save.call, save.value]),
  );
  const decides = new Set<Guarded>();
  const output = new Set<Call>();
  const position = new Set<Call>();
  for (const use of usesOf(binding, code)) {
    if (use === nameOf(binding.declaration)) continue;
    const write = enclosingCall(use, (call, argument) => {
      const value = writes.get(call);
      return value !== undefined && isWithin(argument, value);
    });
    const list = enclosingCall(use, (call) => code.roleOf(call, 'open')?.store === 'request-list');
    if (write !== undefined) output.add(write);
    if (list !== undefined) output.add(list);
    if (!isInRegion(use, region)) continue;
    for (const guarded of guardedBy(use, binding, code, work)) decides.add(guarded);
    const slow = enclosingCall(
      use,
      (call) => work.of(call) === 'slow' || (isAwaited(call) && work.of(call) === 'unknown'),
    );
    if (slow !== undefined) position.add(slow);
  }
  return { decides, output: [...output], position: [...position] };
}

export function isInRegion(node: ts.Node, region: Region): boolean {
  return region.bodies.some((body) => isWithin(node, body)) || region.units.has(unitOf(node));
}

function nameOf(declaration: ts.Declaration): ts.Node | undefined {
  return ts.getNameOfDeclaration(declaration);
}

/** `await f()`, and `await f().then(…)`. */
function isAwaited(call: Call): boolean {
  let node: ts.Node = call;
  while (ts.isPropertyAccessExpression(node.parent) && ts.isCallExpression(node.parent.parent))
    node = node.parent.parent;
  return ts.isAwaitExpression(node.parent);
}

/** The nearest call around a use, as an argument of it, for which the test holds. Ends at the statement. */
function enclosingCall(use: ts.Node, test: (call: Call, argument: ts.Node) => boolean): Call | undefined {
  let node: ts.Node = use;
  while (!ts.isStatement(node.parent) && !ts.isSourceFile(node.parent)) {
    const { parent } = node;
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node && test(parent, node))
      return parent;
    if (isFunctionNode(parent)) return undefined;
    node = parent;
  }
  return undefined;
}

/** What happens or does not happen because of a condition that this use is part of. */
function guardedBy(use: ts.MemberName, binding: Binding, code: Code, work: WorkKinds): readonly Guarded[] {
  const condition = conditionAround(use);
  if (condition === undefined) return [];
  if (condition.kind === 'filter') return ['work'];
  // How often something is tried again is counted anew by a new process, and rightly so.
  if (/retr(?:y|ies)|attempt|tries/iu.test(condition.text)) return [];
  return condition.branches.flatMap((branch) => effectsOf(branch, binding, code, work));
}

type Condition =
  | { readonly kind: 'branches'; readonly text: string; readonly branches: readonly ts.Node[] }
  /** The callback of `filter`, `some`, `every`, `find`: it chooses what is worked on. */
  | { readonly kind: 'filter' };

function conditionAround(use: ts.Node): Condition | undefined {
  let node = use;
  for (;;) {
    const { parent } = node;
    if (ts.isIfStatement(parent)) {
      return parent.expression === node
        ? branches(node, parent.thenStatement, parent.elseStatement, ...afterJump(parent))
        : undefined;
    }
    if (ts.isWhileStatement(parent) || ts.isDoStatement(parent)) {
      return parent.expression === node ? branches(node, parent.statement) : undefined;
    }
    if (ts.isForStatement(parent)) return parent.condition === node ? branches(node, parent.statement) : undefined;
    if (ts.isConditionalExpression(parent) && parent.condition === node)
      return branches(node, parent.whenTrue, parent.whenFalse);
    if (ts.isSwitchStatement(parent)) return parent.expression === node ? branches(node, parent.caseBlock) : undefined;
    if (isShortCircuit(parent) && parent.left === node && ts.isExpressionStatement(parent.parent))
      return branches(node, parent.right);
    if (isChooser(parent, node)) return { kind: 'filter' };
    if (!ts.isExpression(parent) || isFunctionNode(parent)) return undefined;
    node = parent;
  }
}

function branches(condition: ts.Node, ...nodes: readonly (ts.Node | undefined)[]): Condition {
  return { kind: 'branches', text: condition.getText(), branches: nodes.filter((node) => node !== undefined) };
}

/** What a jump in an `if` leaves out: the statements after it in the same block. */
function afterJump(statement: ts.IfStatement): readonly ts.Node[] {
  if (!jumps(statement.thenStatement) || !ts.isBlock(statement.parent)) return [];
  const { statements } = statement.parent;
  return statements.slice(statements.indexOf(statement) + 1);
}

function jumps(node: ts.Node): boolean {
  const last = ts.isBlock(node) ? node.statements.at(-1) : node;
  return (
    last !== undefined &&
    (ts.isContinueStatement(last) ||
      ts.isBreakStatement(last) ||
      (ts.isReturnStatement(last) && last.expression === undefined))
  );
}

function isShortCircuit(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarToken)
  );
}

function isChooser(parent: ts.Node, node: ts.Node): boolean {
  if (!ts.isArrowFunction(parent) || parent.body !== node || !ts.isCallExpression(parent.parent)) return false;
  const callee = parent.parent.expression;
  return ts.isPropertyAccessExpression(callee) && ['filter', 'some', 'every', 'find'].includes(callee.name.text);
}

/** What a branch does to the outside. Changes of the binding itself do not count: a cache only saves time. */
function effectsOf(branch: ts.Node, binding: Binding, code: Code, work: WorkKinds): readonly Guarded[] {
  const effects: Guarded[] = [];
  visit(branch, (node) => {
    if (isChangeOf(node, binding, code)) return false;
    if (ts.isBreakStatement(node) || ts.isThrowStatement(node)) effects.push('work');
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return true;
    effects.push(...effectsOfCall(node, code, work, new Set()));
    return true;
  });
  return effects;
}

function effectsOfCall(call: Call, code: Code, work: WorkKinds, seen: Set<ts.Node>): readonly Guarded[] {
  const write = code.rolesOf(call).find((role) => role.kind === 'write');
  if (write?.kind === 'write')
    return write.store === 'request-queue' ? ['requests'] : write.store === 'run' ? [] : ['output'];
  if (code.roleOf(call, 'lifecycle') !== undefined || isProcessExit(call)) return ['work'];
  switch (work.of(call)) {
    case 'slow':
      return ['work'];
    case 'own function':
      return code.calledFunctions(call).flatMap((fn) => {
        if (seen.has(fn)) return [];
        seen.add(fn);
        return work.callsIn([fn]).flatMap((inner) => effectsOfCall(inner, code, work, seen));
      });
    default:
      return [];
  }
}

function isProcessExit(call: Call): boolean {
  return call.expression.getText() === 'process.exit';
}

/** `cache = …`, `cache[key] = …`, `cache.set(key, …)`: what it costs to fill it is no effect. */
function isChangeOf(node: ts.Node, binding: Binding, code: Code): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return startsWith(node.left, binding, code);
  }
  return ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'set'
    ? startsWith(node.expression.expression, binding, code)
    : false;
}

function startsWith(expression: ts.Expression, binding: Binding, code: Code): boolean {
  let place: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(place) || ts.isElementAccessExpression(place)) {
    if (ts.isPropertyAccessExpression(place) && code.symbolOf(place.name) === binding.symbol) return true;
    place = place.expression;
  }
  return ts.isIdentifier(place) && code.symbolOf(place) === binding.symbol;
}
