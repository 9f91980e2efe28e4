import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import { isOfLibrary } from '../../program/library.ts';
import type { Mutation } from '../../flow/mutations.ts';

/**
 * What a variable holds, as far as it decides how it is saved. `plain`: JSON keeps it as it is. Of a Set and a Map JSON
 * keeps nothing, of a Date its text: these are turned into something else on the way (sdk-facts.md, section 8).
 */
export type ValueKind = 'plain' | 'object' | 'array' | 'set' | 'map' | 'date';

/** The kind of a variable's values; `undefined` where JSON would lose some, or where the code does not tell. */
export function valueKindOf(
  code: Code,
  declaration: ts.VariableDeclaration,
  changes: readonly Mutation[],
): ValueKind | undefined {
  const { initializer } = declaration;
  const kind = initializer === undefined ? 'plain' : kindOfInitial(initializer);
  // What a pattern takes out of a value is no more known than the value: the variable's own type has to tell.
  const taken = changes.filter(({ node }) => isPatternAssignment(node));
  if (taken.length > 0 && !isPlainType(code, code.checker.getTypeAtLocation(declaration.name), 0)) return undefined;
  const told = changes.filter((change) => !taken.includes(change));
  const whole = told.filter(({ isWhole, kind: change }) => isWhole && change === 'set');
  const parts = told.filter((change) => !whole.includes(change));
  if (!parts.every(({ node, value }) => partsOf(node, value).every((part) => isPlain(code, part)))) return undefined;
  if (kind === 'set' || kind === 'map' || kind === 'date') {
    const others = whole.map(({ value }) => value);
    return taken.length === 0 &&
      others.every((value) => value !== undefined && kindOfInitial(awaited(value)) === kind) &&
      isPlainInside(code, initializer)
      ? kind
      : undefined;
  }
  const values = [initializer, ...whole.map(({ value }) => value)].filter((value) => value !== undefined);
  if (!values.every((value) => isPlain(code, value))) return undefined;
  return kind;
}

function isPatternAssignment(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) && (ts.isObjectLiteralExpression(node.left) || ts.isArrayLiteralExpression(node.left))
  );
}

function kindOfInitial(initializer: ts.Expression): ValueKind {
  const value = awaited(initializer);
  if (ts.isObjectLiteralExpression(value)) return 'object';
  if (ts.isArrayLiteralExpression(value)) return 'array';
  if (ts.isNewExpression(value) && ts.isIdentifier(value.expression)) {
    const { text } = value.expression;
    if (text === 'Set') return 'set';
    if (text === 'Map') return 'map';
    if (text === 'Date') return 'date';
  }
  return 'plain';
}

/** What a Set or a Map is made from. */
function isPlainInside(code: Code, initializer: ts.Expression | undefined): boolean {
  const value = initializer && awaited(initializer);
  return (
    value === undefined || !ts.isNewExpression(value) || (value.arguments ?? []).every((each) => isPlain(code, each))
  );
}

/** What a change puts into a variable: all arguments of `push`, the one value of an assignment. */
function partsOf(node: ts.Node, value: ts.Expression | undefined): readonly ts.Expression[] {
  if (ts.isCallExpression(node))
    return node.arguments.map((each) => (ts.isSpreadElement(each) ? each.expression : each));
  return value === undefined ? [] : [value];
}

/** Whether JSON keeps a value. What nothing is known of, such as the answer of a server, is taken to be JSON. */
function isPlain(code: Code, expression: ts.Expression): boolean {
  const value = awaited(expression);
  if (ts.isIdentifier(value) && ['Infinity', 'NaN'].includes(value.text)) return false;
  if (ts.isBigIntLiteral(value) || ts.isRegularExpressionLiteral(value) || ts.isClassExpression(value)) return false;
  if (ts.isNewExpression(value) || isFunctionNode(value) || isCaught(code, value)) return false;
  if (ts.isPropertyAccessExpression(value) && /(?:INFINITY|NaN)$/u.test(value.name.text)) return false;
  if (ts.isObjectLiteralExpression(value)) return value.properties.every((property) => isPlainProperty(code, property));
  if (ts.isArrayLiteralExpression(value)) {
    return value.elements.every((each) => isPlain(code, ts.isSpreadElement(each) ? each.expression : each));
  }
  if (ts.isConditionalExpression(value)) return isPlain(code, value.whenTrue) && isPlain(code, value.whenFalse);
  if (ts.isPrefixUnaryExpression(value)) return isPlain(code, value.operand);
  return isPlainType(code, code.checker.getTypeAtLocation(value), 0);
}

function isPlainProperty(code: Code, property: ts.ObjectLiteralElementLike): boolean {
  if (ts.isPropertyAssignment(property)) return isPlain(code, property.initializer);
  if (ts.isShorthandPropertyAssignment(property)) return isPlain(code, property.name);
  return ts.isSpreadAssignment(property) && isPlain(code, property.expression);
}

/** What a `catch` gives is most often an Error, of which JSON keeps nothing. */
function isCaught(code: Code, value: ts.Expression): boolean {
  if (!ts.isIdentifier(value)) return false;
  const declaration = code.symbolOf(value)?.valueDeclaration;
  return declaration !== undefined && ts.isCatchClause(declaration.parent);
}

const DEEPEST = 3;

function isPlainType(code: Code, type: ts.Type, depth: number): boolean {
  if (type.isUnionOrIntersection()) return type.types.every((each) => isPlainType(code, each, depth));
  if ((type.flags & (ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike)) !== 0) return false;
  if ((type.flags & ts.TypeFlags.Object) === 0 || depth > DEEPEST) return true;
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
  if (code.checker.isArrayType(type) || code.checker.isTupleType(type)) {
    const element = type.getNumberIndexType();
    return element === undefined || isPlainType(code, element, depth + 1);
  }
  const declared = type.getSymbol()?.declarations ?? [];
  if (declared.some((each) => ts.isClassLike(each) || isBuiltIn(each))) return false;
  return type.getProperties().every((property) => {
    const [place] = property.declarations ?? [];
    if (place === undefined) return true;
    return isPlainType(code, code.checker.getTypeOfSymbolAtLocation(property, place), depth + 1);
  });
}

/** Date, Map, Set, RegExp, Error and their kin: interfaces of TypeScript's own library. */
function isBuiltIn(declaration: ts.Declaration): boolean {
  return ts.isInterfaceDeclaration(declaration) && isOfLibrary(declaration);
}
