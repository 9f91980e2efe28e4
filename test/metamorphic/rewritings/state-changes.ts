import { ts } from 'ts-morph';

import { insertAfter, replace } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place, Rewriting } from '../program.ts';
import { renaming, rewriting } from '../rewriting.ts';
import type { Site } from '../rewriting.ts';
import { awaits } from '../shape.ts';
import { changedVariables, isUnused, writeOf } from '../variables.ts';
import type { Variable } from '../variables.ts';
import { isAssignment } from './operands.ts';

/** How the program's state is read and changed. */
export const stateChanges: readonly Rewriting[] = [
  rewriting('state', 'x += 1 as x = x + 1', ({ parsed }) =>
    nodesOf(parsed, isAssignment)
      .filter(
        (node) =>
          /^(?:\+|-|\*)=$/u.test(node.operatorToken.getText()) && isSimpleTarget(node.left) && !awaits(node.right),
      )
      .map((node) => {
        const operator = node.operatorToken.getText().slice(0, 1);
        const target = node.left.getText();
        return { edits: [replace(node, `${target} = ${target} ${operator} (${node.right.getText()})`)] };
      }),
  ),
  rewriting('state', 'x += 1 as ++x', ({ parsed }) =>
    nodesOf(parsed, isAssignment)
      .filter(
        (node) => node.operatorToken.getText() === '+=' && node.right.getText() === '1' && isSimpleTarget(node.left),
      )
      .map((node) => ({ edits: [replace(node, `++${node.left.getText()}`)] })),
  ),
  rewriting('state', 'a setter', (site) => settersOf(site, 'sets')),
  rewriting('state', 'a setter that counts on', (site) => settersOf(site, 'counts on')),
  rewriting('state', 'a reducer', ({ parsed, name }) =>
    letVariables(parsed).flatMap((variable): readonly Place[] => {
      const writes = plainWrites(variable);
      if (writes === undefined || writes.length === 0) return [];
      const edits: Edit[] = [];
      const functions: string[] = [];
      for (const { node, value, operator } of writes) {
        if (operator === '') continue;
        const reducer = name('next');
        functions.push(`const ${reducer} = (before, given) => before ${operator} given;`);
        edits.push(replace(node, `${variable.name} = ${reducer}(${variable.name}, ${value})`));
      }
      return edits.length === 0
        ? []
        : [{ edits: [...edits, insertAfter(variable.statement, `\n${functions.join('\n')}`)] }];
    }),
  ),
  renaming('state', 'a closure with get and set', ({ parsed, name }) =>
    accessedBy(parsed, (_, value) => {
      const factory = name('createCell');
      const cell = name('cell');
      return {
        declared: `const ${factory} = (kept) => ({\n  get: () => kept,\n  set: (given) => {\n    kept = given;\n  },\n});\nconst ${cell} = ${factory}(${value});`,
        read: `${cell}.get()`,
        write: (given) => `${cell}.set(${given})`,
      };
    }),
  ),
  renaming('state', 'a private field behind methods', ({ parsed, name }) =>
    accessedBy(parsed, (variable, value) => {
      const type = name('Progress');
      const instance = name('progress');
      const read = `read${variable.name}`;
      const write = `write${variable.name}`;
      return {
        declared: `class ${type} {\n  #kept;\n  constructor(given) {\n    this.#kept = given;\n  }\n  ${read}() {\n    return this.#kept;\n  }\n  ${write}(given) {\n    this.#kept = given;\n  }\n}\nconst ${instance} = new ${type}(${value});`,
        read: `${instance}.${read}()`,
        write: (given) => `${instance}.${write}(${given})`,
      };
    }),
  ),
  renaming('state', 'an entry of a Map', ({ parsed, name }) =>
    accessedBy(parsed, (variable, value) => {
      const values = name('values');
      return {
        declared: `const ${values} = new Map([['${variable.name}', ${value}]]);`,
        read: `${values}.get('${variable.name}')`,
        write: (given) => `${values}.set('${variable.name}', ${given})`,
      };
    }),
  ),
  renaming('state', 'get and set by destructured functions', ({ parsed, name }) =>
    accessedBy(parsed, (variable, value) => {
      const read = name(`read${variable.name}`);
      const write = name(`write${variable.name}`);
      return {
        declared: `const [${read}, ${write}] = ((kept) => [() => kept, (given) => { kept = given; }])(${value});`,
        read: `${read}()`,
        write: (given) => `${write}(${given})`,
      };
    }),
  ),
  rewriting('state', 'a field set by Object.assign', ({ parsed }) =>
    nodesOf(parsed, isAssignment).flatMap((node): readonly Place[] => {
      const { left, right } = node;
      const operator = node.operatorToken.getText().slice(0, -1);
      if (
        !isUnused(node) ||
        !/^[+*-]?$/u.test(operator) ||
        !ts.isPropertyAccessExpression(left) ||
        !ts.isIdentifier(left.expression)
      )
        return [];
      if (!ts.isIdentifier(left.name) || /^(?:exports|module)$/u.test(left.expression.text) || awaits(right)) return [];
      const value = operator === '' ? right.getText() : `${left.getText()} ${operator} (${right.getText()})`;
      return [{ edits: [replace(node, `Object.assign(${left.expression.text}, { ${left.name.text}: ${value} })`)] }];
    }),
  ),
  rewriting('state', 'a method of the state behind a function', ({ parsed, name }) =>
    changedVariables(parsed).flatMap((variable): readonly Place[] => {
      const edits: Edit[] = [];
      const functions: string[] = [];
      for (const use of variable.uses) {
        const access = use.parent;
        if (
          !ts.isPropertyAccessExpression(access) ||
          access.expression !== use ||
          !/^(?:add|set|push|delete)$/u.test(access.name.text)
        )
          continue;
        const call = access.parent;
        if (!ts.isCallExpression(call) || call.expression !== access || call.arguments.some(ts.isSpreadElement))
          continue;
        const helper = name(`${access.name.text}Into`);
        const parameters = call.arguments.map((_, index) => `given${index}`).join(', ');
        functions.push(`const ${helper} = (${parameters}) => ${access.getText()}(${parameters});`);
        edits.push(replace(access, helper));
      }
      return edits.length === 0
        ? []
        : [{ edits: [...edits, insertAfter(variable.statement, `\n${functions.join('\n')}`)] }];
    }),
  ),
];

