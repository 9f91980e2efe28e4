import { ts } from 'ts-morph';

import { insertBefore, replace, surround } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import type { Site } from '../rewriting.ts';
import { isFixedName, isRequire, isSteady, mayBeginWithBracket, statementBegunBy } from '../shape.ts';
import { leadingCalls } from '../statements.ts';

/** How a function gets its arguments. */
export const argumentForms = [
  rewriting('arguments', 'arguments spread from an array', ({ parsed }) =>
    plainCalls(parsed).map((call) => ({ edits: between(call, '...[', ']') })),
  ),
  rewriting('arguments', 'arguments in a constant array', ({ parsed, name }) =>
    leadingCalls(parsed).flatMap(({ statement, call }) => {
      const list = textOfArguments(call);
      if (list === undefined) return [];
      const constant = name('given');
      return [
        {
          edits: [insertBefore(statement, `const ${constant} = [${list}];\n`), ...setArguments(call, `...${constant}`)],
        },
      ];
    }),
  ),
  rewriting('arguments', 'call', ({ parsed }) => boundCalls(parsed, (receiver) => ['.call', `${receiver}, `, ''])),
  rewriting('arguments', 'apply', ({ parsed }) => boundCalls(parsed, (receiver) => ['.apply', `${receiver}, [`, ']'])),
  rewriting('arguments', 'bind', ({ parsed }) => boundCalls(parsed, (receiver) => [`.bind(${receiver})`, '', ''])),
  rewriting('arguments', 'Reflect.apply', ({ parsed }) =>
    methodCalls(parsed).map(({ call, callee }) => ({
      edits: [
        { ...insertBefore(callee, 'Reflect.apply('), text: 'Reflect.apply(' },
        ...between(call, `, ${callee.expression.getText()}, [`, '])', 'without bracket'),
      ],
    })),
  ),
  rewriting('arguments', 'a comma expression as callee', ({ parsed }) =>
    plainCalls(parsed)
      .map(({ expression }) => expression)
      .filter((callee) => ts.isIdentifier(callee) && callee.text !== 'eval' && mayHaveBracket(callee))
      .map((callee) => ({ edits: surround(callee, '(0, ', ')') })),
  ),
  rewriting('arguments', 'each argument in a constant', ({ parsed, name }) =>
    leadingCalls(parsed).flatMap(({ statement, call }) => inConstants(statement, call, name, () => true)),
  ),
  rewriting('arguments', 'optional call', ({ parsed }) =>
    plainCalls(parsed)
      .filter(({ expression }) => ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression))
      .filter((call) => !ts.isPropertyAccessExpression(call.parent) && !ts.isElementAccessExpression(call.parent))
      .map(({ expression, arguments: given }) =>
        given.pos - 1 === expression.end
          ? { edits: [{ ...insertBefore(expression, '?.'), start: expression.end, end: expression.end }] }
          : { edits: [] },
      )
      .filter(({ edits }) => edits.length > 0),
  ),
  rewriting('arguments', 'optional chain on the receiver', ({ parsed }) =>
    methodCalls(parsed)
      .filter(({ call }) => !ts.isPropertyAccessExpression(call.parent) && !ts.isElementAccessExpression(call.parent))
      .flatMap(({ callee }) => {
        const end = callee.expression.getEnd();
        const file = callee.getSourceFile();
        return file.text.slice(end, end + 1) === '.'
          ? [{ edits: [{ file: file.fileName, start: end, end, text: '?' }] }]
          : [];
      }),
  ),
  rewriting('arguments', 'functions among the arguments in a constant', ({ parsed, name }) =>
    leadingCalls(parsed).flatMap(({ statement, call }) =>
      (call.arguments ?? []).every((each) => isFunction(each) || isSteady(each) || ts.isIdentifier(each))
        ? inConstants(statement, call, name, isFunction)
        : [],
    ),
  ),
];

function isFunction(node: ts.Expression): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

