import { ts } from 'ts-morph';

import { replace } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import { awaits, isInList, jumpsOut, yields } from '../shape.ts';

/** A statement in a function, a block or a `try` of its own. */
export const movedStatements = [
  rewriting('control flow', 'a function that is called at once', ({ parsed, name }) =>
    movable(parsed).map((node) => ({ edits: [replace(node, inFunction(node, name('step')))] })),
  ),
  rewriting('control flow', 'a block of its own', ({ parsed }) =>
    movable(parsed).map((node) => ({ edits: surrounding(node, '{\n', '\n}') })),
  ),
  rewriting('control flow', 'try and finally', ({ parsed }) =>
    movable(parsed).map((node) => ({ edits: surrounding(node, 'try {\n', '\n} finally {\n}') })),
  ),
  rewriting('control flow', 'a labelled block', ({ parsed, name }) =>
    movable(parsed).map((node) => ({ edits: surrounding(node, `${name('part')}: {\n`, '\n}') })),
  ),
];

/** Statements that declare nothing, and that control leaves at their end only. */
function movable(parsed: Parsed): readonly ts.Statement[] {
  return nodesOf(parsed, ts.isStatement).filter(
    (node) =>
      isInList(node) &&
      (ts.isExpressionStatement(node) ||
        ts.isIfStatement(node) ||
        ts.isTryStatement(node) ||
        ts.isIterationStatement(node, false)) &&
      !(ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression)) &&
      !jumpsOut(node) &&
      !yields(node) &&
      !isExportOf(node),
  );
}

/** `exports.x = …` and `module.exports = …`, which the compiler must see where they are. */
function isExportOf(node: ts.Statement): boolean {
  return ts.isSourceFile(node.parent) && /^(?:module\.)?exports\b/u.test(node.getText());
}

function inFunction(node: ts.Statement, name: string): string {
  const waits = awaits(node);
  return `const ${name} = ${waits ? 'async ' : ''}() => {\n${node.getText()}\n};\n${waits ? 'await ' : ''}${name}();`;
}

function surrounding(node: ts.Statement, before: string, after: string): readonly Edit[] {
  const edit = replace(node, '');
  return [
    { ...edit, end: edit.start, text: before },
    { ...edit, start: edit.end, text: after },
  ];
}
