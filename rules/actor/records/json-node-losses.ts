import { ts } from 'ts-morph';

import { isFunctionNode } from '../../syntax/functions.ts';
import { isOfLibrary } from '../../program/library.ts';

/**
 * What JSON does not keep (sdk-facts.md, section 8). Of a `collection` it writes `{}`, of an infinite number `null`, of a
 * function its source text; a BigInt it refuses.
 */
export type JsonLossKind = 'collection' | 'bigint' | 'infinite' | 'function';

/** What JSON loses of a value that is written down at one place. */
export interface NodeLoss {
  readonly kind: JsonLossKind;
  /** What it is, as a person calls it: `Set`, `Infinity`. */
  readonly what: string;
}

/** What JSON loses of a node by itself. */
export function lossOf(node: ts.Node): NodeLoss | undefined {
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    const { text } = node.expression;
    return /^(?:Weak)?(?:Map|Set)$/u.test(text) ? { kind: 'collection', what: text } : undefined;
  }
  if (ts.isBigIntLiteral(node) || (ts.isCallExpression(node) && node.expression.getText() === 'BigInt')) {
    return { kind: 'bigint', what: 'BigInt' };
  }
  const number = infiniteNumber(node);
  if (number !== undefined) return { kind: 'infinite', what: number };
  return isFunctionNode(node) && !ts.isMethodDeclaration(node) ? { kind: 'function', what: 'function' } : undefined;
}

/** `Infinity`, `-Infinity`, `NaN` and their names in `Number`. */
function infiniteNumber(node: ts.Node): string | undefined {
  if (ts.isPrefixUnaryExpression(node)) {
    const positive = node.operator === ts.SyntaxKind.MinusToken ? infiniteNumber(node.operand) : undefined;
    return positive === 'Infinity' ? '-Infinity' : undefined;
  }
  const name =
    ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Number'
      ? node.name.text
      : ts.isIdentifier(node)
        ? node.text
        : isGlobal(node)
          ? (ts.getNameOfDeclaration(node)?.getText() ?? '')
          : '';
  const numbers: Readonly<Record<string, string>> = {
    Infinity: 'Infinity',
    NaN: 'NaN',
    POSITIVE_INFINITY: 'Infinity',
    NEGATIVE_INFINITY: '-Infinity',
  };
  return Object.hasOwn(numbers, name) ? numbers[name] : undefined;
}

/** A declaration of TypeScript's own library: what a followed name may end at. */
function isGlobal(node: ts.Node): node is ts.Declaration {
  return (ts.isVariableDeclaration(node) || ts.isPropertySignature(node)) && isOfLibrary(node);
}
