import { ts } from 'ts-morph';

import { isFunctionNode } from './functions.ts';

/** What a condition decides between. */
export type Condition =
  | { readonly kind: 'branches'; readonly of: ts.Node; readonly text: string; readonly branches: readonly ts.Node[] }
  /** The callback of `filter`, `some`, `every`, `find`: it chooses what is worked on. */
  | { readonly kind: 'filter'; readonly call: ts.CallExpression };

/** The condition that a use is part of; `undefined` where it decides nothing. */
export function conditionAround(use: ts.Node): Condition | undefined {
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
    const chooser = chooserOf(parent, node);
    if (chooser !== undefined) return { kind: 'filter', call: chooser };
    if (!ts.isExpression(parent) || isFunctionNode(parent)) return undefined;
    node = parent;
  }
}

function branches(condition: ts.Node, ...nodes: readonly (ts.Node | undefined)[]): Condition {
  const all = nodes.filter((node) => node !== undefined);
  return { kind: 'branches', of: condition.parent, text: condition.getText(), branches: all };
}

/** What a jump in an `if` leaves out: the statements after it in the same block. */
function afterJump(statement: ts.IfStatement): readonly ts.Node[] {
  if (!jumps(statement.thenStatement) || !ts.isBlock(statement.parent)) return [];
  const { statements } = statement.parent;
  return statements.slice(statements.indexOf(statement) + 1);
}

function jumps(node: ts.Node): boolean {
  const last = lastOf(node);
  return last !== undefined && (ts.isContinueStatement(last) || ts.isBreakStatement(last) || returnsConstant(node));
}

/** Whether a branch ends with an answer that stands in the code: `return false`, `return null`, `return`. */
export function returnsConstant(branch: ts.Node): boolean {
  const last = lastOf(branch);
  if (last === undefined || !ts.isReturnStatement(last)) return false;
  return last.expression === undefined || /^(?:true|false|null|undefined)$/u.test(last.expression.getText());
}

function lastOf(branch: ts.Node): ts.Node | undefined {
  return ts.isBlock(branch) ? branch.statements.at(-1) : branch;
}

function isShortCircuit(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarToken)
  );
}

/** The call of `filter` and its kin, where the node is what their callback answers. */
function chooserOf(parent: ts.Node, node: ts.Node): ts.CallExpression | undefined {
  if (!ts.isArrowFunction(parent) || parent.body !== node || !ts.isCallExpression(parent.parent)) return undefined;
  const callee = parent.parent.expression;
  const chooses = ts.isPropertyAccessExpression(callee) && CHOOSERS.has(callee.name.text);
  return chooses ? parent.parent : undefined;
}

const CHOOSERS: ReadonlySet<string> = new Set(['filter', 'some', 'every', 'find']);
