import { ts } from 'ts-morph';

import { isFunctionNode } from './functions.ts';
import { bare, isAccess, memberNameOf, propertyNameOf, takenName } from './operands.ts';

/** Under which other names a file may call what is declared under one name: `leave` for `exit` in `const leave = process.exit`. */
export interface NameAliases {
  /** By the name of what is meant: the names that are given to it. */
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of this file alone that may mean anything: parameters, default imports, results of calls. */
  readonly openNames: ReadonlySet<string>;
  /** Members that may mean anything, wherever the object is. */
  readonly openMembers: ReadonlySet<string>;
}

/** Gathers the names that a file gives to what it calls, from one walk over it. */
export class AliasCollector implements NameAliases {
  readonly aliases = new Map<string, Set<string>>();
  readonly openNames = new Set<string>();
  readonly openMembers = new Set<string>();

  /** Takes what one node says of names; the walk comes to its children by itself. */
  add(node: ts.Node): void {
    if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) {
      if (node.propertyName?.text === 'default') this.openNames.add(node.name.text);
      else if (node.propertyName !== undefined) this.#alias(node.propertyName.text, node.name.text);
    } else if (ts.isImportClause(node) || ts.isNamespaceImport(node) || ts.isImportEqualsDeclaration(node)) {
      if (node.name !== undefined) this.openNames.add(node.name.text);
    } else if (ts.isParameter(node)) this.#addParameter(node);
    else if (ts.isBindingElement(node)) this.#addPart(node);
    else if (ts.isVariableDeclaration(node)) this.#addVariable(node);
    else if (ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node))
      this.#addMember(propertyNameOf(node.name), node.initializer);
    else if (ts.isGetAccessorDeclaration(node)) this.#addMember(propertyNameOf(node.name), undefined, true);
    else if (ts.isBinaryExpression(node)) this.#addAssignment(node);
  }

  #alias(meant: string, name: string): void {
    if (meant === name) return;
    const names = this.aliases.get(meant);
    if (names === undefined) this.aliases.set(meant, new Set([name]));
    else names.add(name);
  }

  #addParameter(parameter: ts.ParameterDeclaration): void {
    if (!ts.isIdentifier(parameter.name)) return;
    this.openNames.add(parameter.name.text);
    if (ts.isParameterPropertyDeclaration(parameter, parameter.parent)) this.openMembers.add(parameter.name.text);
  }

  #addPart(element: ts.BindingElement): void {
    if (!ts.isIdentifier(element.name)) return;
    const taken = ts.isObjectBindingPattern(element.parent) ? takenName(element) : undefined;
    if (taken === undefined) this.openNames.add(element.name.text);
    else this.#alias(taken, element.name.text);
    this.#give(element.name.text, element.initializer, this.openNames);
  }

  #addVariable({ name, initializer, parent }: ts.VariableDeclaration): void {
    if (!ts.isIdentifier(name)) return;
    if (ts.isVariableDeclarationList(parent) && ts.isForOfStatement(parent.parent)) this.openNames.add(name.text);
    else this.#give(name.text, initializer, this.openNames);
  }

  #addMember(name: string | undefined, value: ts.Expression | undefined, isOpen = false): void {
    if (name === undefined) return;
    if (isOpen) this.openMembers.add(name);
    else this.#give(name, value, this.openMembers);
  }

  #addAssignment({ left, operatorToken, right }: ts.BinaryExpression): void {
    const { kind } = operatorToken;
    if (kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment) return;
    const target = bare(left);
    if (ts.isIdentifier(target)) this.#give(target.text, right, this.openNames);
    else if (isAccess(target)) this.#addMember(memberNameOf(target), right);
    else if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) this.#addTargets(target);
  }

  /** `({ save: keep } = store)`, `[keep] = list` */
  #addTargets(pattern: ts.Node): void {
    ts.forEachChild(pattern, (child) => {
      if (ts.isIdentifier(child)) this.openNames.add(child.text);
      else if (isAccess(child)) this.openMembers.add(memberNameOf(child) ?? '');
      else this.#addTargets(child);
    });
  }

  /** A name gets a value: another name for what that is, or anything where it does not say what. */
  #give(name: string, value: ts.Expression | undefined, open: Set<string>): void {
    if (value === undefined) return;
    for (const meant of meantBy(value)) {
      if (meant === undefined) open.add(name);
      else this.#alias(meant, name);
    }
  }
}

/** The names of what a value may be that is called; `undefined` among them for what has no name. */
function meantBy(value: ts.Expression): readonly (string | undefined)[] {
  const inner = bare(value);
  if (ts.isAwaitExpression(inner)) return meantBy(inner.expression);
  if (ts.isIdentifier(inner)) return [inner.text];
  if (isAccess(inner)) return [memberNameOf(inner)];
  if (ts.isConditionalExpression(inner)) return [...meantBy(inner.whenTrue), ...meantBy(inner.whenFalse)];
  if (ts.isBinaryExpression(inner)) return [...meantBy(inner.left), ...meantBy(inner.right)];
  // A function is found under the name that holds it, unless it has one of its own.
  if (ts.isFunctionExpression(inner)) return inner.name === undefined ? [] : [inner.name.text];
  if (ts.isClassExpression(inner)) return [inner.name?.text];
  return isNoFunction(inner) || isFunctionNode(inner) ? [] : [undefined];
}

function isNoFunction(value: ts.Expression): boolean {
  return (
    ts.isLiteralExpression(value) ||
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isTemplateExpression(value) ||
    ts.isNewExpression(value) ||
    ts.isPrefixUnaryExpression(value) ||
    ts.isPostfixUnaryExpression(value)
  );
}