/** `const key = 'STATE'; const value = state; f(key, value);`: in their order, so that each is made when it was. */
function inConstants(
  statement: ts.Statement,
  call: ts.CallExpression | ts.NewExpression,
  name: Site['name'],
  isMoved: (argument: ts.Expression) => boolean,
): readonly Place[] {
  const given = call.arguments ?? [];
  if (given.length === 0 || given.some(ts.isSpreadElement)) return [];
  const moved = given
    .filter((argument) => isMoved(argument))
    .map((argument) => ({ argument, constant: name('given') }));
  if (moved.length === 0) return [];
  const declared = moved.map(({ argument, constant }) => `const ${constant} = ${argument.getText()};\n`).join('');
  return [
    {
      edits: [insertBefore(statement, declared), ...moved.map(({ argument, constant }) => replace(argument, constant))],
    },
  ];
}

/** Calls that are no import, no `super(…)` and no part of an optional chain. */
export function plainCalls(parsed: Parsed): readonly ts.CallExpression[] {
  return nodesOf(parsed, ts.isCallExpression).filter(
    (call) =>
      !isRequire(call) &&
      call.expression.kind !== ts.SyntaxKind.ImportKeyword &&
      call.expression.kind !== ts.SyntaxKind.SuperKeyword &&
      !ts.isOptionalChain(call) &&
      call.typeArguments === undefined,
  );
}

interface MethodCall {
  readonly call: ts.CallExpression;
  readonly callee: ts.PropertyAccessExpression;
}

/** Calls of a method of a name, or of what hangs on an import: what they are called on may be written twice. */
export function methodCalls(parsed: Parsed): readonly MethodCall[] {
  return plainCalls(parsed).flatMap((call) => {
    const callee = call.expression;
    return ts.isPropertyAccessExpression(callee) && isPlainReceiver(parsed, callee.expression)
      ? [{ call, callee }]
      : [];
  });
}

function isPlainReceiver(parsed: Parsed, node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return true;
  return (
    ts.isPropertyAccessExpression(node) &&
    (isFixedName(parsed, node.expression) || isPlainReceiver(parsed, node.expression))
  );
}

type Around = (receiver: string) => readonly [behindCallee: string, before: string, after: string];

function boundCalls(parsed: Parsed, around: Around): readonly Place[] {
  const methods = methodCalls(parsed).map(({ call, callee }) => ({ call, receiver: callee.expression.getText() }));
  const functions = plainCalls(parsed)
    .filter(({ expression }) => ts.isIdentifier(expression) && expression.text !== 'eval')
    .map((call) => ({ call, receiver: 'undefined' }));
  return [...methods, ...functions].map(({ call, receiver }) => {
    const [behind, before, after] = around(receiver);
    const lead = call.arguments.length === 0 ? before.replace(/, $/u, '') : before;
    return { edits: between(call, lead, after, behind) };
  });
}

/** Edits in the brackets of a call, and right behind its callee. */
function between(call: ts.CallExpression, before: string, after: string, behind = ''): readonly Edit[] {
  const file = call.getSourceFile();
  const open = file.text.indexOf('(', call.expression.getEnd());
  const close = call.getEnd() - 1;
  const base = { file: file.fileName };
  const list = file.text.slice(open + 1, close);
  const trimmed = list.trimEnd().endsWith(',') ? list.lastIndexOf(',') : list.length;
  const end = open + 1 + trimmed;
  if (behind === 'without bracket')
    return [
      { ...base, start: call.expression.getEnd(), end: open + 1, text: before },
      { ...base, start: end, end: close, text: after.slice(0, -1) },
    ];
  const first: Edit = { ...base, start: call.expression.getEnd(), end: open + 1, text: `${behind}(${before}` };
  return [first, { ...base, start: end, end: close, text: after }];
}

function textOfArguments(call: ts.CallExpression | ts.NewExpression): string | undefined {
  const given = call.arguments ?? [];
  return given.length === 0 ? undefined : given.map((each) => each.getText()).join(', ');
}

export function setArguments(call: ts.CallExpression | ts.NewExpression, text: string): readonly Edit[] {
  const given = call.arguments ?? [];
  const [first] = given;
  const last = given.at(-1);
  if (first === undefined || last === undefined) return [];
  return [{ ...replace(first, text), end: last.getEnd() }];
}

function mayHaveBracket(node: ts.Expression): boolean {
  const statement = statementBegunBy(node);
  return statement === undefined || mayBeginWithBracket(statement);
}
