import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { LIB_PATH } from '../program/sdk-declarations.ts';
import { awaited, bare, isAccess, memberNameOf, takenName } from '../syntax/operands.ts';
import { isModuleLoad } from '../syntax/file-index.ts';

/**
 * The name by which everyone knows what an expression stands for, of JavaScript's or Node's own: `JSON.stringify`,
 * `process.exitCode`, `console`; of a module of Node's, `fs.writeFile`. Aliases, imports and patterns are followed.
 */
export function globalNameOf(code: Code, expression: ts.Expression): string | undefined {
  return nameOf(code, awaited(expression), new Set());
}

function nameOf(code: Code, expression: ts.Expression, seen: Set<ts.Node>): string | undefined {
  if (seen.has(expression)) return undefined;
  seen.add(expression);
  if (isAccess(expression)) {
    const name = memberNameOf(expression);
    return name === undefined ? undefined : member(nameOf(code, awaited(expression.expression), seen), name);
  }
  if (ts.isCallExpression(expression) && isModuleLoad(expression)) return moduleName(expression.arguments[0]);
  return ts.isIdentifier(expression) ? nameOfIdentifier(code, expression, seen) : undefined;
}

/** The names of symbols in a program, which never change. */
const known = new WeakMap<Code, Map<ts.Symbol, string | undefined>>();

function nameOfIdentifier(code: Code, name: ts.Identifier, seen: Set<ts.Node>): string | undefined {
  const symbol = code.symbolOf(name);
  if (symbol === undefined) return member('globalThis', name.text);
  const names = known.get(code) ?? new Map<ts.Symbol, string | undefined>();
  known.set(code, names);
  if (names.has(symbol)) return names.get(symbol);
  const found = nameOfSymbol(code, symbol, seen);
  names.set(symbol, found);
  return found;
}

function nameOfSymbol(code: Code, symbol: ts.Symbol, seen: Set<ts.Node>): string | undefined {
  const declarations = symbol.declarations ?? [];
  if (declarations.every((each) => each.getSourceFile().fileName === LIB_PATH))
    return member('globalThis', symbol.name);
  const [declaration] = declarations;
  if (declaration === undefined || declarations.length > 1) return undefined;
  return nameOfDeclaration(code, declaration, seen);
}

function nameOfDeclaration(code: Code, declaration: ts.Declaration, seen: Set<ts.Node>): string | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    const isFixed = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    const { initializer } = declaration;
    return isFixed && initializer !== undefined ? nameOf(code, awaited(initializer), seen) : undefined;
  }
  if (ts.isBindingElement(declaration)) {
    const holder = declaration.parent.parent;
    const name = takenName(declaration);
    if (name === undefined || !ts.isObjectBindingPattern(declaration.parent) || ts.isParameter(holder))
      return undefined;
    return member(nameOfDeclaration(code, holder, seen), name);
  }
  return importedName(declaration);
}

/** `import process from 'node:process'`, `import { exit as leave } from 'process'` */
function importedName(declaration: ts.Declaration): string | undefined {
  const statement = ts.findAncestor(declaration, ts.isImportDeclaration);
  if (statement === undefined) return undefined;
  const module = moduleName(statement.moduleSpecifier);
  if (!ts.isImportSpecifier(declaration)) return module;
  return member(module, (declaration.propertyName ?? declaration.name).text);
}

/** Modules are known by their names without `node:`; whether one is Node's, the name of its member tells. */
function moduleName(specifier: ts.Expression | undefined): string | undefined {
  const literal = specifier && bare(specifier);
  if (literal === undefined || !ts.isStringLiteralLike(literal) || /^[./]/u.test(literal.text)) return undefined;
  return literal.text.replace(/^node:/u, '');
}

/** A member of `globalThis` needs no owner, and a module's default is the module. */
function member(owner: string | undefined, name: string): string | undefined {
  if (owner === undefined) return undefined;
  if (owner === 'globalThis' || owner === 'global') return name;
  return name === 'default' ? owner : `${owner}.${name}`;
}
