import { ts } from 'ts-morph';

import { replace } from '../edits.ts';
import type { Edit, Place, Rewriting } from '../program.ts';
import { renaming } from '../rewriting.ts';
import type { Site } from '../rewriting.ts';
import { endOfImports, isCommonJs } from '../sdk-places.ts';
import { awaits } from '../shape.ts';
import { changedVariables, isFresh, isSelfContained } from '../variables.ts';
import type { Variable } from '../variables.ts';
import { besides, extensionOf } from './constants.ts';

/** Where a variable lives now. */
interface Moved {
  /** In the place of its declaration. */
  readonly declared: string;
  /** What stands for it, to read and to write. */
  readonly target: string;
  readonly more?: readonly Edit[];
  readonly added?: Readonly<Record<string, string>>;
}

type Move = (variable: Variable & { readonly value: string }, site: Site) => Moved | undefined;

/** A variable of the program's state, put somewhere else. */
export const statePlaces: readonly Rewriting[] = [
  moved('a field of an object', ({ name, value }, site) => {
    const box = site.name('box');
    return { declared: `const ${box} = { ${name}: ${value} };`, target: `${box}.${name}` };
  }),
  moved('a field of an object that is assigned later', ({ name, value }, site) => {
    const box = site.name('box');
    return { declared: `const ${box} = {};\n${box}.${name} = ${value};`, target: `${box}.${name}` };
  }),
  moved('a field of a nested object', ({ name, value }, site) => {
    const box = site.name('box');
    return { declared: `const ${box} = { inner: { ${name}: ${value} } };`, target: `${box}.inner.${name}` };
  }),
  moved('an element with a text', ({ name, value }, site) => {
    const box = site.name('box');
    return { declared: `const ${box} = { '${name}': ${value} };`, target: `${box}['${name}']` };
  }),
  moved('an element of an array', ({ value }, site) => {
    const cells = site.name('cells');
    return { declared: `const ${cells} = [${value}];`, target: `${cells}[0]` };
  }),
  moved('a field of an instance', ({ name, value, initializer }, site) => {
    if (!isSelfContained(initializer)) return undefined;
    const type = site.name('Progress');
    const instance = site.name('progress');
    return {
      declared: `class ${type} {\n  ${name} = ${value};\n}\nconst ${instance} = new ${type}();`,
      target: `${instance}.${name}`,
    };
  }),
  moved('a field that the constructor sets', ({ name, value }, site) => {
    const type = site.name('Progress');
    const instance = site.name('progress');
    return {
      declared: `class ${type} {\n  constructor(given) {\n    this.${name} = given;\n  }\n}\nconst ${instance} = new ${type}(${value});`,
      target: `${instance}.${name}`,
    };
  }),
  moved('a private field behind accessors', ({ name, value }, site) => {
    const type = site.name('Progress');
    const instance = site.name('progress');
    return {
      declared: `class ${type} {\n  #kept;\n  constructor(given) {\n    this.#kept = given;\n  }\n  get ${name}() {\n    return this.#kept;\n  }\n  set ${name}(given) {\n    this.#kept = given;\n  }\n}\nconst ${instance} = new ${type}(${value});`,
      target: `${instance}.${name}`,
    };
  }),
  moved('a static field', ({ name, value, initializer }, site) => {
    if (!isSelfContained(initializer) || /^(?:name|length|prototype)$/u.test(name)) return undefined;
    const type = site.name('Progress');
    return { declared: `class ${type} {\n  static ${name} = ${value};\n}`, target: `${type}.${name}` };
  }),
  moved('an accessor property over a closure', ({ name, value }, site) => {
    const factory = site.name('createProgress');
    const object = site.name('progress');
    return {
      declared: `const ${factory} = (kept) => ({\n  get ${name}() {\n    return kept;\n  },\n  set ${name}(given) {\n    kept = given;\n  },\n});\nconst ${object} = ${factory}(${value});`,
      target: `${object}.${name}`,
    };
  }),
  moved('an object that a function makes', ({ name, value }, site) => {
    const factory = site.name('createProgress');
    const object = site.name('progress');
    return {
      declared: `const ${factory} = (given) => ({ ${name}: given });\nconst ${object} = ${factory}(${value});`,
      target: `${object}.${name}`,
    };
  }),
  moved('an object without prototype', ({ name, value }, site) => {
    const box = site.name('box');
    return {
      declared: `const ${box} = Object.assign(Object.create(null), { ${name}: ${value} });`,
      target: `${box}.${name}`,
    };
  }),
  moved('the head of the file', ({ name, value, statement, initializer }, site) => {
    const file = statement.getSourceFile();
    if (ts.isSourceFile(statement.parent) || isInRepeated(statement)) return undefined;
    const outer = site.name(name);
    const declared = initializer === undefined ? `${outer} = undefined;` : `${outer} = ${value};`;
    return { declared, target: outer, more: [endOfImports(file, `let ${outer};\n`)] };
  }),
  moved('an object of another module', ({ name, value, statement, initializer }, site) => {
    const file = statement.getSourceFile();
    if (!ts.isSourceFile(statement.parent) || !isFresh(initializer)) return undefined;
    const module = site.name('progress');
    const path = `./${module}.js`;
    if (isCommonJs(file))
      return {
        declared: `const ${module} = require('${path}');`,
        target: `${module}.${name}`,
        added: { [besides(file, `${module}.js`)]: `module.exports = { ${name}: ${value} };\n` },
      };
    return {
      declared: '',
      target: `${module}.${name}`,
      more: [endOfImports(file, `import { ${module} } from '${path}';\n`)],
      added: { [besides(file, `${module}${extensionOf(file)}`)]: `export const ${module} = { ${name}: ${value} };\n` },
    };
  }),
  moved('another name', ({ name, value, statement }, site) => {
    const kind = (statement.declarationList.flags & ts.NodeFlags.Let) === 0 ? 'const' : 'let';
    const other = site.name(`${name}Now`);
    return { declared: `${kind} ${other} = ${value};`, target: other };
  }),
];

function moved(name: string, move: Move): Rewriting {
  return renaming('state', name, (site) =>
    changedVariables(site.parsed).flatMap((variable): readonly Place[] => {
      const value = variable.initializer?.getText() ?? 'undefined';
      const result = move({ ...variable, value }, site);
      if (
        result === undefined ||
        (variable.initializer !== undefined && awaits(variable.initializer) && result.declared === '')
      )
        return [];
      const { declared, target, more = [], added } = result;
      const edits = [replace(variable.statement, declared), ...variable.uses.map((use) => useOf(use, target)), ...more];
      return [{ edits, ...(added && { added }) }];
    }),
  );
}

function useOf(use: ts.Identifier, target: string): Edit {
  const isShorthand = ts.isShorthandPropertyAssignment(use.parent);
  return replace(use, isShorthand ? `${use.text}: ${target}` : target);
}

/** Whether the statement may run again while an earlier run of it is still needed. */
function isInRepeated(statement: ts.Statement): boolean {
  const callback = ts.findAncestor(
    statement.parent,
    (node) => ts.isFunctionLike(node) || ts.isIterationStatement(node, false),
  );
  if (callback === undefined) return false;
  const call = callback.parent;
  const isMain = ts.isCallExpression(call) && /^(?:Actor|Apify)\.main$/u.test(call.expression.getText());
  return !isMain;
}
