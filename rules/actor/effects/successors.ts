import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { endsProcess } from '../../flow/process-ends.ts';
import { statementsAfter } from './exits.ts';
import { isFunctionNode, unitOf } from '../../syntax/functions.ts';
import type { Unit } from '../../syntax/functions.ts';
import { isLog } from '../../flow/logs.ts';

/** How many calls are followed up to who comes next. */
const FURTHEST = 3;

/**
 * The first thing that the code does after a node, logs aside: in the node's function, or where that ends, in those that call
 * it. `undefined` where nothing surely follows, the process is ended next, or an error is thrown.
 */
export function successorOf(code: Code, node: ts.Node, depth = FURTHEST): ts.Statement | undefined {
  const unit = unitOf(node);
  const next = nextIn(code, unit, node);
  if (next !== 'returns') return next;
  if (depth === 0 || !isFunctionNode(unit)) return undefined;
  for (const call of code.callersOf(unit)) {
    const found = successorOf(code, call, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nextIn(code: Code, unit: Unit, node: ts.Node): ts.Statement | 'returns' | undefined {
  for (let current = node; current !== unit; current = current.parent) {
    if (ts.isReturnStatement(current)) return 'returns';
    for (const statement of statementsAfter(current.parent, current)) {
      if (ts.isReturnStatement(statement)) return 'returns';
      if (ts.isThrowStatement(statement) || ends(code, statement)) return undefined;
      if (ts.isBreakOrContinueStatement(statement)) break;
      if (!isIdle(code, statement)) return statement;
    }
  }
  return 'returns';
}

/** A statement that tells, or declares what does nothing by itself. */
function isIdle(code: Code, statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement)) {
    return ts.isFunctionDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isEmptyStatement(statement);
  }
  return ts.isCallExpression(statement.expression) && isLog(code, statement.expression);
}

function ends(code: Code, statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(call) && endsProcess(code, call);
}
