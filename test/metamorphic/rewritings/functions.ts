import { ts } from 'ts-morph';

import { insertAfter, insertBefore, replace, surround } from '../edits.ts';
import { nodesIn, nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place, Rewriting } from '../program.ts';
import { inTypeScript, rewriting } from '../rewriting.ts';
import { awaits, isExported, isInList, usesThis, yields } from '../shape.ts';
import { isNeverAssigned } from '../statements.ts';

/** What a function is written as, and how it takes its parameters. */
export const functions: readonly Rewriting[] = [
  rewriting('functions', 'arrow functions as function expressions', ({ parsed }) =>
    arrows(parsed)
      .filter((arrow) => ts.isBlock(arrow.body) && !usesThis(arrow) && hasBrackets(arrow))
      .map((arrow) => {
        const head = isAsync(arrow) ? 'async function ' : 'function ';
        const open = arrow.getSourceFile().text.indexOf('(', arrow.getStart());
        return { edits: [{ ...replace(arrow, head), end: open }, replace(arrow.equalsGreaterThanToken, '')] };
      }),
  ),
  rewriting('functions', 'arrow functions with a block', ({ parsed }) =>
    arrows(parsed)
      .filter(({ body }) => !ts.isBlock(body))
      .map(({ body }) => ({ edits: surround(body, '{\nreturn ', ';\n}') })),
  ),
  rewriting('functions', 'arrow functions with a single expression', ({ parsed }) =>
    arrows(parsed).flatMap(({ body }): readonly Place[] => {
      const only = ts.isBlock(body) && body.statements.length === 1 ? body.statements[0] : undefined;
      return only !== undefined && ts.isReturnStatement(only) && only.expression !== undefined
        ? [{ edits: [replace(body, `(${only.expression.getText()})`)] }]
        : [];
    }),
  ),
  rewriting('functions', 'constants with arrow functions as declarations', ({ parsed }) =>
    nodesOf(parsed, ts.isVariableStatement).flatMap((statement) => asDeclaration(parsed, statement)),
  ),
  rewriting('functions', 'declarations as arrow functions', ({ parsed }) =>
    nodesOf(parsed, ts.isFunctionDeclaration).flatMap((declaration) => asConstant(parsed, declaration)),
  ),
  rewriting('functions', 'parameters taken apart in the body', ({ parsed, name }) =>
    nodesOf(parsed, ts.isParameter).flatMap((parameter): readonly Place[] => {
      const owner = parameter.parent;
      const isOne = ts.isArrowFunction(owner) || ts.isFunctionDeclaration(owner) || ts.isMethodDeclaration(owner);
      if (!isOne || owner.body === undefined || !ts.isBlock(owner.body) || owner.parameters.length !== 1) return [];
      if (!ts.isObjectBindingPattern(parameter.name) || parameter.initializer !== undefined) return [];
      const given = name('given');
      const { pos } = owner.body.statements;
      const first: Edit = {
        file: parameter.getSourceFile().fileName,
        start: pos,
        end: pos,
        text: `\nconst ${parameter.name.getText()} = ${given};`,
      };
      return [{ edits: [replace(parameter.name, given), first] }];
    }),
  ),
  rewriting('functions', 'fields of the parameter in the place of its parts', ({ parsed, name }) =>
    nodesOf(parsed, ts.isParameter).flatMap((parameter) => asFields(parsed, parameter, name('given'))),
  ),
  rewriting('functions', 'parts of an object by their own constants', ({ parsed, name }) =>
    nodesOf(parsed, ts.isVariableStatement).flatMap((statement) => takenOneByOne(statement, name('whole'))),
  ),
  rewriting('functions', 'a wrapper around callbacks', ({ parsed }) =>
    callbacks(parsed)
      .filter(
        (callback) =>
          !usesThis(callback) && callback.parameters.every(({ dotDotDotToken }) => dotDotDotToken === undefined),
      )
      .map((callback) => ({ edits: surround(callback, '(...given) => (', ')(...given)') })),
  ),
  rewriting('functions', 'a callback from a factory', ({ parsed }) =>
    callbacks(parsed)
      .filter((callback) => ts.isArrowFunction(callback) && !awaitsOutside(callback))
      .map((callback) => ({ edits: surround(callback, '(() => ', ')()') })),
  ),
  inTypeScript('types', 'a generic parameter', ({ parsed, name }) =>
    nodesOf(parsed, ts.isFunctionDeclaration)
      .filter(({ typeParameters }) => typeParameters === undefined)
      .flatMap((declaration): readonly Place[] =>
        declaration.name === undefined ? [] : [{ edits: [insertAfter(declaration.name, `<${name('T')} = unknown>`)] }],
      ),
  ),
  inTypeScript('types', 'parameters of type any', ({ parsed }) =>
    nodesOf(parsed, ts.isParameter)
      .filter(
        (parameter) =>
          parameter.type === undefined && parameter.dotDotDotToken === undefined && hasBrackets(parameter.parent),
      )
      .map((parameter) => ({ edits: [insertAfter(parameter.name, ': any')] })),
  ),
  inTypeScript('types', 'variables of type any', ({ parsed }) =>
    nodesOf(parsed, ts.isVariableStatement).flatMap(({ declarationList }) =>
      declarationList.declarations.flatMap((declaration): readonly Place[] =>
        declaration.type === undefined && declaration.initializer !== undefined
          ? [{ edits: [insertAfter(declaration.name, ': any')] }]
          : [],
      ),
    ),
  ),
  inTypeScript('types', 'overloads', ({ parsed }) =>
    nodesOf(parsed, ts.isFunctionDeclaration).flatMap((declaration): readonly Place[] => {
      if (declaration.name === undefined || declaration.asteriskToken !== undefined || declaration.body === undefined)
        return [];
      if (
        ts.isBlock(declaration.parent) ||
        nodesIn(declaration).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
      )
        return [];
      const parameters = declaration.parameters.map((_, index) => `given${index}?: any`).join(', ');
      const exported = isExported(declaration) ? 'export ' : '';
      return [
        { edits: [insertBefore(declaration, `${exported}function ${declaration.name.text}(${parameters}): any;\n`)] },
      ];
    }),
  ),
];

