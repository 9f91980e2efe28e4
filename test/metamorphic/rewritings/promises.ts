import { ts } from 'ts-morph';

import { insertBefore, replace, surround } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Place } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import { awaits, isFixedName, isInList, usesThis, yields } from '../shape.ts';

/** What is waited for, and how. */
export const promises = [
  rewriting('promises', 'the promise in a constant', ({ parsed, name }) =>
    awaitedFirst(parsed).map(({ statement, awaited }) => {
      const promise = name('pending');
      return {
        edits: [
          insertBefore(statement, `const ${promise} = ${awaited.expression.getText()};\n`),
          replace(awaited.expression, promise),
        ],
      };
    }),
  ),
  rewriting('promises', 'the promise in a field', ({ parsed, name }) =>
    awaitedFirst(parsed).map(({ statement, awaited }) => {
      const object = name('work');
      return {
        edits: [
          insertBefore(statement, `const ${object} = { pending: ${awaited.expression.getText()} };\n`),
          replace(awaited.expression, `${object}.pending`),
        ],
      };
    }),
  ),
  rewriting('promises', 'then with the value handed on', ({ parsed }) =>
    promised(parsed).map(({ expression }) => ({ edits: surround(expression, '', '.then((given) => given)') })),
  ),
  rewriting('promises', 'Promise.all of one', ({ parsed }) =>
    waits(parsed).map((node) => ({ edits: [replace(node, `(await Promise.all([${node.expression.getText()}]))[0]`)] })),
  ),
  rewriting('promises', 'Promise.all of one, as a statement', ({ parsed }) =>
    waits(parsed)
      .filter(({ parent }) => ts.isExpressionStatement(parent))
      .map(({ expression }) => ({ edits: surround(expression, 'Promise.all([', '])') })),
  ),
  rewriting('promises', 'Promise.resolve', ({ parsed }) =>
    waits(parsed).map(({ expression }) => ({ edits: surround(expression, 'Promise.resolve(', ')') })),
  ),
  rewriting('promises', 'an async function that is called at once', ({ parsed }) =>
    waits(parsed)
      .filter(({ expression }) => !awaits(expression) && !yields(expression) && !usesThis(expression))
      .map(({ expression }) => ({ edits: surround(expression, '(async () => ', ')()') })),
  ),
  rewriting('promises', 'two waits as one chain', ({ parsed }) => chains(parsed)),
  rewriting('promises', 'await of what is returned', ({ parsed }) =>
    nodesOf(parsed, ts.isReturnStatement).flatMap(({ expression }): readonly Place[] =>
      expression !== undefined &&
      ts.isCallExpression(expression) &&
      isPromiseCall(parsed, expression) &&
      isInAsync(expression) &&
      !isInTry(expression)
        ? [{ edits: [insertBefore(expression, 'await ')] }]
        : [],
    ),
  ),
  rewriting('promises', 'catch as then', ({ parsed }) =>
    nodesOf(parsed, ts.isCallExpression).flatMap(({ expression: callee, arguments: given }): readonly Place[] => {
      const [first] = given;
      const isCatch = ts.isPropertyAccessExpression(callee) && callee.name.text === 'catch' && given.length === 1;
      return isCatch && first !== undefined
        ? [{ edits: [replace(callee.name, 'then'), insertBefore(first, 'undefined, ')] }]
        : [];
    }),
  ),
  rewriting('promises', 'void before what nobody waits for', ({ parsed }) =>
    nodesOf(parsed, ts.isExpressionStatement)
      .filter(({ expression }) => ts.isCallExpression(expression) && isPromiseCall(parsed, expression))
      .map(({ expression }) => ({ edits: [insertBefore(expression, 'void ')] })),
  ),
  rewriting('promises', 'a wait in the place of a returned promise', ({ parsed }) =>
    nodesOf(parsed, ts.isArrowFunction)
      .filter(({ body }) => ts.isCallExpression(body) && isPromiseCall(parsed, body))
      .flatMap((arrow): readonly Place[] => {
        const isAsync = (ts.getModifiers(arrow) ?? []).length > 0;
        return [
          {
            edits: [
              ...(isAsync ? [] : [insertBefore(arrow, 'async ')]),
              ...surround(arrow.body, '{\nreturn await ', ';\n}'),
            ],
          },
        ];
      }),
  ),
];

