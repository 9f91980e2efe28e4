import { ts } from 'ts-morph';

import { arrayLoops, declaredIn } from '../array-loops.ts';
import { insertAfter, insertBefore, replace } from '../edits.ts';
import { nodesIn, nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import { isInList, jumpTarget, ownNodes } from '../shape.ts';

/** Loops of every kind. */
export const loops = [
  rewriting('loops', 'while as for', ({ parsed }) =>
    nodesOf(parsed, ts.isWhileStatement).map((loop) => ({
      edits: [head(loop, `for (; ${loop.expression.getText()}; ) `)],
    })),
  ),
  rewriting('loops', 'for (;;) as while (true)', ({ parsed }) =>
    nodesOf(parsed, ts.isForStatement)
      .filter(
        ({ initializer, condition, incrementor }) =>
          initializer === undefined && condition === undefined && incrementor === undefined,
      )
      .map((loop) => ({ edits: [head(loop, 'while (true) ')] })),
  ),
  rewriting('loops', 'the condition as a break', ({ parsed }) => [
    ...nodesOf(parsed, ts.isWhileStatement)
      .filter(({ expression }) => expression.kind !== ts.SyntaxKind.TrueKeyword)
      .map((loop) => ({
        edits: [
          head(loop, 'while (true) '),
          ...intoBody(loop.statement, `if (!(${loop.expression.getText()})) break;`, ''),
        ],
      })),
    ...nodesOf(parsed, ts.isForStatement).flatMap((loop): readonly Place[] =>
      loop.condition === undefined
        ? []
        : [
            {
              edits: [
                { ...replace(loop.condition, ''), text: '' },
                ...intoBody(loop.statement, `if (!(${loop.condition.getText()})) break;`, ''),
              ],
            },
          ],
    ),
  ]),
  rewriting('loops', 'for as while', ({ parsed }) =>
    nodesOf(parsed, ts.isForStatement)
      .filter((loop) => isInList(loop) && !isCaptured(parsed, loop) && !continues(loop))
      .map((loop) => {
        const first = loop.initializer === undefined ? '' : `${loop.initializer.getText()};\n`;
        const last = loop.incrementor === undefined ? '' : `${loop.incrementor.getText()};`;
        return {
          edits: [
            head(loop, `{\n${first}while (${loop.condition?.getText() ?? 'true'}) `),
            ...intoBody(loop.statement, '', last),
            insertAfter(loop.statement, '\n}'),
          ],
        };
      }),
  ),
  rewriting('loops', 'the step at the end of the body', ({ parsed }) =>
    nodesOf(parsed, ts.isForStatement)
      .filter((loop) => !isCaptured(parsed, loop) && !continues(loop))
      .flatMap((loop): readonly Place[] =>
        loop.incrementor === undefined
          ? []
          : [
              {
                edits: [
                  replace(loop.incrementor, ''),
                  ...intoBody(loop.statement, '', `${loop.incrementor.getText()};`),
                ],
              },
            ],
      ),
  ),
  rewriting('loops', 'do and while', ({ parsed }) =>
    nodesOf(parsed, ts.isWhileStatement)
      .filter((loop) => isInList(loop))
      .map((loop) => {
        const condition = loop.expression.getText();
        return {
          edits: [head(loop, `if (${condition}) {\ndo `), insertAfter(loop.statement, ` while (${condition});\n}`)],
        };
      }),
  ),
  rewriting('loops', 'labels', ({ parsed, name }) =>
    allLoops(parsed)
      .filter((loop) => !ts.isLabeledStatement(loop.parent))
      .map((loop) => {
        const label = name('rounds');
        const jumps = ownNodes(loop).filter(ts.isBreakOrContinueStatement);
        const own = jumps.filter((jump) => jump.label === undefined && jumpTarget(jump) === loop);
        return {
          edits: [
            insertBefore(loop, `${label}: `),
            ...own.map((jump) => replace(jump, `${ts.isBreakStatement(jump) ? 'break' : 'continue'} ${label};`)),
          ],
        };
      }),
  ),
  rewriting('loops', 'an index in the place of for…of', ({ parsed, name }) =>
    arrayLoops(parsed).map(({ loop, declared, list }) => {
      const index = name('index');
      return {
        edits: [
          head(loop, `for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1) `),
          ...intoBody(loop.statement, `const ${declared} = ${list}[${index}];`, ''),
        ],
      };
    }),
  ),
  rewriting('loops', 'for…of over entries', ({ parsed }) =>
    arrayLoops(parsed).map(({ loop, declared, list }) => ({
      edits: [head(loop, `for (const [, ${declared}] of ${list}.entries()) `)],
    })),
  ),
  rewriting('loops', 'for…in over an array', ({ parsed, name }) =>
    arrayLoops(parsed).map(({ loop, declared, list }) => {
      const index = name('index');
      return {
        edits: [
          head(loop, `for (const ${index} in ${list}) `),
          ...intoBody(loop.statement, `const ${declared} = ${list}[${index}];`, ''),
        ],
      };
    }),
  ),
  rewriting('loops', 'for…of over a generator', ({ parsed, name }) =>
    nodesOf(parsed, ts.isForOfStatement)
      .filter((loop) => loop.awaitModifier === undefined && isInList(loop))
      .map((loop) => {
        const generator = name('each');
        return {
          edits: [
            insertBefore(loop, `const ${generator} = function* (list) {\nyield* list;\n};\n`),
            replace(loop.expression, `${generator}(${loop.expression.getText()})`),
          ],
        };
      }),
  ),
  rewriting('loops', 'for…of over a copy', ({ parsed }) =>
    arrayLoops(parsed).map(({ loop, list }) => ({ edits: [replace(loop.expression, `[...${list}]`)] })),
  ),
  rewriting('loops', 'the item by its own statement', ({ parsed, name }) =>
    nodesOf(parsed, ts.isForOfStatement).flatMap((loop) => {
      const declared = declaredIn(loop);
      if (declared === undefined) return [];
      const item = name('item');
      return [
        {
          edits: [
            replace(loop.initializer, `const ${item}`),
            ...intoBody(loop.statement, `const ${declared} = ${item};`, ''),
          ],
        },
      ];
    }),
  ),
  rewriting('loops', 'forEach', ({ parsed }) =>
    arrayLoops(parsed)
      .filter(({ loop }) => isInList(loop) && !ownNodes(loop.statement).some((node) => isOwnJump(node)))
      .map(({ loop, declared, list }) => ({
        edits: [
          head(loop, `${list}.forEach((${declared}) => `),
          ...inBlock(loop.statement),
          insertAfter(loop.statement, ');'),
        ],
      })),
  ),
];

function allLoops(parsed: Parsed): readonly ts.IterationStatement[] {
  return nodesOf(parsed, ts.isStatement).flatMap((node) => (ts.isIterationStatement(node, false) ? [node] : []));
}

function isOwnJump(node: ts.Node): boolean {
  return (
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isReturnStatement(node) ||
    ts.isBreakOrContinueStatement(node)
  );
}

/** Whether a function in the loop keeps its variable, of which each round has another one. */
function isCaptured(parsed: Parsed, loop: ts.ForStatement): boolean {
  const { initializer } = loop;
  if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return false;
  return nodesIn(loop).some(
    (node) =>
      ts.isIdentifier(node) &&
      parsed.usesOf(node)[0]?.parent.parent === initializer &&
      ts.findAncestor(node, (each) => (each === loop ? 'quit' : ts.isFunctionLike(each))) !== undefined,
  );
}

function continues(loop: ts.IterationStatement): boolean {
  return (
    ownNodes(loop).some((node) => ts.isContinueStatement(node) && jumpTarget(node) === loop) ||
    ts.isLabeledStatement(loop.parent)
  );
}

/** Another head before the body. */
function head(loop: ts.IterationStatement, text: string): Edit {
  return { ...replace(loop, text), end: loop.statement.getStart() };
}

/** Text at the begin and at the end of a loop's body. */
function intoBody(body: ts.Statement, first: string, last: string): readonly Edit[] {
  const edit = replace(body, '');
  if (!ts.isBlock(body)) return [{ ...edit, text: `{\n${first}\n${body.getText()}\n${last}\n}` }];
  const edits: Edit[] = [];
  if (first !== '') edits.push({ ...edit, start: edit.start + 1, end: edit.start + 1, text: `\n${first}` });
  if (last !== '') edits.push({ ...edit, start: edit.end - 1, end: edit.end - 1, text: `${last}\n` });
  return edits;
}

function inBlock(body: ts.Statement): readonly Edit[] {
  return ts.isBlock(body) ? [] : intoBody(body, '', '');
}
