import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { choicesAt, wholeConditionOf } from '../../flow/control-flow/choices.ts';
import { functionAround } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { bare, methodOf } from '../../syntax/operands.ts';
import { isOfAttempts, isPeriod } from './passing-conditions.ts';
import { calledNames, usesFrom } from '../../flow/value-uses.ts';

/** How many functions hand on an answer. */
const FURTHEST = 3;

/**
 * The uses of answers that these uses decide: in `if (isNew(id))`, where `isNew` says `if (seen.has(id)) return false`. Each is
 * asked in the place of `seen`.
 */
export function predicateGuardsOf(code: Code, uses: readonly ts.MemberName[]): readonly ts.MemberName[] {
  const answers = new Set<ts.MemberName>();
  let asked = uses;
  for (let depth = 0; depth < FURTHEST && asked.length > 0; depth += 1) {
    asked = usesFrom(
      code,
      asked.flatMap((use) => namesOfAnswer(code, use)),
    ).filter((use) => !answers.has(use));
    for (const use of asked) answers.add(use);
  }
  return [...answers];
}

/** The names by which the function is called that answers by a condition with this use. */
function namesOfAnswer(code: Code, use: ts.MemberName): readonly ts.MemberName[] {
  return !isPeriod(use) && decidesAnswer(code, use) ? calledNames(code, use) : [];
}

/** Whether a function returns something that stands in the code, such as `false` or nothing, by a condition with this use. */
function decidesAnswer(code: Code, use: ts.Node): boolean {
  return choicesAt(code, use).some(
    ({ condition, whenTrue, whenFalse }) =>
      !isOfAttempts(wholeConditionOf(condition)) && [...whenTrue, ...whenFalse].some(returnsConstant),
  );
}

/** The calls of `filter`, `map` and their kin that leave an item out by what this use says to their callback. */
export function callsChoosingBy(code: Code, use: ts.Node): readonly ts.CallExpression[] {
  const fn = functionAround(use);
  if (fn === undefined) return [];
  const answers = decidesAnswer(code, use);
  if (!answers && !isReturned(use, fn)) return [];
  return callsGiven(code, fn).filter((call) => {
    const name = methodOf(call)?.name ?? '';
    return CHOOSERS.has(name) || (answers && MAPPERS.has(name));
  });
}

/** Whether a use is part of what a function returns. */
function isReturned(use: ts.Node, fn: FunctionNode): boolean {
  let node = use;
  while (node.parent !== fn && ts.isExpression(node.parent)) node = node.parent;
  return ts.isReturnStatement(node.parent) || (ts.isArrowFunction(fn) && fn.body === node);
}

/** The calls that a function is given to first, where it stands or by its name. */
function callsGiven(code: Code, fn: FunctionNode): readonly ts.CallExpression[] {
  const holder = ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn.name;
  const symbol = holder !== undefined && ts.isIdentifier(holder) ? code.symbolOf(holder) : undefined;
  const names: readonly ts.Node[] = symbol === undefined ? [] : code.referencesOf(symbol);
  return [fn, ...names].flatMap((node) => {
    const { parent } = node;
    return ts.isCallExpression(parent) && parent.arguments[0] === node ? [parent] : [];
  });
}

const CHOOSERS: ReadonlySet<string> = new Set(['filter', 'some', 'every', 'find']);

/** What they return has an empty place for an item that is left out. */
const MAPPERS: ReadonlySet<string> = new Set(['map', 'flatMap']);

function returnsConstant(node: ts.Node): boolean {
  if (!ts.isReturnStatement(node)) return false;
  return node.expression === undefined || /^(?:true|false|null|undefined)$/u.test(bare(node.expression).getText());
}
