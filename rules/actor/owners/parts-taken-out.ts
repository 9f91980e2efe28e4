import { ts } from 'ts-morph';

import { changeOf, isAssignment } from '../../syntax/assignments.ts';
import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { awaited } from '../../syntax/operands.ts';
import type { Mutation } from '../../flow/mutations.ts';

/**
 * Whether a variable only took its first value out of the object that the SDK saves (`let page = state.page`,
 * `let { page } = state`), gets other values since, and never puts them back: the object goes on without them.
 *
 * @param states the calls that give such an object: `useState` and its kin
 * @param changes what the rounds of a region do to the variable
 */
export function isPartTakenOut(
  code: Code,
  { symbol, declaration }: Binding,
  changes: readonly Mutation[],
  states: ReadonlySet<ts.Node>,
): boolean {
  const isReplaced =
    changes.length > 0 && changes.every(({ kind, isWhole }) => isWhole && (kind === 'set' || kind === 'step'));
  const part = isReplaced ? partTakenBy(declaration) : undefined;
  if (part === undefined || !code.valuesOf(part.of).some((value) => states.has(value))) return false;
  return !isChangedInPlace(code, part.name) && !code.referencesOf(symbol).some((use) => isHandedOn(code, use));
}

/** What a declaration takes its first value out of, and by which name. */
function partTakenBy(declaration: ts.Declaration): { readonly of: ts.Expression; readonly name: string } | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    const initial = declaration.initializer && awaited(declaration.initializer);
    return initial !== undefined && ts.isPropertyAccessExpression(initial)
      ? { of: initial.expression, name: initial.name.text }
      : undefined;
  }
  if (!ts.isBindingElement(declaration) || declaration.dotDotDotToken !== undefined) return undefined;
  const holder = declaration.parent.parent;
  const of = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  return of && { of, name: (declaration.propertyName ?? declaration.name).getText() };
}

/** Whether a property of this name is changed somewhere: then the object may be kept in step. */
function isChangedInPlace(code: Code, name: string): boolean {
  return code.files.some((file) =>
    (indexOf(file).identifiers.get(name) ?? []).some((each) => {
      const access = each.parent;
      return ts.isPropertyAccessExpression(access) && access.name === each && changeOf(access) !== undefined;
    }),
  );
}

/** Put into an object, or given to a function of the project's own: there it may come back into the state. */
function isHandedOn(code: Code, use: ts.MemberName): boolean {
  for (let node: ts.Node = use; !ts.isStatement(node); node = node.parent) {
    const { parent } = node;
    if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) return true;
    if (isAssignment(parent) && parent.right === node && !ts.isIdentifier(awaited(parent.left))) return true;
    const isGiven = ts.isCallExpression(parent) && parent.expression !== node;
    if (isGiven && code.calledFunctions(parent).length > 0) return true;
  }
  return false;
}
