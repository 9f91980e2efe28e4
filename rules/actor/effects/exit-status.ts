import { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import { choicesAt } from '../../flow/control-flow/choices.ts';
import { isProcessExit } from '../../flow/process-ends.ts';
import { isFunctionNode, isWithin } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';

/**
 * Where the status that the run ends with depends on a use: it stands in the exit code, or in the condition of an exit with a
 * code that is not 0. A status message is only told.
 */
export function exitStatusAt(code: Code, use: ts.Node): ts.Node | undefined {
  for (let node = use; !ts.isStatement(node) && !isFunctionNode(node); node = node.parent) {
    const exit = exitCodeOf(code, node);
    if (exit !== undefined && isWithin(use, exit.value)) return node;
  }
  return choicesAt(code, use)
    .flatMap(({ whenTrue, whenFalse }) => [...whenTrue, ...whenFalse])
    .find((node) => exitCodeOf(code, node)?.fails === true);
}

/** The code that an exit ends with. `Actor.fail()` has one that is not 0, whether it says so or not. */
interface ExitCode {
  /** The code, or what stands for it. */
  readonly value: ts.Node;
  readonly fails: boolean;
}

function exitCodeOf(code: Code, node: ts.Node): ExitCode | undefined {
  if (ts.isBinaryExpression(node)) {
    const sets = node.operatorToken.kind === ts.SyntaxKind.EqualsToken && node.left.getText() === 'process.exitCode';
    return sets ? { value: node.right, fails: isFailure(node.right) } : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  if (isProcessExit(code, node)) {
    const [value] = node.arguments;
    return value && { value, fails: isFailure(value) };
  }
  const step = code.roleOf(node, 'lifecycle')?.word;
  if (step !== 'exit' && step !== 'fail') return undefined;
  const value =
    argumentAt(code, node, { index: 0, property: 'exitCode' }) ??
    argumentAt(code, node, { index: 1, property: 'exitCode' });
  if (value === undefined) return step === 'fail' ? { value: node.expression, fails: true } : undefined;
  return { value, fails: isFailure(value) };
}

function isFailure(value: ts.Expression): boolean {
  const number = awaited(value);
  return ts.isNumericLiteral(number) && number.text !== '0';
}
