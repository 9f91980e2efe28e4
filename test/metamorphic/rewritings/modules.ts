import { ts } from 'ts-morph';

import { replace } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place, Rewriting } from '../program.ts';
import { rewriting } from '../rewriting.ts';
import { isRequire } from '../shape.ts';

/** How modules take from each other. */
export const modules: readonly Rewriting[] = [
  rewriting('modules', 'imports under another name', ({ parsed, name }) =>
    specifiers(parsed).flatMap((specifier): readonly Place[] => {
      const other = name(`${specifier.name.text}Imported`);
      const imported = (specifier.propertyName ?? specifier.name).getText();
      return renamed(parsed, specifier.name, other, replace(specifier, `${imported} as ${other}`));
    }),
  ),
  rewriting('modules', 'a namespace import', ({ parsed, name }) =>
    nodesOf(parsed, ts.isImportDeclaration).flatMap((declaration): readonly Place[] => {
      const named = declaration.importClause?.namedBindings;
      if (named === undefined || !ts.isNamedImports(named) || declaration.importClause?.name !== undefined) return [];
      const space = name('imported');
      const edits = [replace(declaration, `import * as ${space} from ${declaration.moduleSpecifier.getText()};`)];
      for (const element of named.elements) {
        const imported = (element.propertyName ?? element.name).getText();
        if (!isPlain(parsed, element.name)) return [];
        for (const use of parsed.usesOf(element.name))
          if (use.getSourceFile() === declaration.getSourceFile() && !contains(declaration, use))
            edits.push(useOf(use, `${space}.${imported}`));
      }
      return [{ edits }];
    }),
  ),
  rewriting('modules', 'a constant for what is imported', ({ parsed, name }) =>
    specifiers(parsed).flatMap((specifier): readonly Place[] => {
      const other = name(`${specifier.name.text}Imported`);
      const declaration = ts.findAncestor(specifier, ts.isImportDeclaration);
      const file = specifier.getSourceFile();
      if (declaration === undefined || parsed.usesOf(specifier.name).some((use) => isBefore(use, file, declaration)))
        return [];
      const imported = (specifier.propertyName ?? specifier.name).getText();
      const end = file.statements.findLast((each) => ts.isImportDeclaration(each))?.getEnd() ?? 0;
      if (parsed.usesOf(specifier.name).some((use) => ts.isExportSpecifier(use.parent)) || file !== parsed.entry)
        return [];
      return [
        {
          edits: [
            replace(specifier, `${imported} as ${other}`),
            { file: file.fileName, start: end, end, text: `\nconst ${specifier.name.text} = ${other};` },
          ],
        },
      ].slice(0, specifier.name.text === firstOf(specifier) ? 1 : 0);
    }),
  ),
  rewriting('modules', 'imports when the program runs', ({ parsed }) => {
    const { entry } = parsed;
    const imports = entry.statements.filter(ts.isImportDeclaration);
    const lines = imports.map((each) => dynamicImport(each));
    const head = entry.statements.slice(0, imports.length);
    if (imports.length === 0 || lines.includes(undefined) || head.some((each) => !ts.isImportDeclaration(each)))
      return [];
    return [{ edits: imports.map((each, index) => replace(each, lines[index] ?? '')) }];
  }),
  rewriting('modules', 'a required package taken apart', ({ parsed, name }) =>
    nodesOf(parsed, ts.isVariableStatement).flatMap((statement) => takenApart(parsed, statement, name)),
  ),
  rewriting('modules', 'a barrel between the modules', ({ parsed, name }) =>
    nodesOf(parsed, ts.isImportDeclaration).flatMap((declaration): readonly Place[] => {
      const source = declaration.moduleSpecifier;
      if (!ts.isStringLiteral(source) || !source.text.startsWith('./') || declaration.importClause?.name !== undefined)
        return [];
      if (declaration.importClause === undefined || source.text.slice(2).includes('/')) return [];
      const barrel = name('barrel');
      const path = declaration
        .getSourceFile()
        .fileName.slice(1)
        .replace(/[^/]*$/u, '');
      return [
        {
          edits: [replace(source, `'./${barrel}.js'`)],
          added: { [`${path}${barrel}.js`]: `export * from '${source.text}';\n` },
        },
      ];
    }),
  ),
  rewriting('modules', 'exports in a list at the end', ({ parsed }) =>
    parsed.files.flatMap((file): readonly Place[] => {
      const edits: Edit[] = [];
      const exported: string[] = [];
      for (const statement of file.statements) {
        if (!ts.isVariableStatement(statement) && !ts.isFunctionDeclaration(statement)) continue;
        const word = (ts.getModifiers(statement) ?? []).find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
        const names = ts.isVariableStatement(statement)
          ? statement.declarationList.declarations.map((each) => each.name)
          : [statement.name];
        if (
          word === undefined ||
          (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
        )
          continue;
        if (names.some((each) => each === undefined || !ts.isIdentifier(each))) continue;
        edits.push(replace(word, ''));
        exported.push(...names.map((each) => each?.getText() ?? ''));
      }
      if (edits.length === 0) return [];
      return [
        {
          edits: [
            ...edits,
            { file: file.fileName, start: file.end, end: file.end, text: `\nexport { ${exported.join(', ')} };\n` },
          ],
        },
      ];
    }),
  ),
];

function specifiers(parsed: Parsed): readonly ts.ImportSpecifier[] {
  return nodesOf(parsed, ts.isImportSpecifier).filter(({ name }) => isPlain(parsed, name));
}

/** Whether the name is nowhere used as a type or exported again. */
function isPlain(parsed: Parsed, name: ts.Identifier): boolean {
  return parsed
    .usesOf(name)
    .every(
      (use) =>
        !ts.isExportSpecifier(use.parent) &&
        !ts.isTypeReferenceNode(use.parent) &&
        !ts.isExpressionWithTypeArguments(use.parent) &&
        !ts.isQualifiedName(use.parent),
    );
}

function renamed(parsed: Parsed, name: ts.Identifier, other: string, declared: Edit): readonly Place[] {
  const file = name.getSourceFile();
  const uses = parsed.usesOf(name).filter((use) => use.getSourceFile() === file && !contains(name.parent, use));
  return [{ edits: [declared, ...uses.map((use) => useOf(use, other))] }];
}

function useOf(use: ts.Identifier, text: string): Edit {
  return replace(use, ts.isShorthandPropertyAssignment(use.parent) ? `${use.text}: ${text}` : text);
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function isBefore(use: ts.Node, file: ts.SourceFile, declaration: ts.Node): boolean {
  return use.getSourceFile() === file && use.end < declaration.pos;
}

/** One constant a file: each is put at the same place. */
function firstOf(specifier: ts.ImportSpecifier): string | undefined {
  const file = specifier.getSourceFile();
  const first = file.statements.find(ts.isImportDeclaration)?.importClause?.namedBindings;
  return first !== undefined && ts.isNamedImports(first) ? first.elements[0]?.name.text : undefined;
}

function dynamicImport({ importClause, moduleSpecifier }: ts.ImportDeclaration): string | undefined {
  const source = `await import(${moduleSpecifier.getText()})`;
  const named = importClause?.namedBindings;
  if (importClause === undefined) return `${source};`;
  if (named !== undefined && ts.isNamespaceImport(named))
    return importClause.name === undefined ? `const ${named.name.text} = ${source};` : undefined;
  const parts = importClause.name === undefined ? [] : [`default: ${importClause.name.text}`];
  for (const { name, propertyName } of named?.elements ?? [])
    parts.push(propertyName === undefined ? name.text : `${propertyName.getText()}: ${name.text}`);
  return `const { ${parts.join(', ')} } = ${source};`;
}

/** `const Apify = require('apify')` and `Apify.main(…)` to `const { main } = require('apify')` and `main(…)`. */
function takenApart(
  parsed: Parsed,
  statement: ts.VariableStatement,
  name: (wanted: string) => string,
): readonly Place[] {
  const [declaration, ...others] = statement.declarationList.declarations;
  if (declaration?.initializer === undefined || others.length > 0 || !isRequire(declaration.initializer)) return [];
  if (
    !ts.isIdentifier(declaration.name) ||
    !/^require\(['"](?:apify|crawlee)['"]\)$/u.test(declaration.initializer.getText())
  )
    return [];
  const parts = new Map<string, string>();
  const edits: Edit[] = [];
  for (const use of parsed.usesOf(declaration.name)) {
    if (use === declaration.name) continue;
    const access = use.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== use) return [];
    const part = parts.get(access.name.text) ?? name(access.name.text);
    parts.set(access.name.text, part);
    edits.push(replace(access, part));
  }
  const list = [...parts].map(([field, part]) => (field === part ? field : `${field}: ${part}`)).join(', ');
  return edits.length === 0 ? [] : [{ edits: [...edits, replace(declaration.name, `{ ${list} }`)] }];
}
