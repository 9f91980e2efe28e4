import { ts } from 'ts-morph';

import { insertBefore, replace } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Rewriting } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import { isInList, usesThis } from '../shape.ts';

/** How a listener is registered. */
export const listeners: readonly Rewriting[] = [
  rewriting('listeners', 'a named function', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement, listener }) => {
      const constant = name('listener');
      return {
        edits: [insertBefore(statement, `const ${constant} = ${listener.getText()};\n`), replace(listener, constant)],
      };
    }),
  ),
  rewriting('listeners', 'a method of an object', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement, listener }) => {
      const object = name('listeners');
      return {
        edits: [
          insertBefore(statement, `const ${object} = { run: ${listener.getText()} };\n`),
          replace(listener, `${object}.run`),
        ],
      };
    }),
  ),
  rewriting('listeners', 'a bound method of an instance', ({ parsed, name }) =>
    subscriptions(parsed)
      .filter(({ listener }) => !usesThis(listener))
      .map(({ statement, listener }) => {
        const type = name('Listener');
        const instance = name('listener');
        return {
          edits: [
            insertBefore(
              statement,
              `class ${type} {\n  constructor(run) {\n    this.run = run;\n  }\n  call(event) {\n    return this.run(event);\n  }\n}\nconst ${instance} = new ${type}(${listener.getText()});\n`,
            ),
            replace(listener, `${instance}.call.bind(${instance})`),
          ],
        };
      }),
  ),
  rewriting('listeners', 'a function around the listener', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement, listener }) => {
      const constant = name('listener');
      return {
        edits: [
          insertBefore(statement, `const ${constant} = ${listener.getText()};\n`),
          replace(listener, `(event) => ${constant}(event)`),
        ],
      };
    }),
  ),
  rewriting('listeners', 'a loop over the events', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement, event }) => {
      const variable = name('event');
      return {
        edits: [
          insertBefore(statement, `for (const ${variable} of [${event.getText()}]) {\n`),
          replace(event, variable),
          { ...insertBefore(statement, '\n}'), start: statement.getEnd(), end: statement.getEnd() },
        ],
      };
    }),
  ),
  rewriting('listeners', 'forEach over the events', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement, event }) => {
      const variable = name('event');
      return {
        edits: [
          replace(event, variable),
          insertBefore(statement, `[${event.getText()}].forEach((${variable}) => {\n`),
          { ...insertBefore(statement, '\n});'), start: statement.getEnd(), end: statement.getEnd() },
        ],
      };
    }),
  ),
  rewriting('listeners', 'a loop over events and listeners', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement, event, listener, call }) => {
      const [of, run] = [name('event'), name('listener')];
      const callee = call.expression.getText();
      return {
        edits: [
          replace(
            statement,
            `for (const [${of}, ${run}] of Object.entries({ [${event.getText()}]: ${listener.getText()} })) {\n${callee}(${of}, ${run});\n}`,
          ),
        ],
      };
    }),
  ),
  rewriting('listeners', 'a function that registers', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement }) => {
      const register = name('register');
      return { edits: [replace(statement, `const ${register} = () => {\n${statement.getText()}\n};\n${register}();`)] };
    }),
  ),
  rewriting('listeners', 'a function that registers what it is given', ({ parsed, name }) =>
    subscriptions(parsed).map(({ statement, event, listener, call }) => {
      const register = name('register');
      return {
        edits: [
          replace(
            statement,
            `const ${register} = ({ event, run }) => {\n${call.expression.getText()}(event, run);\n};\n${register}({ event: ${event.getText()}, run: ${listener.getText()} });`,
          ),
        ],
      };
    }),
  ),
];

interface Subscription {
  readonly statement: ts.ExpressionStatement;
  readonly call: ts.CallExpression;
  readonly event: ts.Expression;
  readonly listener: ts.Expression;
}

/** `Actor.on('event', listener);` as a statement. */
function subscriptions(parsed: Parsed): readonly Subscription[] {
  return nodesOf(parsed, ts.isExpressionStatement).flatMap((statement) => {
    const call = statement.expression;
    if (
      !ts.isCallExpression(call) ||
      !/^(?:Actor|Apify\.events)\.on$/u.test(call.expression.getText()) ||
      !isInList(statement)
    )
      return [];
    const [event, listener, ...others] = call.arguments;
    const isPlain = event !== undefined && listener !== undefined && others.length === 0 && ts.isStringLiteral(event);
    return isPlain ? [{ statement, call, event, listener }] : [];
  });
}
