import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { ANY_ELEMENT, valuesGivenFor } from './given-values.ts';
import type { Operand } from './operands.ts';
import { assignedTo } from './assigned-values.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import { patternPart } from '../syntax/patterns.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import { returnsOf } from './value-flow.ts';
import type { Values } from './value-flow.ts';

/** Follows a value from a declaration to what it was given: initial values, assignments, arguments, parts of patterns. */
export class DeclaredValues {
  readonly #code: Code;
  readonly #values: Values;

  constructor(code: Code, values: Values) {
    this.#code = code;
    this.#values = values;
  }

  /** Where the value of a declared thing comes from; the declaration itself where, or as far as, it cannot be followed. */
  of(declaration: ts.Declaration): readonly ts.Node[] {
    if (isSdkNode(declaration)) return [declaration];
    if (ts.isGetAccessorDeclaration(declaration)) return this.#ofGetter(declaration);
    if (ts.isSetAccessorDeclaration(declaration)) return [];
    if (isFunctionNode(declaration) || ts.isClassLike(declaration) || ts.isSourceFile(declaration))
      return [declaration];
    if (ts.isVariableDeclaration(declaration)) return this.#ofVariable(declaration);
    if (ts.isBindingElement(declaration)) return this.#ofBindingElement(declaration);
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration);
    if (ts.isPropertyAssignment(declaration)) return this.#ofPlace(declaration, declaration.initializer);
    if (ts.isShorthandPropertyAssignment(declaration)) return this.#ofPlace(declaration, declaration.name);
    if (ts.isPropertyDeclaration(declaration)) return this.#ofPlace(declaration, declaration.initializer);
    if (ts.isExportAssignment(declaration)) return this.#values.of(declaration.expression);
    if (ts.isBinaryExpression(declaration)) return this.#values.of(declaration.right);
    if (ts.isPropertyAccessExpression(declaration) && ts.isBinaryExpression(declaration.parent)) {
      return this.#values.of(declaration.parent.right);
    }
    return [declaration];
  }

  #ofGetter(getter: ts.GetAccessorDeclaration): readonly ts.Node[] {
    const returned = returnsOf(getter);
    return returned.length === 0 ? [getter] : returned.flatMap((each) => this.#values.of(each));
  }

  #ofVariable(declaration: ts.VariableDeclaration): readonly ts.Node[] {
    const loop = declaration.parent.parent;
    if (ts.isForOfStatement(loop)) {
      return this.#values.ofPart({ expression: loop.expression, path: [ANY_ELEMENT] }, declaration);
    }
    return this.#ofPlace(declaration, declaration.initializer);
  }

  /** A variable, a field or a property: what it starts with, and what is assigned to it. */
  #ofPlace(
    declaration:
      | ts.VariableDeclaration
      | ts.PropertyDeclaration
      | ts.PropertyAssignment
      | ts.ShorthandPropertyAssignment,
    initial: ts.Expression | undefined,
  ): readonly ts.Node[] {
    const assigned = assignedTo(this.#code, declaration);
    const all: readonly Operand[] = [
      ...(initial === undefined ? [] : [{ expression: initial, path: [] }]),
      ...assigned,
    ];
    return all.length === 0 ? [declaration] : all.flatMap((each) => this.#values.ofPart(each, declaration));
  }

  #ofParameter(parameter: ts.ParameterDeclaration): readonly ts.Node[] {
    // A list of what is given: its elements are asked for by their places.
    if (parameter.dotDotDotToken !== undefined || !isFunctionNode(parameter.parent)) return [parameter];
    return [
      ...this.#given(parameter),
      ...assignedTo(this.#code, parameter).flatMap((each) => this.#values.ofPart(each, parameter)),
    ];
  }

  #given(declaration: ts.ParameterDeclaration | ts.BindingElement): readonly ts.Node[] {
    const { operands, ofSdk, isAll } = valuesGivenFor(this.#code, declaration);
    const known = [...operands.flatMap((each) => this.#values.ofPart(each, declaration)), ...ofSdk];
    return isAll && known.length > 0 ? known : [...known, declaration];
  }

  #ofBindingElement(element: ts.BindingElement): readonly ts.Node[] {
    const typed = this.#declarationsOfType(element.name);
    if (typed.length > 0) return typed;
    const { holder, path, defaults } = patternPart(element);
    const assigned = assignedTo(this.#code, element);
    if (path === undefined || element.dotDotDotToken !== undefined) return [element];
    if (ts.isParameter(holder))
      return [...this.#given(element), ...assigned.flatMap((each) => this.#values.ofPart(each, element))];
    const whole = ts.isVariableDeclaration(holder) ? wholeOf(holder) : undefined;
    if (whole === undefined) return [element];
    const parts: readonly Operand[] = [{ ...whole, path: [...whole.path, ...path] }, ...defaults, ...assigned];
    return parts.flatMap((each) => this.#values.ofPart(each, element));
  }

  /** The function of the SDK or the project that a name's type says it is. */
  #declarationsOfType(name: ts.Node): readonly ts.Node[] {
    const { checker } = this.#code;
    const symbol = checker.getTypeAtLocation(name).symbol as ts.Symbol | undefined;
    return (symbol?.declarations ?? []).flatMap((declaration) => {
      if (isSdkNode(declaration)) {
        // The type of a property that holds a function: its tags stand on the property.
        return ts.isFunctionTypeNode(declaration)
          ? [declaration.parent]
          : ts.isMethodSignature(declaration) ||
              ts.isMethodDeclaration(declaration) ||
              ts.isFunctionDeclaration(declaration)
            ? [declaration]
            : [];
      }
      return isFunctionNode(declaration) ? [declaration] : [];
    });
  }
}

/** What a pattern takes apart: an initial value, or each element that a loop comes to. */
function wholeOf(holder: ts.VariableDeclaration): Operand | undefined {
  const loop = holder.parent.parent;
  if (ts.isForOfStatement(loop)) return { expression: loop.expression, path: [ANY_ELEMENT] };
  return holder.initializer && { expression: holder.initializer, path: [] };
}
