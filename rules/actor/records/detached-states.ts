import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { changeOf, isAssignment } from '../../syntax/assignments.ts';
import type { Code } from '../../flow/code.ts';
import { awaited, bare, outermostAccess } from '../../syntax/operands.ts';
import type { AutoSaved } from '../effects/persistence.ts';
import { outermostDefaulted } from '../../flow/forward-slice.ts';

/**
 * How a variable comes to hold something else than the object that the SDK saves (sdk-facts.md, section 9). `replaced`:
 * something new is assigned to it. `copied`: it got a copy. `taken out`: it got a part by a pattern, and the part is replaced.
 */
export type Detached =
  | { readonly form: 'replaced'; readonly name: string; readonly at: ts.BinaryExpression; readonly state: AutoSaved }
  | { readonly form: 'stepped'; readonly name: string; readonly at: ts.Expression; readonly state: AutoSaved }
  | {
      readonly form: 'copied';
      readonly name: string;
      readonly at: ts.Expression;
      readonly change: ts.Node;
      readonly state: AutoSaved;
    }
  | {
      readonly form: 'taken out';
      readonly name: string;
      readonly at: ts.BindingElement;
      readonly change: ts.Node;
      readonly state: AutoSaved;
    };

/** The variables of a program that stand for an object of `useState` no longer, though the program goes on as if they did. */
export function detachedStatesOf({ code, persistence }: ActorModel): readonly Detached[] {
  return persistence.autoSaved.flatMap((state) => {
    const value = outermostDefaulted(state.result);
    const { parent } = value;
    if (ts.isVariableDeclaration(parent)) return ofDeclaration(code, parent, state);
    if (isAssignment(parent) && parent.right === value) return selfCopies(code, parent.left, state);
    const copy = copyAround(value);
    return copy === undefined ? [] : ofCopy(code, copy, state);
  });
}

function ofDeclaration(code: Code, { name }: ts.VariableDeclaration, state: AutoSaved): readonly Detached[] {
  if (ts.isIdentifier(name)) return replacements(code, name, state);
  if (!ts.isObjectBindingPattern(name)) return [];
  return name.elements.flatMap((at): readonly Detached[] => {
    if (!ts.isIdentifier(at.name) || at.dotDotDotToken !== undefined) return [];
    const change = usesOf(code, at.name).find((use) => changeOf(use) !== undefined);
    return change === undefined ? [] : [{ form: 'taken out', name: at.name.text, at, change, state }];
  });
}

/** What is assigned to a variable in the place of the object. What may be the object itself, or nothing, is fine. */
function replacements(code: Code, name: ts.Identifier, state: AutoSaved): readonly Detached[] {
  return usesOf(code, name).flatMap((use): readonly Detached[] => {
    const at = changeOf(use);
    if (at === undefined) return [];
    const isPlain = isAssignment(at);
    if (!isPlain) return isLogical(at) ? [] : [{ form: 'stepped', name: name.text, at, state }];
    return isAnother(code, at.right, state) ? [{ form: 'replaced', name: name.text, at, state }] : [];
  });
}

function isAnother(code: Code, value: ts.Expression, state: AutoSaved): boolean {
  const inner = awaited(value);
  if (inner.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(inner) && inner.text === 'undefined')) return false;
  const values = code.valuesOf(value);
  return !values.some(
    (each) => each === state.made || (ts.isCallExpression(each) && code.roleOf(each, 'state') !== undefined),
  );
}

/** `this.state = { ...this.state, page }`: a copy of itself, whatever came before. */
function selfCopies(code: Code, target: ts.Expression, state: AutoSaved): readonly Detached[] {
  const name = ts.isPropertyAccessExpression(target) ? target.name : target;
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return [];
  return usesOf(code, name).flatMap((use): readonly Detached[] => {
    const at = changeOf(use);
    if (at === undefined || !isAssignment(at) || !isCopyOf(at.right, at.left.getText())) return [];
    return [{ form: 'replaced', name: name.text, at, state }];
  });
}

/** Whether a literal begins with all that a variable holds. */
export function isCopyOf(value: ts.Expression, name: string): boolean {
  const literal = bare(value);
  const first = ts.isObjectLiteralExpression(literal)
    ? literal.properties[0]
    : ts.isArrayLiteralExpression(literal)
      ? literal.elements[0]
      : undefined;
  if (first === undefined || (!ts.isSpreadAssignment(first) && !ts.isSpreadElement(first))) return false;
  return bare(first.expression).getText() === name;
}

/** `{ ...(await useState()) }`, `structuredClone(await useState())` */
function copyAround(value: ts.Expression): ts.Expression | undefined {
  const { parent } = value;
  if (ts.isSpreadAssignment(parent) || ts.isSpreadElement(parent)) return parent.parent;
  const clones = ts.isCallExpression(parent) && parent.expression.getText() === 'structuredClone';
  return clones ? parent : undefined;
}

/** A copy matters once it is changed: one that is only read says what the state was. */
function ofCopy(code: Code, at: ts.Expression, state: AutoSaved): readonly Detached[] {
  const { parent } = outermostDefaulted(at);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return [];
  const { name } = parent;
  const change = usesOf(code, name).find((use) => isChangedThrough(use));
  return change === undefined ? [] : [{ form: 'copied', name: name.text, at, change, state }];
}

function isChangedThrough(use: ts.Node): boolean {
  const place = outermostAccess(use);
  return place !== use && changeOf(place) !== undefined;
}

/** The uses of a name but its declaration; of a field the whole access. */
function usesOf(code: Code, name: ts.MemberName): readonly ts.Expression[] {
  const symbol = code.symbolOf(name);
  const references = symbol === undefined ? [] : code.referencesOf(symbol);
  return references
    .filter((reference) => reference !== name)
    .map((reference) => {
      const { parent } = reference;
      return ts.isPropertyAccessExpression(parent) && parent.name === reference ? parent : reference;
    });
}

/** `state ??= …` keeps what is there. */
function isLogical(node: ts.Expression): boolean {
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken)
  );
}
