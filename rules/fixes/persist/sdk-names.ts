import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import { insertion, textOf } from '../changes.ts';
import { nextLine, styleOf } from '../file-style.ts';
import type { Plan } from './plan.ts';

/** A name to call, with the import that it needs. */
export interface SdkCall {
  readonly name: string;
  readonly imports: readonly Change[];
}

/** What the SDK offers for state in the Actor's generation; `undefined` where it offers nothing, or where no name for it is sure. */
export interface SdkCalls {
  readonly useState: SdkCall | undefined;
  readonly getValue: SdkCall | undefined;
  readonly setValue: SdkCall | undefined;
  readonly on: SdkCall | undefined;
}

/** How the SDK is called in the file of a plan. */
export function sdkCalls(plan: Plan): SdkCalls {
  const none: SdkCalls = { useState: undefined, getValue: undefined, setValue: undefined, on: undefined };
  const { sdk, file } = plan;
  const isLegacy = (plan.actor.folder.sdk?.generation ?? 3) < 3;
  if (sdk === undefined) return { ...none, useState: useStateOfCrawlee(file) };
  const imports = importsOf(file, sdk, isLegacy);
  if (imports === undefined) return none;
  const member = (name: string): SdkCall => ({ name: `${sdk}.${name}`, imports });
  return {
    useState: isLegacy ? undefined : member('useState'),
    getValue: member('getValue'),
    setValue: member('setValue'),
    on: member(isLegacy ? 'events.on' : 'on'),
  };
}

/** Empty where the file knows the name already; `undefined` where it cannot be imported. */
function importsOf(file: ts.SourceFile, sdk: string, isLegacy: boolean): readonly Change[] | undefined {
  const [root = ''] = sdk.split('.');
  if (declaredNames(file).has(root)) return [];
  if (root !== (isLegacy ? 'Apify' : 'Actor') || file.statements.some((statement) => mentions(statement, root)))
    return undefined;
  const { quote, semicolon, lineEnd } = styleOf(file);
  const name = isLegacy ? root : `{ ${root} }`;
  const last = file.statements.findLast(isImport);
  const isModule = file.statements.some(ts.isImportDeclaration);
  const line = isModule
    ? `import ${name} from ${quote}apify${quote}${semicolon}`
    : `const ${name} = require(${quote}apify${quote})${semicolon}`;
  if (last === undefined) return undefined;
  return [insertion(file, nextLine(file.text, last.end), `${line}${lineEnd}`)];
}

function mentions(statement: ts.Statement, name: string): boolean {
  return new RegExp(`\\b(?:const|let|var|class|function) ${name}\\b`, 'u').test(statement.getText());
}

function isImport(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) || (ts.isVariableStatement(statement) && /\brequire\(/u.test(textOf(statement)))
  );
}

/** The names that a file's top level imports or declares. */
function declaredNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const addNames = (node: ts.Node): void => {
    if (
      (ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node)) &&
      node.name !== undefined
    )
      names.add(node.name.text);
    if ((ts.isVariableDeclaration(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name))
      names.add(node.name.text);
    if (!ts.isFunctionLike(node) && !ts.isBlock(node)) ts.forEachChild(node, addNames);
  };
  addNames(file);
  return names;
}

/** `useState` from Crawlee, added to what the file imports from it. */
function useStateOfCrawlee(file: ts.SourceFile): SdkCall | undefined {
  if (declaredNames(file).has('useState')) return undefined;
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly === true) continue;
    if (
      !ts.isStringLiteral(statement.moduleSpecifier) ||
      !/^(?:crawlee$|@crawlee\/)/u.test(statement.moduleSpecifier.text)
    )
      continue;
    const named = statement.importClause?.namedBindings;
    const last = named !== undefined && ts.isNamedImports(named) ? named.elements.at(-1) : undefined;
    if (last !== undefined) return { name: 'useState', imports: [insertion(file, last.end, ', useState')] };
  }
  return undefined;
}
