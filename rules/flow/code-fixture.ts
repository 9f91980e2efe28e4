import { ts } from 'ts-morph';

import { Code } from './code.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import { SourceProject } from '../program/source-project.ts';
import { visit } from '../syntax/functions.ts';

/** For tests: the code of a small program whose files stand in the test, such as `main.js`; `.js` finds `.ts` too. */
export function codeOf(files: Readonly<Record<string, string>>): {
  readonly code: Code;
  readonly trees: readonly ts.SourceFile[];
} {
  const paths = new Set(Object.keys(files).map((name) => `/actor/${name}`));
  const project = new SourceProject((specifier, from) => {
    if (specifier === 'apify') return { kind: 'sdk', declarations: 'apify-3' };
    if (specifier === 'crawlee') return { kind: 'sdk', declarations: 'crawlee-3' };
    const target = new URL(specifier, `file://${from}`).pathname;
    const path = [target, `${target}.js`, target.replace(/\.js$/u, '.ts')].find((each) => paths.has(each));
    return path === undefined ? undefined : { kind: 'file', path };
  });
  for (const [name, text] of Object.entries(files)) project.setText(`/actor/${name}`, text);
  const trees = [...paths].flatMap((path) => project.sourceFile(path) ?? []);
  return { code: new Code(project, trees), trees };
}

/** An expression behind a comment, and what the comment says: a comment with `=` and the values before it. */
export interface Marked {
  readonly expected: string;
  readonly expression: ts.Expression;
}

/** The marked expressions of a program, in the order of its files. */
export function markedIn(trees: readonly ts.SourceFile[]): readonly Marked[] {
  return trees.flatMap((tree) =>
    [...tree.text.matchAll(/\/\*= (.*?) \*\//gu)].map((match): Marked => {
      const start = match.index + match[0].length + 1;
      let found: ts.Expression | undefined;
      visit(tree, (node) => {
        if (found === undefined && ts.isExpression(node) && node.getStart() === start) found = node;
        return found === undefined;
      });
      if (found === undefined) throw new Error(`no expression behind ${match[0]}`);
      return { expected: match[1] ?? '', expression: found };
    }),
  );
}

/** A value in short: a text, a number, a function or class by its name, a member of the SDK; `?` for what is not known. */
export function valueWords(value: ts.Node): string {
  if (isSdkNode(value)) return `SDK ${nameOf(value) ?? ''}`;
  if (ts.isStringLiteralLike(value)) return `'${value.text}'`;
  if (ts.isNumericLiteral(value)) return value.text;
  if (ts.isFunctionLike(value)) return `${nameOf(value) ?? nameOf(value.parent) ?? ''}()`;
  if (ts.isClassLike(value)) return `class ${nameOf(value) ?? ''}`;
  if (ts.isEnumMember(value)) return value.getText();
  if (ts.isNewExpression(value) || ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value)) {
    return value.getText();
  }
  return value.kind === ts.SyntaxKind.NullKeyword ? 'null' : '?';
}

function nameOf(node: ts.Node): string | undefined {
  const isNamed =
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isFunctionLike(node) ||
    ts.isClassLike(node) ||
    ts.isPropertySignature(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isPropertyDeclaration(node);
  return isNamed ? node.name?.getText() : undefined;
}
