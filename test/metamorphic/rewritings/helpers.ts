import { ts } from 'ts-morph';

import { replace } from '../edits.ts';
import type { Edit, Place, Rewriting } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import type { Site } from '../rewriting.ts';
import { endOfImports, isCommonJs } from '../sdk-places.ts';
import { isFixedName } from '../shape.ts';
import { plainCalls } from './arguments.ts';
import { besides, extensionOf } from './constants.ts';
import { importLinesFor } from './import-lines.ts';

/** One function of the SDK that the program calls with so many arguments, and the function of our own that calls it now. */
interface Helper {
  readonly name: string;
  readonly callee: string;
  readonly root: ts.Identifier;
  readonly parameters: readonly string[];
  /** Where it is called. */
  readonly calls: readonly ts.CallExpression[];
}

/** The code that declares the helpers of a file, and how each is called. */
interface Declared {
  readonly head: string;
  /** Behind everything else, where declarations are hoisted. */
  readonly tail?: string;
  readonly use: (helper: Helper) => string;
  readonly added?: Readonly<Record<string, string>>;
}

type Declare = (helpers: readonly Helper[], site: Site, file: ts.SourceFile) => Declared | undefined;

const called = ({ callee, parameters }: Helper): string => `${callee}(${parameters.join(', ')})`;
const listed = ({ parameters }: Helper): string => parameters.join(', ');
const each = (helpers: readonly Helper[], line: (helper: Helper) => string): string =>
  helpers.map((helper) => line(helper)).join('');

/** A function of the program's own around each call of the SDK. */
export const helpers: readonly Rewriting[] = [
  helperForm('a declared function', (all) => ({
    head: '',
    tail: each(all, (one) => `function ${one.name}(${listed(one)}) {\n  return ${called(one)};\n}\n`),
    use: ({ name }) => name,
  })),
  helperForm(
    'an async function that awaits',
    (all) => ({
      head: '',
      tail: each(
        all.filter(isAsynchronous),
        (one) => `async function ${one.name}(${listed(one)}) {\n  return await ${called(one)};\n}\n`,
      ),
      use: ({ name }) => name,
    }),
    isAsynchronous,
  ),
  helperForm('an arrow function', (all) => ({
    head: each(all, (one) => `const ${one.name} = (${listed(one)}) => ${called(one)};\n`),
    use: ({ name }) => name,
  })),
  helperForm('a function with rest arguments', (all) => ({
    head: each(all, (one) => `const ${one.name} = (...given) => ${one.callee}(...given);\n`),
    use: ({ name }) => name,
  })),
  helperForm('a function bound to the SDK', (all) => ({
    head: each(all, (one) => `const ${one.name} = ${one.callee}.bind(${one.callee.replace(/\.\w+$/u, '')});\n`),
    use: ({ name }) => name,
  })),
  helperForm('a static method', (all, { name }) => {
    const type = name('Platform');
    const members = each(all, (one) => `  static ${one.name}(${listed(one)}) {\n    return ${called(one)};\n  }\n`);
    return { head: `class ${type} {\n${members}}\n`, use: (one) => `${type}.${one.name}` };
  }),
  helperForm('a method of an instance', (all, { name }) => {
    const type = name('Platform');
    const instance = name('platform');
    const members = each(all, (one) => `  ${one.name}(${listed(one)}) {\n    return ${called(one)};\n  }\n`);
    return {
      head: `class ${type} {\n${members}}\nconst ${instance} = new ${type}();\n`,
      use: (one) => `${instance}.${one.name}`,
    };
  }),
  helperForm('a field of a class with an arrow function', (all, { name }) => {
    const type = name('Platform');
    const instance = name('platform');
    const members = each(all, (one) => `  ${one.name} = (${listed(one)}) => ${called(one)};\n`);
    return {
      head: `class ${type} {\n${members}}\nconst ${instance} = new ${type}();\n`,
      use: (one) => `${instance}.${one.name}`,
    };
  }),
  helperForm('an object of functions', (all, { name }) => {
    const object = name('platform');
    const members = each(all, (one) => `  ${one.name}: (${listed(one)}) => ${called(one)},\n`);
    return { head: `const ${object} = {\n${members}};\n`, use: (one) => `${object}.${one.name}` };
  }),
  helperForm('closures from a factory', (all, { name }) => {
    const factory = name('createPlatform');
    const object = name('platform');
    const members = each(all, (one) => `    ${one.name}(${listed(one)}) {\n      return ${called(one)};\n    },\n`);
    return {
      head: `function ${factory}() {\n  return {\n${members}  };\n}\nconst ${object} = ${factory}();\n`,
      use: (one) => `${object}.${one.name}`,
    };
  }),
  helperForm('destructured closures from a factory', (all, { name }) => {
    const factory = name('createPlatform');
    const members = each(all, (one) => `  const ${one.name} = (${listed(one)}) => ${called(one)};\n`);
    const names = all.map((one) => one.name).join(', ');
    return {
      head: `const ${factory} = () => {\n${members}  return { ${names} };\n};\nconst { ${names} } = ${factory}();\n`,
      use: (one) => one.name,
    };
  }),
  helperForm('a helper of a helper', (all, { name }) => ({
    head: each(all, (one) => {
      const inner = name(`${one.name}Inner`);
      return `const ${inner} = (${listed(one)}) => ${called(one)};\nconst ${one.name} = (${listed(one)}) => ${inner}(${listed(one)});\n`;
    }),
    use: ({ name: outer }) => outer,
  })),
  helperForm('another module', (all, site, file) => inModule(all, site, file, 'named')),
  helperForm('a module behind a barrel', (all, site, file) => inModule(all, site, file, 'barrel')),
  helperForm('a default export', (all, site, file) => inModule(all, site, file, 'default')),
  helperForm('a namespace of another module', (all, site, file) => inModule(all, site, file, 'namespace')),
  helperForm('a module that is imported when the program runs', (all, site, file) =>
    file === site.parsed.entry ? inModule(all, site, file, 'dynamic') : undefined,
  ),
];

