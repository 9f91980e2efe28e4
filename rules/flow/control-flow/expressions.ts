import { ts } from 'ts-morph';

import { isFunctionNode } from '../../syntax/functions.ts';
import { bare, methodOf } from '../../syntax/operands.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import type { Block, Decision, Outcome } from './blocks.ts';
import { STOPPING_EARLY, inliningOf } from './inlined.ts';
import { isStatic } from './places.ts';
import type { UnitBuilder } from './unit-builder.ts';

/** Assembles the evaluation of an expression: its parts in their order, then itself. */
export function evaluate(builder: UnitBuilder, node: ts.Node): void {
  const { flow } = builder;
  if (ts.isTypeNode(node)) return;
  if (isFunctionNode(node)) {
    flow.place(node);
  } else if (ts.isBinaryExpression(node)) {
    evaluateBinary(builder, node);
  } else if (ts.isConditionalExpression(node)) {
    const [whenTrue, whenFalse, join] = [flow.block(), flow.block(), flow.block()];
    branch(builder, node.condition, whenTrue, whenFalse);
    flow.startAt(whenTrue);
    evaluate(builder, node.whenTrue);
    flow.link(join);
    flow.startAt(whenFalse);
    evaluate(builder, node.whenFalse);
    flow.goTo(join);
    flow.place(node);
  } else if (ts.isOptionalChain(node)) {
    const end = flow.block();
    evaluateChain(builder, node, end);
    flow.goTo(end);
  } else if (ts.isCallExpression(node)) {
    evaluateCall(builder, node);
  } else if (ts.isClassLike(node)) {
    evaluateClass(builder, node);
  } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    evaluateTarget(builder, node.operand);
    flow.place(node);
  } else if (ts.isPropertyAccessExpression(node)) {
    evaluate(builder, node.expression);
    flow.place(node);
  } else {
    ts.forEachChild(node, (child) => evaluate(builder, child));
    if (throws(node)) flow.mayThrow(node);
    else flow.place(node);
    builder.endAfter(node);
  }
}

function throws(node: ts.Node): boolean {
  return (
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isYieldExpression(node)
  );
}

/** Assembles a condition: what its outcomes lead to is given by the caller, who goes on in one of them. */
export function branch(builder: UnitBuilder, condition: ts.Expression, whenTrue: Block, whenFalse: Block): void {
  const { flow } = builder;
  const test = bare(condition);
  if (ts.isPrefixUnaryExpression(test) && test.operator === ts.SyntaxKind.ExclamationToken) {
    branch(builder, test.operand, whenFalse, whenTrue);
    return;
  }
  if (ts.isBinaryExpression(test)) {
    const { kind } = test.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) {
      const right = flow.block();
      const isAnd = kind === ts.SyntaxKind.AmpersandAmpersandToken;
      branch(builder, test.left, isAnd ? right : whenTrue, isAnd ? whenFalse : right);
      flow.startAt(right);
      branch(builder, test.right, whenTrue, whenFalse);
      return;
    }
    const asked = comparedWithBoolean(test);
    if (asked !== undefined) {
      branch(builder, asked.value, asked.holds ? whenTrue : whenFalse, asked.holds ? whenFalse : whenTrue);
      return;
    }
  }
  evaluate(builder, test);
  if (test.kind === ts.SyntaxKind.TrueKeyword) flow.link(whenTrue);
  else if (test.kind === ts.SyntaxKind.FalseKeyword) flow.link(whenFalse);
  else fork(builder, { condition: test, outcome: 'true' }, whenTrue, 'false', whenFalse);
}

/** Two ways on from here, by the outcome of one condition. */
export function fork(builder: UnitBuilder, first: Decision, to: Block, other: Outcome, otherTo: Block): void {
  builder.flow.link(to, first);
  builder.flow.link(otherTo, { ...first, outcome: other });
}

/** `found === true`, `found !== true`, `found === false` */
function comparedWithBoolean(node: ts.BinaryExpression): { value: ts.Expression; holds: boolean } | undefined {
  const { kind } = node.operatorToken;
  const isSame = kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
  const isOther = kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
  if (!isSame && !isOther) return undefined;
  for (const [value, literal] of [
    [node.left, bare(node.right)],
    [node.right, bare(node.left)],
  ] as const) {
    if (literal.kind === ts.SyntaxKind.TrueKeyword) return { value, holds: isSame };
    if (literal.kind === ts.SyntaxKind.FalseKeyword) return { value, holds: isOther };
  }
  return undefined;
}

function evaluateBinary(builder: UnitBuilder, node: ts.BinaryExpression): void {
  const { flow } = builder;
  const { kind } = node.operatorToken;
  const outcome = RUNS_RIGHT.get(kind);
  if (outcome !== undefined) {
    const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    const [right, join] = [flow.block(), flow.block()];
    if (outcome === 'true') branch(builder, node.left, right, join);
    else if (outcome === 'false') branch(builder, node.left, join, right);
    else {
      evaluate(builder, node.left);
      fork(builder, { condition: bare(node.left), outcome: 'nullish' }, right, 'present', join);
    }
    flow.startAt(right);
    evaluate(builder, node.right);
    if (isAssignment) flow.place(node);
    flow.goTo(join);
    if (!isAssignment) flow.place(node);
    return;
  }
  const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  if (assigns) evaluateTarget(builder, node.left);
  else evaluate(builder, node.left);
  evaluate(builder, node.right);
  flow.place(node);
}

