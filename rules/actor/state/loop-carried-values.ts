import { ts } from 'ts-morph';

import { AccessPaths } from '../../flow/access-paths.ts';
import { placedFor } from '../../flow/arguments.ts';
import { narrowed } from '../../flow/operands.ts';
import { declaredNames } from '../../syntax/patterns.ts';
import { isHolder } from '../../flow/holders.ts';
import { patternHolder } from '../../flow/bindings.ts';
import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, visit } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import type { Mutation, MutationKind } from '../../flow/mutations.ts';
import { recursiveCallsOf } from '../../flow/recursive-calls.ts';
import type { Region } from '../regions/regions.ts';
import { isSmallNumber } from '../../flow/small-loops.ts';

/**
 * What a function that calls itself hands on to its next round in place of what it got: `crawl(page + 1)` changes `page`
 * as a loop does. Quiet where a round has several next ones, as on a tree: no value then says how far the work is.
 */
export function loopCarriedIn(code: Code, { kind, head }: Region): readonly Mutation[] {
  if (kind !== 'recursion' || !isFunctionNode(head)) return [];
  const calls = recursiveCallsOf(code, head);
  if (!calls.every((call) => isOneOnly(call, head))) return [];
  const changed = new Set(
    mutationsOf(code)
      .in([head])
      .map(({ binding }) => binding.symbol),
  );
  return takenBy(code, head).flatMap(({ binding, taker }) => {
    const handed = calls
      .flatMap((call) => givenAt(code, taker, call).map((value) => ({ call, value })))
      .filter(({ value }) => changed.has(binding.symbol) || !isName(code, value, binding));
    if (new Set(handed.map(({ value }) => value.getText())).size !== 1 || isFewRounds(code, binding)) return [];
    return handed.map(({ call, value }) => ({
      kind: kindOf(code, value, binding),
      node: call,
      binding,
      path: [],
      isWhole: true,
      value,
    }));
  });
}

/** Whether a binding is what a round of a recursion is given, or a part of it. */
export function isGiven({ declaration }: Binding, { head }: Region): boolean {
  return patternHolder(declaration).parent === head && !isHolder(declaration);
}

/** A parameter, or a part of its pattern. */
interface Taken {
  readonly binding: Binding;
  readonly taker: ts.ParameterDeclaration | ts.BindingElement;
}

function takenBy(code: Code, fn: FunctionNode): readonly Taken[] {
  const paths = new AccessPaths(code);
  const names = fn.parameters.flatMap(({ name, dotDotDotToken }) => (dotDotDotToken ? [] : declaredNames(name)));
  return names.flatMap((name) => {
    const binding = paths.bindingOf(name);
    const { parent: taker } = name;
    return binding !== undefined && (ts.isParameter(taker) || ts.isBindingElement(taker)) ? [{ binding, taker }] : [];
  });
}

function givenAt(code: Code, taker: Taken['taker'], call: Call): readonly ts.Expression[] {
  const { given } = placedFor(code, taker, [], call);
  const operands = typeof given === 'string' ? [] : narrowed(code, given);
  return operands.flatMap(({ expression, path }) => (path.length === 0 ? [expression] : []));
}

/** Whether a value is the binding itself, unchanged. */
function isName(code: Code, value: ts.Expression, { symbol }: Binding): boolean {
  const name = awaited(value);
  return ts.isIdentifier(name) && code.symbolOf(name) === symbol;
}

/** `page + 1` is a step from the value before; `answer.next` is another value. */
function kindOf(code: Code, value: ts.Expression, { symbol }: Binding): MutationKind {
  let isStep = false;
  visit(value, (node) => {
    isStep ||= ts.isIdentifier(node) && code.symbolOf(node) === symbol;
  });
  return isStep ? 'step' : 'set';
}

/** Whether a small number in the code says how far it goes: work that is soon done again. */
function isFewRounds(code: Code, { symbol }: Binding): boolean {
  return code.referencesOf(symbol).some(({ parent }) => {
    if (!ts.isBinaryExpression(parent)) return false;
    const { kind } = parent.operatorToken;
    const compares = kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.GreaterThanEqualsToken;
    return compares && [parent.left, parent.right].some((side) => isSmallNumber(code, side));
  });
}

/** Whether a round has this call as its only next one: in no loop, and in no function but what follows a promise or a timer. */
function isOneOnly(call: Call, fn: FunctionNode): boolean {
  for (let node: ts.Node = call.parent; node !== fn; node = node.parent) {
    if (ts.isIterationStatement(node, false)) return false;
    if (isFunctionNode(node) && !isCalledOnce(node)) return false;
  }
  return true;
}

function isCalledOnce({ parent }: FunctionNode): boolean {
  if (!ts.isCallExpression(parent)) return false;
  const { expression: callee } = parent;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  return ts.isIdentifier(name) && /^(?:then|finally|setTimeout|setImmediate|nextTick)$/u.test(name.text);
}
