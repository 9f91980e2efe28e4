import { ts } from 'ts-morph';

import { isFunctionNode } from '../../syntax/functions.ts';
import { bare, isAccess, propertyNameOf } from '../../syntax/operands.ts';
import { isOfLibrary } from '../../program/library.ts';
import type { Code } from '../../flow/code.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import { globalNameOf } from '../../flow/globals.ts';

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
export function lossOf(code: Code, node: ts.Node): NodeLoss | undefined {
  if (ts.isNewExpression(node)) {
    const made = calledGlobal(code, node) ?? '';
    return /^(?:Weak)?(?:Map|Set)$/u.test(made) ? { kind: 'collection', what: made } : undefined;
  }
  if (ts.isBigIntLiteral(node) || (ts.isCallExpression(node) && calledGlobal(code, node) === 'BigInt')) {
    return { kind: 'bigint', what: 'BigInt' };
  }
  const number = infiniteNumber(code, node);
  if (number !== undefined) return { kind: 'infinite', what: number };
  return isFunctionNode(node) && !ts.isMethodDeclaration(node) ? { kind: 'function', what: 'function' } : undefined;
}

const NUMBERS: Readonly<Record<string, string>> = {
  Infinity: 'Infinity',
  NaN: 'NaN',
  'Number.NaN': 'NaN',
  'Number.POSITIVE_INFINITY': 'Infinity',
  'Number.NEGATIVE_INFINITY': '-Infinity',
};

/** `Infinity`, `-Infinity`, `NaN` and their names in `Number`. */
function infiniteNumber(code: Code, node: ts.Node): string | undefined {
  if (ts.isPrefixUnaryExpression(node)) {
    const positive = node.operator === ts.SyntaxKind.MinusToken ? infiniteNumber(code, bare(node.operand)) : undefined;
    return positive === 'Infinity' ? '-Infinity' : undefined;
  }
  const name = isGlobal(node) ? declaredName(node) : isNamed(node) ? globalNameOf(code, node) : undefined;
  return name !== undefined && Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
}

function isNamed(node: ts.Node): node is ts.Expression {
  return ts.isIdentifier(node) || isAccess(node);
}

function declaredName(node: ts.Declaration): string | undefined {
  const name = propertyNameOf(ts.isVariableDeclaration(node) || ts.isPropertySignature(node) ? node.name : undefined);
  return ts.isPropertySignature(node) ? `Number.${name}` : name;
}

/** A declaration of TypeScript's own library: what a followed name may end at. */
function isGlobal(node: ts.Node): node is ts.Declaration {
  return (ts.isVariableDeclaration(node) || ts.isPropertySignature(node)) && isOfLibrary(node);
}
