import { ts } from 'ts-morph';

import type { Code } from '../flow/code.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isChainWord } from '../flow/promises/chains.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';

/**
 * How a function is used, as far as it matters when it becomes async. `tolerant`: given to one who waits, or to whom the
 * result is all one. `emitter`: listens to an emitter of another kind. `chain`: given to a `.then`, whose promise waits.
 */
export type Use =
  | { readonly kind: 'tolerant' | 'emitter' }
  | { readonly kind: 'call' | 'chain'; readonly call: ts.CallExpression };

const TIMERS: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const REGISTERS: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'addEventListener']);

/** All the uses of a function; `undefined` where one is not understood. */
export function usesOf(code: Code, fn: FunctionNode): readonly Use[] | undefined {
  const calls: readonly Use[] = code
    .callersOf(fn)
    .flatMap((call): readonly Use[] => (ts.isCallExpression(call) ? [{ kind: 'call', call }] : []));
  const places = placesOf(code, fn);
  if (places === undefined) return undefined;
  const uses: Use[] = [...calls];
  for (const place of places) {
    const use = useAt(code, place, calls.length > 0);
    if (use === undefined) return undefined;
    if (use !== 'none') uses.push(use);
  }
  return uses;
}

/** Where a function stands as a value: itself, or where its name does. */
function placesOf(code: Code, fn: FunctionNode): readonly ts.Node[] | undefined {
  const holder = fn.parent;
  if (ts.isFunctionDeclaration(fn) || ts.isMethodDeclaration(fn)) {
    return fn.name === undefined ? undefined : referencesTo(code, fn.name);
  }
  if (ts.isVariableDeclaration(holder) || ts.isPropertyDeclaration(holder)) return referencesTo(code, holder.name);
  if (ts.isBinaryExpression(holder) && ts.isPropertyAccessExpression(holder.left)) {
    return referencesTo(code, holder.left.name);
  }
  return [fn];
}

function referencesTo(code: Code, name: ts.Node): readonly ts.Node[] | undefined {
  const symbol = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? code.symbolOf(name) : undefined;
  if (symbol === undefined) return undefined;
  return code
    .referencesOf(symbol)
    .filter((reference) => reference !== name && !isDeclarationName(reference))
    .map((reference) =>
      ts.isPropertyAccessExpression(reference.parent) && reference.parent.name === reference
        ? reference.parent
        : reference,
    );
}

function isDeclarationName(reference: ts.MemberName): boolean {
  const { parent } = reference;
  return (
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isMethodDeclaration(parent)
  );
}

function useAt(code: Code, place: ts.Node, isCalled: boolean): Use | 'none' | undefined {
  const { parent } = place;
  if (ts.isParenthesizedExpression(parent)) return useAt(code, parent, isCalled);
  if (ts.isCallExpression(parent)) {
    return parent.expression === place ? 'none' : useAsArgument(code, parent, isCalled);
  }
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'bind' && ts.isCallExpression(parent.parent)) {
    return useAt(code, parent.parent, isCalled);
  }
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
    if (isHandlerOption(code, parent)) return { kind: 'tolerant' };
  }
  // A property of the project's own objects: its calls have been found, or they have not.
  const inObject = ts.isObjectLiteralElementLike(parent) || (ts.isBinaryExpression(parent) && parent.left === place);
  if (inObject && isCalled) return 'none';
  return undefined;
}

function useAsArgument(code: Code, call: ts.CallExpression, isCalled: boolean): Use | 'none' | undefined {
  const callees = code.calleesOf(call);
  if (callees.some((callee) => isSdkNode(callee) && !isConsole(call))) return { kind: 'tolerant' };
  const callee = call.expression;
  if (ts.isIdentifier(callee) && TIMERS.has(callee.text)) return { kind: 'tolerant' };
  if (ts.isPropertyAccessExpression(callee)) {
    if (isChainWord(callee.name.text)) return { kind: 'chain', call };
    if (REGISTERS.has(callee.name.text)) return { kind: 'emitter' };
  }
  return isCalled && callees.some(isFunctionNode) ? 'none' : undefined;
}

function isConsole(call: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(call.expression) && call.expression.expression.getText() === 'console';
}

/** A handler in the options of a crawler, as the SDK's table marks it. */
function isHandlerOption(code: Code, property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): boolean {
  const name = property.name;
  if (!ts.isIdentifier(name) || !ts.isObjectLiteralExpression(property.parent)) return false;
  const declared = code.checker.getContextualType(property.parent)?.getProperty(name.text)?.declarations ?? [];
  return declared.some((declaration) => isSdkNode(declaration));
}
