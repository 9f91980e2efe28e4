import { ts } from 'ts-morph';

/** `place = value`: not `+=` and its kin. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** The assignment that a place is the target of. */
export function assignmentTo(place: ts.Node): ts.BinaryExpression | undefined {
  const { parent } = place;
  return isAssignment(parent) && parent.left === place ? parent : undefined;
}

/** Whether a name, or an access, is used for its value: neither declared nor assigned. */
export function isRead(name: ts.Expression): boolean {
  const { parent } = name;
  return ts.isVariableDeclaration(parent) ? parent.name !== name : assignmentTo(name) === undefined;
}

/** The expression that changes a place: an assignment, `++` or `--`. */
export function changeOf(place: ts.Node): ts.Expression | undefined {
  const { parent } = place;
  return changedBy(parent) === place && ts.isExpression(parent) ? parent : undefined;
}

/** The place that an assignment, `++` or `--` changes. */
export function changedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? node.left : undefined;
  }
  const steps =
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken);
  return steps ? node.operand : undefined;
}
