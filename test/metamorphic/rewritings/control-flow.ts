import { ts } from 'ts-morph';

import { replace } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import { awaits, isInList, isUsedOutside, jumpTarget, ownNodes, yields } from '../shape.ts';

/** Which way the program takes, and where its branches stand. */
export const controlFlow = [
  rewriting('control flow', 'branches swapped', ({ parsed }) =>
    ifs(parsed).flatMap((node) =>
      node.elseStatement === undefined
        ? []
        : [
            {
              edits: [
                replace(node, `if (${not(node)}) ${block(node.elseStatement)} else ${block(node.thenStatement)}`),
              ],
            },
          ],
    ),
  ),
  rewriting('control flow', 'what follows in the else branch', ({ parsed }) =>
    guards(parsed).flatMap(({ node, rest }) => [
      {
        edits: [
          replaceAll(
            node,
            rest,
            `if (${text(node.expression)}) ${block(node.thenStatement)} else {\n${textOf(rest)}\n}`,
          ),
        ],
      },
    ]),
  ),
  rewriting('control flow', 'the jump in the else branch', ({ parsed }) =>
    ifs(parsed)
      .filter(({ elseStatement, thenStatement }) => elseStatement === undefined && isJump(thenStatement))
      .map((node) => ({ edits: [replace(node, `if (${not(node)}) {\n} else ${block(node.thenStatement)}`)] })),
  ),
  rewriting('control flow', 'what follows under the opposite condition', ({ parsed }) =>
    guards(parsed)
      .filter(({ node }) => isBareJump(node.thenStatement))
      .map(({ node, rest }) => ({ edits: [replaceAll(node, rest, `if (${not(node)}) {\n${textOf(rest)}\n}`)] })),
  ),
  rewriting('control flow', 'an early jump in the place of nesting', ({ parsed }) => ifs(parsed).flatMap(flattened)),
  rewriting('control flow', 'a condition by &&', ({ parsed }) =>
    ifs(parsed).flatMap((node) => {
      const only = node.elseStatement === undefined ? onlyExpression(node.thenStatement) : undefined;
      return only === undefined ? [] : [{ edits: [replace(node, `(${text(node.expression)}) && (${text(only)});`)] }];
    }),
  ),
  rewriting('control flow', 'a conditional expression', ({ parsed }) =>
    ifs(parsed).flatMap((node) => {
      const one = onlyExpression(node.thenStatement);
      const other = node.elseStatement && onlyExpression(node.elseStatement);
      if (one === undefined || (node.elseStatement !== undefined && other === undefined)) return [];
      const otherwise = other === undefined ? 'undefined' : `(${text(other)})`;
      return [{ edits: [replace(node, `${text(node.expression)} ? (${text(one)}) : ${otherwise};`)] }];
    }),
  ),
  rewriting('control flow', 'switch (true)', ({ parsed }) =>
    ifs(parsed)
      .filter((node) => !breaksOut(node))
      .map((node) => ({ edits: [replace(node, asSwitch(node, 'true', `Boolean(${text(node.expression)})`))] })),
  ),
  rewriting('control flow', 'switch over the condition', ({ parsed }) =>
    ifs(parsed)
      .filter((node) => !breaksOut(node))
      .map((node) => ({ edits: [replace(node, asSwitch(node, `Boolean(${text(node.expression)})`, 'true'))] })),
  ),
  rewriting('control flow', 'the condition in a constant', ({ parsed, name }) =>
    ifs(parsed)
      .filter((node) => isInList(node))
      .map((node) => {
        const constant = name('holds');
        return {
          edits: [
            replace(
              node,
              `const ${constant} = ${text(node.expression)};\nif (${constant}) ${text(node.thenStatement)}${otherwiseOf(node)}`,
            ),
          ],
        };
      }),
  ),
  rewriting('control flow', 'the condition in a function', ({ parsed, name }) =>
    ifs(parsed)
      .filter((node) => isInList(node) && !awaits(node.expression) && !yields(node.expression))
      .map((node) => {
        const test = name('holds');
        return {
          edits: [
            replace(
              node,
              `const ${test} = () => ${bracketed(node.expression)};\nif (${test}()) ${text(node.thenStatement)}${otherwiseOf(node)}`,
            ),
          ],
        };
      }),
  ),
  rewriting('control flow', 'a compound condition as nested ifs', ({ parsed }) =>
    ifs(parsed).flatMap((node) => {
      const { expression } = node;
      const isAnd =
        ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
      return isAnd && node.elseStatement === undefined
        ? [
            {
              edits: [
                replace(
                  node,
                  `if (${text(expression.left)}) {\nif (${text(expression.right)}) ${block(node.thenStatement)}\n}`,
                ),
              ],
            },
          ]
        : [];
    }),
  ),
];

