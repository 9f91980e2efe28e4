import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { LIB_PATH } from '../program/sdk-declarations.ts';
import { awaited, bare, isAccess, memberNameOf, takenName } from '../syntax/operands.ts';
import { isModuleLoad } from '../syntax/file-index.ts';

/**
 * What a call calls of JavaScript's or Node's own, by the name that everyone knows it by: `JSON.stringify`, `process.exit`,
 * `setTimeout`; of a module of Node's, `fs.writeFile`. Aliases, imports and patterns are followed.
 */
export function globalMember(call: ts.CallExpression | ts.NewExpression, code: Code): string | undefined {
  return globalNameOf(call.expression, code);
}

/** As `globalMember`, of any expression: `console`, `process.exitCode`. */
export function globalNameOf(expression: ts.Expression, code: Code): string | undefined {
  return nameOf(awaited(expression), code, new Set());
}

function nameOf(expression: ts.Expression, code: Code, seen: Set<ts.Node>): string | undefined {
  if (seen.has(expression)) return undefined;
  seen.add(expression);
  if (isAccess(expression)) {
    const name = memberNameOf(expression);
    return name === undefined ? undefined : member(nameOf(awaited(expression.expression), code, seen), name);
  }
  if (ts.isCallExpression(expression) && isModuleLoad(expression)) return moduleName(expression.arguments[0]);
  return ts.isIdentifier(expression) ? nameOfIdentifier(expression, code, seen) : undefined;
}

function nameOfIdentifier(name: ts.Identifier, code: Code, seen: Set<ts.Node>): string | undefined {
  const symbol = code.symbolOf(name);
  const declarations = symbol?.declarations ?? [];
  if (declarations.every((each) => each.getSourceFile().fileName === LIB_PATH)) return member('globalThis', name.text);
  const [declaration] = declarations;
  if (declaration === undefined || declarations.length > 1) return undefined;
  return nameOfDeclaration(declaration, code, seen);
}

function nameOfDeclaration(declaration: ts.Declaration, code: Code, seen: Set<ts.Node>): string | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    const isFixed = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    const { initializer } = declaration;
    return isFixed && initializer !== undefined ? nameOf(awaited(initializer), code, seen) : undefined;
  }
  if (ts.isBindingElement(declaration)) {
    const holder = declaration.parent.parent;
    const name = takenName(declaration);
    if (name === undefined || !ts.isObjectBindingPattern(declaration.parent) || ts.isParameter(holder))
      return undefined;
    return member(nameOfDeclaration(holder, code, seen), name);
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
