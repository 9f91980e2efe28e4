import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { textOf } from '../changes.ts';
import type { KeptVariable } from './kept-variables.ts';

/** The type of a variable as it is in the record: of a Set the array of its items, of a Map its pairs, of a Date its text. */
export function recordTypeOf(code: Code, variable: KeptVariable): string {
  const { declaration, kind } = variable;
  if (kind === 'date') return 'string';
  const inner = typeArgumentsOf(declaration);
  if (kind === 'set') return arrayOf(inner?.[0] ?? 'any');
  if (kind === 'map') return arrayOf(`[${inner?.[0] ?? 'any'}, ${inner?.[1] ?? 'any'}]`);
  if (declaration.type !== undefined) return textOf(declaration.type);
  if (declaration.initializer === undefined) return 'any';
  return inferredType(code, declaration.initializer);
}

function inferredType(code: Code, initializer: ts.Expression): string {
  if (ts.isAsExpression(initializer) && textOf(initializer.type) !== 'const') return textOf(initializer.type);
  const { checker } = code;
  const type = checker.getBaseTypeOfLiteralType(checker.getTypeAtLocation(initializer));
  const text = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  return /import\(|\.\.\.|\bnever\b|typeof |\bundefined\b|\bnull\b/u.test(text) ? 'any' : text;
}

/** `Set<string>`, said of the variable or of the value. */
function typeArgumentsOf({ type, initializer }: ts.VariableDeclaration): readonly string[] | undefined {
  const said = type !== undefined && ts.isTypeReferenceNode(type) ? type.typeArguments : undefined;
  const made = initializer !== undefined && ts.isNewExpression(initializer) ? initializer.typeArguments : undefined;
  return (said ?? made)?.map(textOf);
}

function arrayOf(item: string): string {
  return /^[\w$.]+$|^\[.*\]$/u.test(item) ? `${item}[]` : `Array<${item}>`;
}

/** Whether TypeScript would take the type of a first value for narrower than what the variable holds later. */
export function needsType({ declaration, kind }: KeptVariable): boolean {
  const { initializer, type } = declaration;
  if (type !== undefined || initializer === undefined || kind === 'set' || kind === 'map') return true;
  if (ts.isAsExpression(initializer)) return false;
  let found = false;
  const look = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined')) found = true;
    if (ts.isArrayLiteralExpression(node) && node.elements.length === 0) found = true;
    ts.forEachChild(node, look);
  };
  look(initializer);
  return found;
}

/** `{ page: number; seen: string[] }`. */
export function recordType(code: Code, variables: readonly KeptVariable[]): string {
  return `{ ${variables.map((each) => `${each.name}: ${recordTypeOf(code, each)}`).join('; ')} }`;
}
