import { ts } from 'ts-morph';

import { insertAfter, insertBefore, replace } from '../edits.ts';
import { nodesIn, nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import type { Site } from '../rewriting.ts';
import { usesThis } from '../shape.ts';
import { isValue } from './operands.ts';
import { endOfImports } from '../sdk-places.ts';

/** Names of properties, written in another way. */
export const names = [
  rewriting('names', 'element access with a text', ({ parsed }) =>
    accesses(parsed).map((access) => ({ edits: [elementAccess(access, `'${access.name.text}'`)] })),
  ),
  rewriting('names', 'element access of methods only', ({ parsed }) =>
    accesses(parsed)
      .filter((access) => ts.isCallExpression(access.parent) && access.parent.expression === access)
      .map((access) => ({ edits: [elementAccess(access, `'${access.name.text}'`)] })),
  ),
  rewriting('names', 'element access with a constant', elementConstants),
  rewriting('names', 'element access with a template', ({ parsed }) =>
    accesses(parsed).map((access) => ({ edits: [elementAccess(access, `\`${access.name.text}\``)] })),
  ),
  rewriting('names', 'quoted property names', ({ parsed }) =>
    propertyNames(parsed).map((name) => ({ edits: [replace(name, `'${name.text}'`)] })),
  ),
  rewriting('names', 'computed property names', ({ parsed }) =>
    propertyNames(parsed).map((name) => ({ edits: [replace(name, `['${name.text}']`)] })),
  ),
  rewriting('names', 'shorthand properties written out', ({ parsed }) =>
    nodesOf(parsed, ts.isShorthandPropertyAssignment)
      .filter(({ objectAssignmentInitializer }) => objectAssignmentInitializer === undefined)
      .map(({ name }) => ({ edits: [insertAfter(name, `: ${name.text}`)] })),
  ),
  rewriting('names', 'methods of objects as function properties', ({ parsed }) =>
    objectMethods(parsed).map((method) => ({ edits: asProperty(method) })),
  ),
  rewriting('names', 'methods of objects as arrow functions', ({ parsed }) =>
    objectMethods(parsed)
      .filter((method) => method.asteriskToken === undefined && !usesThis(method))
      .map((method) => ({ edits: asArrow(method) })),
  ),
  rewriting('names', 'function properties as methods', ({ parsed }) =>
    nodesOf(parsed, ts.isPropertyAssignment).flatMap((property) => asMethod(property)),
  ),
];

/** Accesses that may be written with brackets. */
function accesses(parsed: Parsed): readonly Access[] {
  return nodesOf(parsed, isAccess);
}

type Access = ts.PropertyAccessExpression & { readonly name: ts.Identifier };

function isAccess(node: ts.Node): node is Access {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.name) &&
    node.expression.kind !== ts.SyntaxKind.SuperKeyword &&
    !ts.isMetaProperty(node.expression) &&
    !/^(?:exports|module|import)/u.test(node.getText())
  );
}

function elementAccess(access: ts.PropertyAccessExpression, text: string): Edit {
  const start = access.expression.getEnd();
  const question = access.questionDotToken === undefined ? '' : '?.';
  return { file: access.getSourceFile().fileName, start, end: access.getEnd(), text: `${question}[${text}]` };
}

/** A constant for each name, at the head of its file. */
function* elementConstants({ parsed, name }: Site): Iterable<Place> {
  for (const file of parsed.files) {
    const constants = new Map<string, string>();
    const edits: Edit[] = [];
    for (const access of accesses(parsed).filter((each) => each.getSourceFile() === file)) {
      const key = access.name.text;
      const constant = constants.get(key) ?? name(`${key}Name`);
      constants.set(key, constant);
      edits.push(elementAccess(access, constant));
    }
    if (edits.length === 0) continue;
    const declared = [...constants].map(([key, constant]) => `const ${constant} = '${key}';\n`).join('');
    yield { edits: [...edits, endOfImports(file, declared)] };
  }
}

function propertyNames(parsed: Parsed): readonly ts.Identifier[] {
  return nodesOf(parsed, ts.isObjectLiteralExpression).flatMap((literal) =>
    literal.properties.flatMap((property) =>
      (ts.isPropertyAssignment(property) || ts.isMethodDeclaration(property)) &&
      ts.isIdentifier(property.name) &&
      property.name.text !== '__proto__'
        ? [property.name]
        : [],
    ),
  );
}

function objectMethods(parsed: Parsed): readonly Method[] {
  return nodesOf(parsed, isObjectMethod);
}

type Method = ts.MethodDeclaration & { readonly body: ts.Block };

function isObjectMethod(node: ts.Node): node is Method {
  return (
    ts.isMethodDeclaration(node) &&
    ts.isObjectLiteralExpression(node.parent) &&
    isValue(node.parent) &&
    node.body !== undefined &&
    ts.isIdentifier(node.name) &&
    node.name.text !== '__proto__' &&
    !nodesIn(node).some(({ kind }) => kind === ts.SyntaxKind.SuperKeyword)
  );
}

/** `async m(a) {…}` to `m: async function (a) {…}`: what stands before the name moves behind it. */
function asProperty(method: ts.MethodDeclaration): readonly Edit[] {
  const { async, star } = wordsBefore(method);
  return [headOf(method, `${method.name.getText()}: ${async}function${star} `)];
}

function asArrow(method: Method): readonly Edit[] {
  const { async } = wordsBefore(method);
  return [headOf(method, `${method.name.getText()}: ${async}`), insertBefore(method.body, '=> ')];
}

function wordsBefore(method: ts.MethodDeclaration): { readonly async: string; readonly star: string } {
  const isAsync = (ts.getModifiers(method) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  return { async: isAsync ? 'async ' : '', star: method.asteriskToken === undefined ? '' : '*' };
}

function headOf(method: ts.MethodDeclaration, text: string): Edit {
  const file = method.getSourceFile();
  return { file: file.fileName, start: method.getStart(file), end: method.name.getEnd(), text };
}

/** `m: async (a) => {…}` to `async m(a) {…}`. */
function asMethod({ name, initializer }: ts.PropertyAssignment): readonly Place[] {
  if (!ts.isIdentifier(name) || name.text === '__proto__') return [];
  if (!(ts.isArrowFunction(initializer) || (ts.isFunctionExpression(initializer) && initializer.name === undefined)))
    return [];
  if (!ts.isBlock(initializer.body) || usesThis(initializer) || !isListInBrackets(initializer)) return [];
  if (ts.isFunctionExpression(initializer) && initializer.asteriskToken !== undefined) return [];
  const file = initializer.getSourceFile();
  const isAsync = (ts.getModifiers(initializer) ?? []).length > 0;
  const open = file.text.indexOf('(', initializer.getStart(file));
  const head: Edit = {
    file: file.fileName,
    start: name.getStart(file),
    end: open,
    text: `${isAsync ? 'async ' : ''}${name.text}`,
  };
  if (!ts.isArrowFunction(initializer)) return [{ edits: [head] }];
  const arrow = initializer.equalsGreaterThanToken;
  return [{ edits: [head, replace(arrow, '')] }];
}

function isListInBrackets(node: ts.SignatureDeclaration): boolean {
  return node.getChildren().some(({ kind }) => kind === ts.SyntaxKind.OpenParenToken);
}
