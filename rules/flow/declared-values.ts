import { ts } from 'ts-morph';

import { isConst } from './bindings.ts';
import type { Code } from './code.ts';
import { indexOf } from '../syntax/file-index.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import { accessBy } from '../syntax/operands.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import type { Values } from './value-flow.ts';

/** Follows a value from a declaration to what it was given: initial values, assignments, arguments, parts of patterns. */
export class DeclaredValues {
  readonly #code: Code;
  readonly #values: Values;

  constructor(code: Code, values: Values) {
    this.#code = code;
    this.#values = values;
  }

  /** Where the value of a declared thing comes from; the declaration itself where it cannot be followed. */
  of(declaration: ts.Declaration): readonly ts.Node[] {
    if (isSdkNode(declaration)) return [declaration];
    if (isFunctionNode(declaration) || ts.isClassLike(declaration) || ts.isSourceFile(declaration))
      return [declaration];
    if (ts.isVariableDeclaration(declaration)) return this.#ofVariable(declaration);
    if (ts.isBindingElement(declaration)) return this.#ofBindingElement(declaration);
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration);
    if (ts.isPropertyAssignment(declaration)) return this.#values.of(declaration.initializer);
    if (ts.isShorthandPropertyAssignment(declaration)) return this.#values.of(declaration.name);
    if (ts.isPropertyDeclaration(declaration)) return this.#ofField(declaration);
    if (ts.isExportAssignment(declaration)) return this.#values.of(declaration.expression);
    if (ts.isBinaryExpression(declaration)) return this.#values.of(declaration.right);
    if (ts.isPropertyAccessExpression(declaration) && ts.isBinaryExpression(declaration.parent)) {
      return this.#values.of(declaration.parent.right);
    }
    return [declaration];
  }

  #ofVariable(declaration: ts.VariableDeclaration): readonly ts.Node[] {
    const assigned = isConst(declaration) ? [] : this.#assignedTo(declaration);
    const initial = declaration.initializer === undefined ? [] : [declaration.initializer];
    const sources = [...initial, ...assigned];
    return sources.length === 0 ? [declaration] : sources.flatMap((source) => this.#values.of(source));
  }

  /** What is assigned to a variable or field with `=`, anywhere. */
  #assignedTo(
    declaration: ts.VariableDeclaration | ts.PropertyDeclaration | ts.ParameterDeclaration,
  ): readonly ts.Expression[] {
    const { name } = declaration;
    if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return [];
    const symbol = this.#code.checker.getSymbolAtLocation(name);
    return (indexOf(declaration.getSourceFile()).identifiers.get(name.text) ?? []).flatMap((use) => {
      const target = accessBy(use);
      const { parent } = target;
      const assigns =
        ts.isBinaryExpression(parent) &&
        parent.left === target &&
        parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      return assigns && this.#code.checker.getSymbolAtLocation(use) === symbol ? [parent.right] : [];
    });
  }

  #ofField(declaration: ts.PropertyDeclaration): readonly ts.Node[] {
    const sources = [
      ...(declaration.initializer === undefined ? [] : [declaration.initializer]),
      ...this.#assignedTo(declaration),
    ];
    return sources.length === 0 ? [declaration] : sources.flatMap((source) => this.#values.of(source));
  }

  #ofParameter(parameter: ts.ParameterDeclaration): readonly ts.Node[] {
    const fn = parameter.parent;
    if (!isFunctionNode(fn) || parameter.dotDotDotToken !== undefined) return [parameter];
    const position = fn.parameters.indexOf(parameter);
    const given = this.#code.callersOf(fn).flatMap((call) => {
      const argument = call.arguments?.[position];
      return argument === undefined || ts.isSpreadElement(argument) ? [] : [argument];
    });
    const sources = [...given, ...(parameter.initializer === undefined ? [] : [parameter.initializer])];
    if (sources.length > 0) return sources.flatMap((source) => this.#values.of(source));
    const types = this.#givenBySdk(fn, position);
    return types.length > 0 ? types : [parameter];
  }

  /** What the SDK hands to a function that it is given by name: the declarations of the parameter's type. */
  #givenBySdk(fn: FunctionNode, position: number): readonly ts.Node[] {
    const { checker } = this.#code;
    const name = fn.name ?? (ts.isVariableDeclaration(fn.parent) ? fn.parent.name : undefined);
    const symbol = name !== undefined && ts.isIdentifier(name) ? this.#code.symbolOf(name) : undefined;
    if (symbol === undefined) return [];
    return this.#code.referencesOf(symbol).flatMap((reference) => {
      const use = ts.isPropertyAccessExpression(reference.parent) ? reference.parent : reference;
      if (!isHandedOver(use)) return [];
      const parameter = checker.getContextualType(use)?.getCallSignatures()[0]?.parameters[position];
      const type = parameter && checker.getTypeOfSymbolAtLocation(parameter, use);
      const declarations = type?.getSymbol()?.declarations ?? [];
      return declarations.filter((declaration) => isSdkNode(declaration));
    });
  }

  #ofBindingElement(element: ts.BindingElement): readonly ts.Node[] {
    const pattern = element.parent;
    const typed = this.#declarationsOfType(element.name);
    if (typed.length > 0) return typed;
    const key = element.propertyName ?? element.name;
    if (!ts.isObjectBindingPattern(pattern) || !ts.isIdentifier(key) || element.dotDotDotToken !== undefined)
      return [element];
    const holder = pattern.parent;
    const holders = ts.isBindingElement(holder)
      ? this.#ofBindingElement(holder)
      : ts.isParameter(holder)
        ? this.#ofParameter(holder)
        : holder.initializer === undefined
          ? []
          : this.#values.of(holder.initializer);
    const found = holders.flatMap((value) => this.#values.memberOf(value, key.text) ?? []);
    const defaults = element.initializer === undefined ? [] : this.#values.of(element.initializer);
    return found.length + defaults.length > 0 ? [...found, ...defaults] : [element];
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

/** A function's name where it is given to a call, or kept in a property: then it may be called from there. */
function isHandedOver(use: ts.MemberName | ts.PropertyAccessExpression): boolean {
  const { parent } = use;
  return (
    (ts.isCallExpression(parent) && parent.expression !== use) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === use) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isShorthandPropertyAssignment(parent)
  );
}