/** The outcome of the left side under which an operator evaluates its right side. */
const RUNS_RIGHT: ReadonlyMap<ts.SyntaxKind, 'true' | 'false' | 'nullish'> = new Map([
  [ts.SyntaxKind.AmpersandAmpersandToken, 'true'],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, 'true'],
  [ts.SyntaxKind.BarBarToken, 'false'],
  [ts.SyntaxKind.BarBarEqualsToken, 'false'],
  [ts.SyntaxKind.QuestionQuestionToken, 'nullish'],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, 'nullish'],
]);

/** A place that is changed has no place of its own: it is changed when the assignment is done. */
function evaluateTarget(builder: UnitBuilder, target: ts.Expression): void {
  const place = bare(target);
  if (ts.isIdentifier(place)) return;
  if (ts.isPropertyAccessExpression(place)) {
    evaluate(builder, place.expression);
  } else if (ts.isElementAccessExpression(place)) {
    evaluate(builder, place.expression);
    evaluate(builder, place.argumentExpression);
  } else if (!ts.isObjectLiteralExpression(place) && !ts.isArrayLiteralExpression(place)) {
    evaluate(builder, place);
  }
}

/** What stands behind a `?.` is left out, to the end of the chain, where there is nothing before it. */
function evaluateChain(builder: UnitBuilder, node: ts.Expression, end: Block): void {
  const { flow } = builder;
  if (!ts.isOptionalChain(node)) {
    evaluate(builder, node);
    return;
  }
  evaluateChain(builder, node.expression, end);
  if (!ts.isNonNullExpression(node) && node.questionDotToken !== undefined) {
    const present = flow.block();
    fork(builder, { condition: bare(node.expression), outcome: 'present' }, present, 'nullish', end);
    flow.startAt(present);
  }
  if (ts.isElementAccessExpression(node)) evaluate(builder, node.argumentExpression);
  if (ts.isCallExpression(node)) finishCall(builder, node);
  else flow.place(node);
}

function evaluateCall(builder: UnitBuilder, call: ts.CallExpression): void {
  const callee = bare(call.expression);
  if (isFunctionNode(callee) && inliningOf(callee) === 'called') {
    for (const argument of call.arguments) evaluate(builder, argument);
    builder.runFunction(callee);
    builder.flow.place(call);
    return;
  }
  const receiver = methodOf(call)?.object ?? callee;
  const [first] = call.arguments.map(bare);
  const fn = first !== undefined && isFunctionNode(first) ? first : undefined;
  const form = fn === undefined ? undefined : inliningOf(fn);
  if (fn !== undefined && (form === 'catch' || form === 'finally')) {
    builder.tried(call, {
      body: () => evaluate(builder, receiver),
      ...(form === 'catch' ? { onError: () => builder.runFunction(fn) } : { cleanup: () => builder.runFunction(fn) }),
    });
    builder.flow.place(call);
    return;
  }
  evaluate(builder, call.expression);
  finishCall(builder, call);
}

function finishCall(builder: UnitBuilder, call: ts.CallExpression): void {
  const { flow } = builder;
  for (const argument of call.arguments) evaluate(builder, argument);
  for (const argument of call.arguments.map(bare)) {
    if (!isFunctionNode(argument)) continue;
    const form = inliningOf(argument);
    if (form === 'then') builder.runFunction(argument);
    if (form === 'catch') runOnError(builder, call, argument);
    if (form === 'looped') runForEach(builder, call, argument);
  }
  flow.mayThrow(call);
  builder.endAfter(call);
}

/** The second function of `then`. */
function runOnError(builder: UnitBuilder, call: ts.CallExpression, fn: FunctionNode): void {
  const { flow } = builder;
  const [fails, join] = [flow.block(), flow.block()];
  fork(builder, { condition: call, outcome: 'fails' }, fails, 'completes', join);
  flow.startAt(fails);
  builder.runFunction(fn);
  flow.goTo(join);
}

function runForEach(builder: UnitBuilder, call: ts.CallExpression, fn: FunctionNode): void {
  const { flow } = builder;
  const [header, body, after] = [flow.block(), flow.block(), flow.block()];
  flow.headers.set(header, call);
  flow.goTo(header);
  fork(builder, { condition: call.expression, outcome: 'item' }, body, 'done', after);
  flow.startAt(body);
  builder.runFunction(fn);
  if (STOPPING_EARLY.has(methodOf(call)?.name ?? '')) flow.link(after);
  flow.link(header);
  flow.startAt(after);
}

/** What a class does where it stands: its heritage, computed names, static fields and blocks. */
function evaluateClass(builder: UnitBuilder, node: ts.ClassLikeDeclaration): void {
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token === ts.SyntaxKind.ExtendsKeyword)
      for (const type of clause.types) evaluate(builder, type.expression);
  }
  for (const member of node.members) {
    if (member.name !== undefined && ts.isComputedPropertyName(member.name)) evaluate(builder, member.name.expression);
    if (ts.isClassStaticBlockDeclaration(member)) builder.run(member.body);
    const isInitialised = ts.isPropertyDeclaration(member) && isStatic(member);
    if (isInitialised && member.initializer !== undefined) {
      evaluate(builder, member.initializer);
      builder.flow.place(member);
    }
  }
  builder.flow.place(node);
}
