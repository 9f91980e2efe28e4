import { ts } from 'ts-morph';

import { replace } from '../edits.ts';
import { nodesIn } from '../parsed.ts';
import type { Edit, Group, Place, Rewriting } from '../program.ts';
import { inTypeScript, rewriting } from '../rewriting.ts';
import type { Site } from '../rewriting.ts';
import { endOfImports, isCommonJs } from '../sdk-places.ts';
import { isCallLike } from './operands.ts';
import { isRequire } from '../shape.ts';

/** The constants in the place of literals: what declares them, and how each is then written. */
interface Declared {
  readonly text: string;
  readonly use: (index: number) => string;
  readonly added?: Readonly<Record<string, string>>;
}

/** Declares constants with these values at the head of a file. */
type Declare = (values: readonly string[], site: Site, file: ts.SourceFile) => Declared | undefined;

/** Literals among the arguments of calls, written as constants. */
export const constants: readonly Rewriting[] = [
  constantForm('constants', 'constants', (values, { name }) => {
    const names = values.map(() => name('CONSTANT'));
    return {
      text: values.map((value, index) => `const ${names[index]} = ${value};\n`).join(''),
      use: (index) => names[index] ?? '',
    };
  }),
  constantForm('constants', 'fields of a frozen object', (values, { name }) => {
    const object = name('CONSTANTS');
    return { text: `const ${object} = Object.freeze({ ${fields(values)} });\n`, use: (index) => `${object}.c${index}` };
  }),
  constantForm('constants', 'fields of a nested object', (values, { name }) => {
    const object = name('config');
    return {
      text: `const ${object} = { names: { ${fields(values)} } };\n`,
      use: (index) => `${object}.names.c${index}`,
    };
  }),
  constantForm('constants', 'static fields of a class', (values, { name }) => {
    const type = name('Constants');
    const members = values.map((value, index) => `  static c${index} = ${value};\n`).join('');
    return { text: `class ${type} {\n${members}}\n`, use: (index) => `${type}.c${index}` };
  }),
  constantForm('constants', 'destructured constants', (values, { name }) => {
    const names = values.map(() => name('CONSTANT'));
    return { text: `const [${names.join(', ')}] = [${values.join(', ')}];\n`, use: (index) => names[index] ?? '' };
  }),
  constantForm('constants', 'what a function gives', (values, { name }) => {
    const names = values.map(() => name('constantOf'));
    return {
      text: values.map((value, index) => `const ${names[index]} = () => ${value};\n`).join(''),
      use: (index) => `${names[index]}()`,
    };
  }),
  constantForm('constants', 'constants of another module', (values, { name }, file) => {
    const object = name('constant');
    const names = values.map((_, index) => `${object}${index}`);
    if (isCommonJs(file))
      return {
        text: `const { ${names.join(', ')} } = require('./${object}.js');\n`,
        use: (index) => names[index] ?? '',
        added: {
          [besides(file, `${object}.js`)]:
            `${values.map((value, index) => `const ${names[index]} = ${value};\n`).join('')}module.exports = { ${names.join(', ')} };\n`,
        },
      };
    return {
      text: `import { ${names.join(', ')} } from './${object}.js';\n`,
      use: (index) => names[index] ?? '',
      added: {
        [besides(file, `${object}${extensionOf(file)}`)]: values
          .map((value, index) => `export const ${names[index]} = ${value};\n`)
          .join(''),
      },
    };
  }),
  enumForm(),
  rewriting('constants', 'template literals', ({ parsed }) =>
    parsed.files.flatMap((file) =>
      literalsIn(file).flatMap((literal): readonly Place[] =>
        ts.isStringLiteral(literal) ? [{ edits: [replace(literal, `\`${escaped(literal.text)}\``)] }] : [],
      ),
    ),
  ),
  rewriting('constants', 'texts put together', ({ parsed }) =>
    parsed.files.flatMap((file) =>
      literalsIn(file).flatMap((literal): readonly Place[] =>
        ts.isStringLiteral(literal) && /^[\w-]{2,}$/u.test(literal.text)
          ? [{ edits: [replace(literal, `'${literal.text.slice(0, 1)}' + '${literal.text.slice(1)}'`)] }]
          : [],
      ),
    ),
  ),
];

function constantForm(group: Group, name: string, declare: Declare): Rewriting {
  return rewriting(group, name, (site) => placesOf(site, declare));
}

function enumForm(): Rewriting {
  return inTypeScript('constants', 'an enum', (site) =>
    placesOf(
      site,
      (values, { name }) => {
        const type = name('Constants');
        const members = values.map((value, index) => `  C${index} = ${value},\n`).join('');
        return { text: `enum ${type} {\n${members}}\n`, use: (index) => `${type}.C${index}` };
      },
      ts.isStringLiteral,
    ),
  );
}

function* placesOf(
  site: Site,
  declare: Declare,
  isTaken: (literal: ts.Expression) => boolean = () => true,
): Iterable<Place> {
  for (const file of site.parsed.files) {
    const literals = literalsIn(file).filter((literal) => isTaken(literal));
    if (literals.length === 0) continue;
    const values = [...new Set(literals.map((literal) => literal.getText()))];
    const declared = declare(values, site, file);
    if (declared === undefined) continue;
    const edits: Edit[] = literals.map((literal) => replace(literal, declared.use(values.indexOf(literal.getText()))));
    yield { edits: [...edits, endOfImports(file, declared.text)], ...(declared.added && { added: declared.added }) };
  }
}

/** The texts and numbers that are arguments. */
function literalsIn(file: ts.SourceFile): readonly ts.Expression[] {
  return nodesIn(file)
    .filter(isCallLike)
    .filter((call) => !isRequire(call) && call.expression.kind !== ts.SyntaxKind.ImportKeyword)
    .flatMap((call) =>
      [...(call.arguments ?? [])].filter((each) => ts.isStringLiteral(each) || ts.isNumericLiteral(each)),
    );
}

function fields(values: readonly string[]): string {
  return values.map((value, index) => `c${index}: ${value}`).join(', ');
}

function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${');
}

/** A path beside a file. */
export function besides(file: ts.SourceFile, name: string): string {
  return file.fileName.slice(1).replace(/[^/]*$/u, name);
}

export function extensionOf(file: ts.SourceFile): string {
  return /\.[cm]?[jt]sx?$/u.exec(file.fileName)?.[0] ?? '.js';
}
