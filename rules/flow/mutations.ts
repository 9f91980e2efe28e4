import { ts } from 'ts-morph';

import type { Binding, Bindings } from './bindings.ts';
import type { Code } from './code.ts';
import { visit } from '../syntax/functions.ts';
import { awaited } from '../syntax/operands.ts';

/** How a binding is changed: a `step` starts from the value before, a `set` does not, `add` and `remove` change a collection. */
export type MutationKind = 'set' | 'step' | 'add' | 'remove';

export interface Mutation {
  readonly kind: MutationKind;
  readonly node: ts.Node;
  readonly binding: Binding;
  /** True when the binding itself gets the value, false for a property or element of what it holds. */
  readonly isWhole: boolean;
  /** What is put in its place, or in it. */
  readonly value: ts.Expression | undefined;
}

const ADDING: ReadonlySet<string> = new Set(['add', 'push', 'unshift', 'set', 'splice']);
const REMOVING: ReadonlySet<string> = new Set(['clear', 'delete', 'pop', 'shift']);
const COLLECTIONS: ReadonlySet<string> = new Set(['Array', 'Map', 'Set', 'WeakMap', 'WeakSet']);

/** Whether a method of this name changes what it is called on, where that is an array, a Map or a Set. */
export function isChangingMethod(name: string): boolean {
  return ADDING.has(name) || REMOVING.has(name);
}

/**
 * Every change of a binding in these nodes.
 *
 * @param functions `called`: a function that is declared in a node counts only if it is one of the nodes itself
 */
export function mutationsIn(
  roots: Iterable<ts.Node>,
  code: Code,
  bindings: Bindings,
  functions: 'called' | 'all' = 'called',
): readonly Mutation[] {
  const found = new Map<ts.Node, readonly Mutation[]>();
  for (const root of roots) {
    visit(root, (node) => {
      if (functions === 'called' && node !== root && ts.isFunctionDeclaration(node)) return false;
      if (!found.has(node)) {
        const mutations = mutationsAt(node, code, bindings);
        if (mutations.length > 0) found.set(node, mutations);
      }
      return true;
    });
  }
  return [...found.values()].flat();
}

function mutationsAt(node: ts.Node, code: Code, bindings: Bindings): readonly Mutation[] {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return ofAssignment(node, bindings);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return steps ? at(node.operand, 'step', node, undefined, bindings) : [];
  }
  if (ts.isDeleteExpression(node)) return at(node.expression, 'remove', node, undefined, bindings);
  return ts.isCallExpression(node) ? ofCall(node, code, bindings) : [];
}

function ofAssignment(node: ts.BinaryExpression, bindings: Bindings): readonly Mutation[] {
  const left = awaited(node.left);
  const isPlain = node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left)) {
    return patternTargets(left).flatMap((target) => at(target, 'set', node, node.right, bindings));
  }
  return at(left, isPlain && !isSelfStep(node) ? 'set' : 'step', node, node.right, bindings);
}

/** `count = count + 1`, `total = Math.max(total, n)`: a step written as an assignment. */
function isSelfStep(node: ts.BinaryExpression): boolean {
  const name = node.left.getText();
  let mentions = false;
  visit(node.right, (part) => {
    mentions ||= ts.isExpression(part) && part.getText() === name && !isPropertyName(part);
  });
  return mentions;
}

/** The `page` of `answer.page` is another than the variable of that name. */
function isPropertyName(part: ts.Node): boolean {
  return ts.isPropertyAccessExpression(part.parent) && part.parent.name === part;
}

function patternTargets(pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression): readonly ts.Expression[] {
  if (ts.isArrayLiteralExpression(pattern))
    return pattern.elements.filter((element) => !ts.isOmittedExpression(element));
  return pattern.properties.flatMap((property) => {
    if (ts.isShorthandPropertyAssignment(property)) return [property.name];
    return ts.isPropertyAssignment(property) ? [property.initializer] : [];
  });
}

function ofCall(node: ts.CallExpression, code: Code, bindings: Bindings): readonly Mutation[] {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const method = callee.name.text;
  if (callee.getText() === 'Object.assign') {
    const [target] = node.arguments;
    return target === undefined ? [] : at(target, 'set', node, node.arguments[1], bindings, true);
  }
  if (!ADDING.has(method) && !REMOVING.has(method)) return [];
  if (!isCollection(callee.expression, code)) return [];
  const puts = ADDING.has(method) && (method !== 'splice' || node.arguments.length > 2);
  const kind = puts ? 'add' : 'remove';
  return at(callee.expression, kind, node, node.arguments.at(-1), bindings, true);
}

/** Names lie: an `output.set()` may be no Map. A type that is not known is a collection if something made it one. */
function isCollection(receiver: ts.Expression, code: Code): boolean {
  const type = code.checker.getTypeAtLocation(receiver);
  const name = type.symbol as ts.Symbol | undefined;
  if (name !== undefined && COLLECTIONS.has(name.name)) return true;
  if ((type.flags & ts.TypeFlags.Any) === 0) return code.checker.isArrayType(type);
  return code.valuesOf(receiver).some(isCollectionValue);
}

function isCollectionValue(value: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(value)) return true;
  return ts.isNewExpression(value) && ts.isIdentifier(value.expression) && COLLECTIONS.has(value.expression.text);
}

function at(
  target: ts.Expression,
  kind: MutationKind,
  node: ts.Node,
  value: ts.Expression | undefined,
  bindings: Bindings,
  through = false,
): readonly Mutation[] {
  const place = awaited(target);
  const isWhole = !through && (ts.isIdentifier(place) || isField(place));
  return bindings.rootsOf(place, through).map((binding) => ({ kind, node, binding, isWhole, value }));
}

function isField(place: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(place) && place.expression.kind === ts.SyntaxKind.ThisKeyword;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