/** Whether it is sure to give a promise. */
function isAsynchronous({ callee }: Helper): boolean {
  return /^(?:Actor|Apify)\.(?:utils\.sleep|init|exit|fail|reboot|metamorph|call|start|charge|pushData|useState|[sg]etValue|getInput|addWebhook|open\w+|setStatusMessage)$/u.test(
    callee,
  );
}

function helperForm(name: string, declare: Declare, isTaken: (helper: Helper) => boolean = () => true): Rewriting {
  return rewriting('helpers', name, (site) =>
    site.parsed.files.flatMap((file): readonly Place[] => {
      const all = helpersIn(site, file).filter((helper) => isTaken(helper));
      const declared = all.length === 0 ? undefined : declare(all, site, file);
      if (declared === undefined) return [];
      const edits: Edit[] = all.flatMap((helper) =>
        helper.calls.map(({ expression }) => replace(expression, declared.use(helper))),
      );
      if (declared.head !== '') edits.push(endOfImports(file, declared.head));
      const { end } = file;
      if (declared.tail !== undefined) edits.push({ file: file.fileName, start: end, end, text: declared.tail });
      return [{ edits, ...(declared.added && { added: declared.added }) }];
    }),
  );
}

/** The calls of `Actor.f(…)` and `Apify.f(…)` in a file, by function and number of arguments. */
function helpersIn({ parsed, name }: Site, file: ts.SourceFile): readonly Helper[] {
  const found = new Map<string, Helper>();
  for (const call of plainCalls(parsed)) {
    if (call.getSourceFile() !== file || call.arguments.some(ts.isSpreadElement)) continue;
    const root = rootOf(call.expression);
    if (root === undefined || !ts.isPropertyAccessExpression(call.expression) || !isFixedName(parsed, root)) continue;
    const callee = call.expression.getText();
    const key = `${callee}/${call.arguments.length}`;
    const parameters = call.arguments.map((_, index) => `given${index}`);
    const before = found.get(key) ?? {
      name: name(`${call.expression.name.text}Now`),
      callee,
      root,
      parameters,
      calls: [],
    };
    found.set(key, { ...before, calls: [...before.calls, call] });
  }
  return [...found.values()];
}

function rootOf(node: ts.Expression): ts.Identifier | undefined {
  if (ts.isPropertyAccessExpression(node)) return rootOf(node.expression);
  return ts.isIdentifier(node) ? node : undefined;
}

type Way = 'named' | 'barrel' | 'default' | 'namespace' | 'dynamic';

/** Helpers in a module of their own, which imports what they call. */
function inModule(all: readonly Helper[], { parsed, name }: Site, file: ts.SourceFile, way: Way): Declared | undefined {
  const lines = importLinesFor(parsed, [...new Set(all.map(({ root }) => root.text))], file);
  if (lines === undefined) return undefined;
  const module = name('platform');
  const extension = extensionOf(file);
  const names = all.map((one) => one.name).join(', ');
  if (isCommonJs(file)) {
    const code = each(all, (one) => `function ${one.name}(${listed(one)}) {\n  return ${called(one)};\n}\n`);
    const added = { [besides(file, `${module}.js`)]: `${lines}\n${code}module.exports = { ${names} };\n` };
    if (way === 'barrel')
      return {
        head: `const { ${names} } = require('./${module}-index.js');\n`,
        use: (one) => one.name,
        added: {
          ...added,
          [besides(file, `${module}-index.js`)]: `module.exports = { ...require('./${module}.js') };\n`,
        },
      };
    if (way === 'dynamic' || way === 'default') return undefined;
    return way === 'namespace'
      ? { head: `const ${module} = require('./${module}.js');\n`, use: (one) => `${module}.${one.name}`, added }
      : { head: `const { ${names} } = require('./${module}.js');\n`, use: (one) => one.name, added };
  }
  const exported = way === 'default' ? '' : 'export ';
  const code = each(all, (one) => `${exported}function ${one.name}(${listed(one)}) {\n  return ${called(one)};\n}\n`);
  const last = way === 'default' ? `export default { ${names} };\n` : '';
  const added = { [besides(file, `${module}${extension}`)]: `${lines}\n${code}${last}` };
  switch (way) {
    case 'named':
      return { head: `import { ${names} } from './${module}.js';\n`, use: (one) => one.name, added };
    case 'barrel':
      return {
        head: `import { ${names} } from './${module}-index.js';\n`,
        use: (one) => one.name,
        added: { ...added, [besides(file, `${module}-index${extension}`)]: `export * from './${module}.js';\n` },
      };
    case 'default':
      return { head: `import ${module} from './${module}.js';\n`, use: (one) => `${module}.${one.name}`, added };
    case 'namespace':
      return { head: `import * as ${module} from './${module}.js';\n`, use: (one) => `${module}.${one.name}`, added };
    case 'dynamic':
      return { head: `const { ${names} } = await import('./${module}.js');\n`, use: (one) => one.name, added };
  }
}