function arrows(parsed: Parsed): readonly ts.ArrowFunction[] {
  return nodesOf(parsed, ts.isArrowFunction);
}

function isAsync(node: ts.HasModifiers): boolean {
  return (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
}

function hasBrackets(node: ts.Node): boolean {
  return node.getChildren().some(({ kind }) => kind === ts.SyntaxKind.OpenParenToken);
}

/** Functions that are handed to a call, or stand in an object that is. */
function callbacks(parsed: Parsed): readonly (ts.ArrowFunction | ts.FunctionExpression)[] {
  return [...arrows(parsed), ...nodesOf(parsed, ts.isFunctionExpression)].filter(
    ({ parent }) => ts.isCallExpression(parent) || ts.isPropertyAssignment(parent),
  );
}

function awaitsOutside(callback: ts.ArrowFunction): boolean {
  return callback.parameters.some((parameter) => awaits(parameter) || yields(parameter));
}

/** `const f = async (a) => {…};` to `async function f(a) {…}`. */
function asDeclaration(parsed: Parsed, statement: ts.VariableStatement): readonly Place[] {
  const [declaration, ...others] = statement.declarationList.declarations;
  const arrow = declaration?.initializer;
  if (declaration === undefined || others.length > 0 || arrow === undefined || !ts.isArrowFunction(arrow)) return [];
  const isOne = ts.isIdentifier(declaration.name) && ts.isBlock(arrow.body) && !usesThis(arrow) && hasBrackets(arrow);
  if (!isOne || !isInList(statement) || !isNeverAssigned(parsed, declaration.name) || declaration.type !== undefined)
    return [];
  const exported = isExported(statement) ? 'export ' : '';
  const open = arrow.getSourceFile().text.indexOf('(', arrow.getStart());
  const head: Edit = {
    ...replace(statement, `${exported}${isAsync(arrow) ? 'async ' : ''}function ${declaration.name.getText()}`),
    end: open,
  };
  const tail: Edit = { ...insertAfter(arrow, ''), end: statement.getEnd() };
  return [{ edits: [head, replace(arrow.equalsGreaterThanToken, ''), ...(tail.start === tail.end ? [] : [tail])] }];
}

/** `function f(a) {…}` to `const f = (a) => {…};` at the head of its block, where nothing was done yet. */
function asConstant(parsed: Parsed, declaration: ts.FunctionDeclaration): readonly Place[] {
  const { name, body, parent } = declaration;
  if (name === undefined || body === undefined || declaration.asteriskToken !== undefined || usesThis(declaration))
    return [];
  if (
    !isNeverAssigned(parsed, name) ||
    parsed.usesOf(name).some((use) => ts.isNewExpression(use.parent) || ts.isExportSpecifier(use.parent))
  )
    return [];
  if (!ts.isSourceFile(parent) && !ts.isBlock(parent)) return [];
  if (nodesIn(declaration).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return [];
  const isFirstUse = parsed
    .usesOf(name)
    .every((use) => use.getSourceFile() === declaration.getSourceFile() && use.pos >= name.pos);
  if (!isFirstUse) return [];
  const file = declaration.getSourceFile();
  const open = file.text.indexOf('(', name.getEnd());
  const head = `${isExported(declaration) ? 'export ' : ''}const ${name.text} = ${isAsync(declaration) ? 'async ' : ''}`;
  return [
    { edits: [{ ...replace(declaration, head), end: open }, insertBefore(body, '=> '), insertAfter(declaration, ';')] },
  ];
}

/** `({ a, b: c }) => a + c` to `(given) => given.a + given.b`, where none of them is set. */
function asFields(parsed: Parsed, parameter: ts.ParameterDeclaration, given: string): readonly Place[] {
  const owner = parameter.parent;
  if (!ts.isObjectBindingPattern(parameter.name) || parameter.initializer !== undefined || parameter.type !== undefined)
    return [];
  if (
    !(ts.isArrowFunction(owner) || ts.isMethodDeclaration(owner) || ts.isFunctionDeclaration(owner)) ||
    owner.parameters.length !== 1
  )
    return [];
  const edits: Edit[] = [replace(parameter.name, given)];
  for (const element of parameter.name.elements) {
    const field = element.propertyName ?? element.name;
    if (
      !ts.isIdentifier(element.name) ||
      !ts.isIdentifier(field) ||
      element.initializer !== undefined ||
      element.dotDotDotToken !== undefined
    )
      return [];
    if (!isNeverAssigned(parsed, element.name)) return [];
    for (const use of parsed.usesOf(element.name)) {
      if (use === element.name) continue;
      const isShorthand = ts.isShorthandPropertyAssignment(use.parent);
      edits.push(replace(use, isShorthand ? `${use.text}: ${given}.${field.text}` : `${given}.${field.text}`));
    }
  }
  return [{ edits }];
}

/** `const { a, b = 1 } = x;` to `const whole = x; const a = whole.a; …`. */
function takenOneByOne(statement: ts.VariableStatement, whole: string): readonly Place[] {
  const [declaration, ...others] = statement.declarationList.declarations;
  if (declaration === undefined || others.length > 0 || declaration.initializer === undefined || isExported(statement))
    return [];
  if (
    !ts.isObjectBindingPattern(declaration.name) ||
    !isInList(statement) ||
    /\brequire\(/u.test(declaration.initializer.getText())
  )
    return [];
  const kind = (statement.declarationList.flags & ts.NodeFlags.Let) === 0 ? 'const' : 'let';
  const lines = [`const ${whole} = ${declaration.initializer.getText()};`];
  for (const { name, propertyName, initializer, dotDotDotToken } of declaration.name.elements) {
    const field = propertyName ?? name;
    if (!ts.isIdentifier(name) || !ts.isIdentifier(field) || dotDotDotToken !== undefined) return [];
    const read = `${whole}.${field.text}`;
    lines.push(
      `${kind} ${name.text} = ${initializer === undefined ? read : `${read} === undefined ? ${initializer.getText()} : ${read}`};`,
    );
  }
  return [{ edits: [replace(statement, lines.join('\n'))] }];
}
