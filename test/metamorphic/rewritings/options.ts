import { ts } from 'ts-morph';

import { insertBefore, replace } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Place, Rewriting } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import { awaits, isFixedName, isSteady, usesThis, yields } from '../shape.ts';
import { leadingCalls } from '../statements.ts';
import { isCallLike, isValue } from './operands.ts';

/** Object literals among the arguments, made in another way. */
export const options: readonly Rewriting[] = [
  rewriting('arguments', 'options in a constant', ({ parsed, name }) =>
    leadingOptions(parsed).map(({ statement, literal }) => {
      const constant = name('options');
      return {
        edits: [insertBefore(statement, `const ${constant} = ${literal.getText()};\n`), replace(literal, constant)],
      };
    }),
  ),
  rewriting('arguments', 'options in a constant, spread', ({ parsed, name }) =>
    leadingOptions(parsed).map(({ statement, literal }) => {
      const constant = name('options');
      return {
        edits: [
          insertBefore(statement, `const ${constant} = ${literal.getText()};\n`),
          replace(literal, `{ ...${constant} }`),
        ],
      };
    }),
  ),
  rewriting('arguments', 'options that are assigned', ({ parsed, name }) =>
    leadingOptions(parsed).flatMap(({ statement, literal }): readonly Place[] => {
      const constant = name('options');
      const lines = assignments(literal, constant);
      return lines === undefined
        ? []
        : [
            {
              edits: [
                insertBefore(statement, `const ${constant} = {};\n${lines.join('\n')}\n`),
                replace(literal, constant),
              ],
            },
          ];
    }),
  ),
  rewriting('arguments', 'options from a function', ({ parsed, name }) =>
    leadingOptions(parsed)
      .filter(({ literal }) => !awaits(literal) && !yields(literal))
      .map(({ statement, literal }) => {
        const factory = name('makeOptions');
        return {
          edits: [
            insertBefore(statement, `const ${factory} = () => (${literal.getText()});\n`),
            replace(literal, `${factory}()`),
          ],
        };
      }),
  ),
  rewriting('arguments', 'options by Object.assign', ({ parsed }) =>
    literals(parsed).map((literal) => ({ edits: [replace(literal, `Object.assign({}, ${literal.getText()})`)] })),
  ),
  rewriting('arguments', 'options spread in place', ({ parsed }) =>
    literals(parsed).map((literal) => ({ edits: [replace(literal, `{ ...${literal.getText()} }`)] })),
  ),
  rewriting('arguments', 'options of a class', ({ parsed, name }) =>
    leadingOptions(parsed).flatMap(({ statement, literal }): readonly Place[] => {
      const type = name('Options');
      const members = literal.properties.map((each) =>
        ts.isPropertyAssignment(each) && ts.isIdentifier(each.name)
          ? `  ${each.name.text} = ${each.initializer.getText()};`
          : undefined,
      );
      if (members.includes(undefined) || awaits(literal) || yields(literal) || usesThis(literal)) return [];
      return [
        {
          edits: [
            insertBefore(statement, `class ${type} {\n${members.join('\n')}\n}\n`),
            replace(literal, `new ${type}()`),
          ],
        },
      ];
    }),
  ),
];

interface LeadingOptions {
  readonly statement: ts.Statement;
  readonly literal: ts.ObjectLiteralExpression;
}

/** Object literals that may be made before their statement: all that comes before them in it is a name or a literal. */
function leadingOptions(parsed: Parsed): readonly LeadingOptions[] {
  return leadingCalls(parsed).flatMap(({ statement, call }) => {
    const given = [...(call.arguments ?? [])];
    const index = given.findIndex((each) => ts.isObjectLiteralExpression(each));
    const literal = given[index];
    if (literal === undefined || !ts.isObjectLiteralExpression(literal) || literal.properties.length === 0) return [];
    return given.slice(0, index).every((each) => isSteady(each) || isFixedName(parsed, each))
      ? [{ statement, literal }]
      : [];
  });
}

/** Object literals of plain values that are arguments, or the first value of a variable. */
function literals(parsed: Parsed): readonly ts.ObjectLiteralExpression[] {
  return nodesOf(parsed, ts.isObjectLiteralExpression).filter(
    (literal) =>
      isValue(literal) &&
      literal.properties.length > 0 &&
      literal.properties.every((each) => !ts.isAccessor(each)) &&
      (isCallLike(literal.parent) || ts.isVariableDeclaration(literal.parent)),
  );
}

function assignments(literal: ts.ObjectLiteralExpression, constant: string): readonly string[] | undefined {
  const lines: string[] = [];
  for (const property of literal.properties) {
    if (ts.isShorthandPropertyAssignment(property))
      lines.push(`${constant}.${property.name.text} = ${property.name.text};`);
    else if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name))
      lines.push(`${constant}.${property.name.text} = ${property.initializer.getText()};`);
    else return undefined;
  }
  return lines;
}