function letVariables(parsed: Parsed): readonly Variable[] {
  return changedVariables(parsed).filter(({ statement }) => (statement.declarationList.flags & ts.NodeFlags.Let) !== 0);
}

interface PlainWrite {
  readonly node: ts.Node;
  /** The operand: of `x += y` it is `y`. */
  readonly value: string;
  readonly operator: string;
}

/** The writes to a variable whose value nobody looks at; `undefined` where one is written in another way. */
function plainWrites({ uses }: Variable): readonly PlainWrite[] | undefined {
  const writes: PlainWrite[] = [];
  for (const use of uses) {
    const write = writeOf(use);
    if (write === 'read') continue;
    if (write === 'other' || !isUnused(write.node)) return undefined;
    if (write.kind === 'step') writes.push({ node: write.node, value: '1', operator: write.operator });
    else if (awaits(write.node.right) || contains(write.node.right, uses)) return undefined;
    else writes.push({ node: write.node, value: `(${write.node.right.getText()})`, operator: write.operator });
  }
  return writes;
}

/** Whether the new value names the variable: then a use would stand in a text that replaces it. */
function contains(node: ts.Node, uses: readonly ts.Identifier[]): boolean {
  return uses.some((use) => use.pos >= node.pos && use.end <= node.end && use.getSourceFile() === node.getSourceFile());
}

/** `const setPage = (given) => { page = given; }` behind the declaration, and each write through it. */
function settersOf({ parsed, name }: Site, way: 'sets' | 'counts on'): readonly Place[] {
  return letVariables(parsed).flatMap((variable): readonly Place[] => {
    const writes = plainWrites(variable)?.filter(({ operator }) => way === 'sets' || operator !== '') ?? [];
    const operators = new Set(way === 'sets' ? [''] : writes.map(({ operator }) => operator));
    if (writes.length === 0 || operators.size > 1) return [];
    const setter = name(`set${variable.name}`);
    const declared = `\nconst ${setter} = (given) => {\n${variable.name} ${[...operators].join('')}= given;\n};`;
    const edits = writes.map(({ node, value, operator }) => {
      const isWhole = way === 'counts on' || operator === '';
      return replace(node, `${setter}(${isWhole ? value : `${variable.name} ${operator} ${value}`})`);
    });
    return [{ edits: [insertAfter(variable.statement, declared), ...edits] }];
  });
}

interface Accessed {
  readonly declared: string;
  readonly read: string;
  readonly write: (given: string) => string;
}

/** A variable that only functions read and write. */
function accessedBy(parsed: Parsed, access: (variable: Variable, value: string) => Accessed): readonly Place[] {
  return changedVariables(parsed).flatMap((variable): readonly Place[] => {
    const writes = plainWrites(variable);
    if (writes === undefined) return [];
    const { declared, read, write } = access(variable, variable.initializer?.getText() ?? 'undefined');
    const reads = variable.uses
      .filter((use) => writeOf(use) === 'read')
      .map((use) => replace(use, ts.isShorthandPropertyAssignment(use.parent) ? `${use.text}: ${read}` : read));
    const changed = writes.map(({ node, value, operator }) =>
      replace(node, write(operator === '' ? value : `${read} ${operator} ${value}`)),
    );
    return [{ edits: [replace(variable.statement, declared), ...reads, ...changed] }];
  });
}

function isSimpleTarget(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isSimpleTarget(node.expression));
}