/** The waits at whose place another expression that waits can stand. */
function waits(parsed: Parsed): readonly ts.AwaitExpression[] {
  return nodesOf(parsed, ts.isAwaitExpression).filter(
    ({ expression }) => expression.kind !== ts.SyntaxKind.ImportKeyword && !/^\(*import\(/u.test(expression.getText()),
  );
}

/** The waits for what is sure to be a promise. */
function promised(parsed: Parsed): readonly (ts.AwaitExpression & { readonly expression: ts.CallExpression })[] {
  const isOne = (node: ts.AwaitExpression): node is ts.AwaitExpression & { readonly expression: ts.CallExpression } =>
    ts.isCallExpression(node.expression) && isPromiseCall(parsed, node.expression);
  return waits(parsed).filter(isOne);
}

const PROMISED =
  /^(?:Actor|Apify)\.(?:utils\.sleep|init|exit|fail|reboot|metamorph|call|start|charge|pushData|useState|[sg]etValue|getInput|addWebhook|open\w+|setStatusMessage)$/u;

function isPromiseCall(parsed: Parsed, call: ts.CallExpression): boolean {
  const callee = call.expression;
  if (ts.isIdentifier(callee) && callee.text === 'fetch') return true;
  if (ts.isIdentifier(callee)) {
    const declaration = parsed.usesOf(callee)[0]?.parent;
    const isOwn = declaration !== undefined && ts.isFunctionDeclaration(declaration) && isAsyncFunction(declaration);
    return isOwn || (callee.text === 'sleep' && isFixedName(parsed, callee));
  }
  return PROMISED.test(callee.getText());
}

function isAsyncFunction(node: ts.FunctionDeclaration): boolean {
  return (
    node.asteriskToken === undefined &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  );
}

interface Awaited {
  readonly statement: ts.Statement;
  readonly awaited: ts.AwaitExpression;
}

/** The waits that their statement begins with: `await f();`, `const x = await f();`, `return await f();`. */
function awaitedFirst(parsed: Parsed): readonly Awaited[] {
  return waits(parsed).flatMap((awaited) => {
    const { parent } = awaited;
    const list = ts.isVariableDeclaration(parent) ? parent.parent : undefined;
    const isDeclared = list !== undefined && ts.isVariableDeclarationList(list) && list.declarations[0] === parent;
    const statement = isDeclared ? list.parent : parent;
    const isFirst =
      ts.isExpressionStatement(statement) ||
      ts.isReturnStatement(statement) ||
      (isDeclared && ts.isVariableStatement(statement));
    return isFirst && isInList(statement) && ts.isStatement(statement) ? [{ statement, awaited }] : [];
  });
}

/** `await a(); await b();` to `await a().then(() => b());`. */
function chains(parsed: Parsed): readonly Place[] {
  return promised(parsed).flatMap((first): readonly Place[] => {
    const statement = first.parent;
    if (!ts.isExpressionStatement(statement) || !(ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent)))
      return [];
    const { statements } = statement.parent;
    const next = statements[statements.indexOf(statement) + 1];
    const second = next !== undefined && ts.isExpressionStatement(next) ? next.expression : undefined;
    if (next === undefined || second === undefined || !ts.isAwaitExpression(second) || awaits(second.expression))
      return [];
    if (!ts.isCallExpression(second.expression) || usesThis(second) || yields(second)) return [];
    const chained = `await ${first.expression.getText()}.then(() => ${second.expression.getText()});`;
    return [{ edits: [{ ...replace(statement, chained), end: next.getEnd() }] }];
  });
}

function isInAsync(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  return (
    owner !== undefined &&
    ts.canHaveModifiers(owner) &&
    (ts.getModifiers(owner) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  );
}

function isInTry(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, (each): boolean | 'quit' => (ts.isFunctionLike(each) ? 'quit' : ts.isTryStatement(each))) !==
    undefined
  );
}
