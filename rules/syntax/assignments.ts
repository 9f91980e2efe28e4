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
  if (ts.isBinaryExpression(parent) && parent.left === place) {
    const { kind } = parent.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? parent : undefined;
  }
  const steps =
    (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) &&
    (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken);
  return steps ? parent : undefined;
}
