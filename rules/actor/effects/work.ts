import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { isModuleLoad } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, visit } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import { isSlowGlobal, isSlowMethod, isSlowPackage } from '../../sdk/slow-work.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';
import { isLog } from '../../flow/logs.ts';

/** What a call does for the question how long a region runs and what a second run of it would do again. */
export type Work = 'slow' | 'write' | 'sleep' | 'log' | 'own function' | 'unknown';

/** Says of each call what kind of work it is: what the table or the package proves, else `unknown`. */
export class WorkKinds {
  readonly #code: Code;

  constructor(code: Code) {
    this.#code = code;
  }

  of(call: Call): Work {
    const roles = this.#code.rolesOf(call);
    if (roles.some(({ kind }) => kind === 'slow')) return 'slow';
    if (roles.some(({ kind }) => kind === 'log')) return 'log';
    if (roles.some(({ kind }) => kind === 'sleep')) return 'sleep';
    if (roles.some(({ kind }) => kind === 'write')) return 'write';
    if (roles.some((role) => role.kind === 'lifecycle' && role.word === 'crawl')) return 'slow';
    if (this.#code.calledFunctions(call).length > 0) return 'own function';
    return this.#isSlow(call) ? 'slow' : isLog(this.#code, call) ? 'log' : 'unknown';
  }

  #isSlow(call: Call): boolean {
    const callee = awaited(call.expression);
    if (ts.isPropertyAccessExpression(callee) && isSlowMethod(callee.name.text)) return true;
    const root = rootName(callee);
    if (root === undefined) return false;
    const symbol = this.#code.checker.getSymbolAtLocation(root);
    if (symbol === undefined || (symbol.declarations ?? []).length === 0) return isSlowGlobal(root.text);
    return this.#code.valuesOf(root).some((value) => this.#comesFromSlowPackage(value, new Set()));
  }

  /** A value that an import of a slow package brought, or that one of its classes or functions made. */
  #comesFromSlowPackage(value: ts.Node, seen: Set<ts.Node>): boolean {
    if (seen.has(value)) return false;
    seen.add(value);
    const specifier = packageOf(value);
    if (specifier !== undefined) return isSlowPackage(specifier);
    if (ts.isNewExpression(value) || ts.isCallExpression(value)) {
      if (isModuleLoad(value)) return isSlowPackage(firstText(value) ?? '');
      const root = rootName(awaited(value.expression));
      return root !== undefined && this.#code.valuesOf(root).some((each) => this.#comesFromSlowPackage(each, seen));
    }
    if (ts.isPropertyAccessExpression(value) || ts.isBindingElement(value)) {
      const root = ts.isBindingElement(value) ? patternSource(value) : rootName(value);
      return root !== undefined && this.#code.valuesOf(root).some((each) => this.#comesFromSlowPackage(each, seen));
    }
    return false;
  }

  /** Every call in these nodes and in the functions that they run. */
  callsIn(roots: Iterable<ts.Node>): readonly Call[] {
    const calls = new Set<Call>();
    for (const root of roots) {
      if (isSdkNode(root)) continue;
      visit(root, (node) => {
        if (node !== root && isFunctionNode(node) && ts.isFunctionDeclaration(node)) return false;
        if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.add(node);
        return true;
      });
    }
    return [...calls];
  }
}

/** The name that an access or call chain starts with: `client` in `client.actor('x').call()`. */
function rootName(expression: ts.Expression): ts.Identifier | undefined {
  let current: ts.Expression = awaited(expression);
  for (;;) {
    if (ts.isIdentifier(current)) return current;
    if (
      !ts.isPropertyAccessExpression(current) &&
      !ts.isElementAccessExpression(current) &&
      !ts.isCallExpression(current)
    )
      return undefined;
    current = awaited(current.expression);
  }
}

function patternSource(element: ts.BindingElement): ts.Identifier | undefined {
  const holder = element.parent.parent;
  return ts.isVariableDeclaration(holder) && holder.initializer !== undefined
    ? rootName(holder.initializer)
    : undefined;
}

/** The package that an import declaration names, for a value that is known by its import only. */
function packageOf(value: ts.Node): string | undefined {
  const declaration = ts.isImportSpecifier(value)
    ? value.parent.parent.parent
    : ts.isNamespaceImport(value)
      ? value.parent.parent
      : ts.isImportClause(value)
        ? value.parent
        : undefined;
  return declaration !== undefined &&
    ts.isImportDeclaration(declaration) &&
    ts.isStringLiteralLike(declaration.moduleSpecifier)
    ? declaration.moduleSpecifier.text
    : undefined;
}

function firstText(call: Call): string | undefined {
  const first = call.arguments?.[0];
  return first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
}