function ifs(parsed: Parsed): readonly ts.IfStatement[] {
  return nodesOf(parsed, ts.isIfStatement).filter((node) => !ts.isIfStatement(node.parent));
}

interface Guard {
  readonly node: ts.IfStatement;
  readonly rest: readonly ts.Statement[];
}

/** An `if` that jumps, and the statements behind it, which nothing needs that stands elsewhere. */
function guards(parsed: Parsed): readonly Guard[] {
  return ifs(parsed).flatMap((node) => {
    if (node.elseStatement !== undefined || !isJump(node.thenStatement) || !ts.isBlock(node.parent)) return [];
    const { statements } = node.parent;
    const rest = statements.slice(statements.indexOf(node) + 1);
    const isMovable = rest.length > 0 && !rest.some(ts.isFunctionDeclaration) && !isUsedOutside(parsed, rest);
    return isMovable ? [{ node, rest }] : [];
  });
}

/** Whether it always leaves the block. */
function isJump(node: ts.Statement): boolean {
  const last = ts.isBlock(node) ? node.statements.at(-1) : node;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isBreakOrContinueStatement(last))
  );
}

/** Whether it does nothing but to go where the end of its block leads too. */
function isBareJump(node: ts.Statement): boolean {
  const only = ts.isBlock(node) ? (node.statements.length === 1 ? node.statements[0] : undefined) : node;
  if (only === undefined) return false;
  const around = ts.findAncestor(node, ts.isIfStatement)?.parent;
  const owner = around?.parent;
  if (around === undefined || owner === undefined) return false;
  if (ts.isReturnStatement(only)) return only.expression === undefined && ts.isFunctionLike(owner);
  return ts.isContinueStatement(only) && only.label === undefined && ts.isIterationStatement(owner, false);
}

/** `if (a) { … }` at the end of a loop's or function's body: `if (!a) continue; …`. */
function flattened(node: ts.IfStatement): readonly Place[] {
  if (node.elseStatement !== undefined || !ts.isBlock(node.thenStatement) || !ts.isBlock(node.parent)) return [];
  const owner = node.parent.parent;
  if (node.parent.statements.at(-1) !== node) return [];
  const declared = node.thenStatement.statements.some(
    (each) => ts.isVariableStatement(each) || ts.isFunctionDeclaration(each) || ts.isClassDeclaration(each),
  );
  if (declared && node.parent.statements.length > 1) return [];
  const inner = textOf(node.thenStatement.statements);
  if (ts.isIterationStatement(owner, false))
    return [{ edits: [replace(node, `if (${not(node)}) continue;\n${inner}`)] }];
  return ts.isFunctionLike(owner) ? [{ edits: [replace(node, `if (${not(node)}) return;\n${inner}`)] }] : [];
}

/** Whether a `break` in it would be taken for one of a switch around it. */
function breaksOut(node: ts.IfStatement): boolean {
  return ownNodes(node).some(
    (each) => ts.isBreakStatement(each) && each.label === undefined && !isWithin(jumpTarget(each), node),
  );
}

function isWithin(inner: ts.Node | undefined, outer: ts.Node): boolean {
  return inner !== undefined && outer.pos <= inner.pos && inner.end <= outer.end;
}

function asSwitch(node: ts.IfStatement, value: string, label: string): string {
  const otherwise = node.elseStatement === undefined ? '' : `\ndefault: ${block(node.elseStatement)}`;
  return `switch (${value}) {\ncase ${label}: ${block(node.thenStatement)}\nbreak;${otherwise}\n}`;
}

function onlyExpression(node: ts.Statement): ts.Expression | undefined {
  const only = ts.isBlock(node) ? (node.statements.length === 1 ? node.statements[0] : undefined) : node;
  return only !== undefined && ts.isExpressionStatement(only) ? only.expression : undefined;
}

function not(node: ts.IfStatement): string {
  return `!(${text(node.expression)})`;
}

function bracketed(node: ts.Expression): string {
  return `(${text(node)})`;
}

function block(node: ts.Statement): string {
  return ts.isBlock(node) ? text(node) : `{\n${text(node)}\n}`;
}

function otherwiseOf(node: ts.IfStatement): string {
  return node.elseStatement === undefined ? '' : ` else ${text(node.elseStatement)}`;
}

function text(node: ts.Node): string {
  return node.getText();
}

function textOf(statements: readonly ts.Statement[]): string {
  const [first] = statements;
  const last = statements.at(-1);
  return first === undefined || last === undefined
    ? ''
    : first.getSourceFile().text.slice(first.getStart(), last.getEnd());
}

function replaceAll(node: ts.Statement, rest: readonly ts.Statement[], by: string): Edit {
  return { ...replace(node, by), end: rest.at(-1)?.getEnd() ?? node.getEnd() };
}
