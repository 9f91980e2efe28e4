import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { CyclicAnswers } from './cyclic-answers.ts';
import { indexOf } from './file-index.ts';
import { awaited, functionAround, isFunctionNode, unitOf, visitUnit } from './functions.ts';
import type { FunctionNode } from './functions.ts';
import { isSdkFile } from './source-project.ts';

/** How many questions may be open at once, so that the stack does not end first. */
const FURTHEST = 300;

/** Where the value of a member comes from; `undefined` where there is no such member. */
type Members = readonly ts.Node[] | undefined;

/**
 * Follows a value back to where it comes from: through variables, parameters and the arguments given for them, patterns,
 * properties, fields, conditionals and returns.
 *
 * It says less rather than wrong: a value that cannot be followed further is itself the answer.
 */
export class ValueFlow {
  readonly #code: Code;
  readonly #values: (expression: ts.Node, answer: () => readonly ts.Node[]) => readonly ts.Node[];
  readonly #answers: CyclicAnswers;
  /** By the member's name: what holds it may hold itself, as in `options = { ...options }`. */
  readonly #members = new Map<string, (value: ts.Node, answer: () => Members) => Members>();
  /** The symbols of modules that were met: of a CommonJS module TypeScript tells none by its file. */
  readonly #modules = new Map<ts.SourceFile, ts.Symbol>();
  #depth = 0;

  constructor(code: Code, answers: CyclicAnswers) {
    this.#code = code;
    this.#answers = answers;
    this.#values = answers.table<ts.Node, readonly ts.Node[]>([]);
  }

  /** Where an expression's value comes from: functions, classes, literals, calls, declarations of the SDK. */
  of(node: ts.Expression): readonly ts.Node[] {
    const expression = awaited(node);
    return this.#values(expression, () => {
      if (this.#depth >= FURTHEST) {
        this.#answers.cutOff();
        return [expression];
      }
      this.#depth += 1;
      const values = [...new Set(this.#follow(expression))];
      this.#depth -= 1;
      return values;
    });
  }

  #follow(expression: ts.Expression): readonly ts.Node[] {
    if (ts.isIdentifier(expression)) return this.#ofName(expression);
    if (ts.isPropertyAccessExpression(expression)) return this.#ofMember(expression, expression.name);
    if (ts.isElementAccessExpression(expression)) return this.#ofElement(expression);
    if (ts.isConditionalExpression(expression)) {
      return [...this.of(expression.whenTrue), ...this.of(expression.whenFalse)];
    }
    if (ts.isBinaryExpression(expression)) return this.#ofBinary(expression);
    if (ts.isCallExpression(expression)) return this.#ofCall(expression);
    if (expression.kind === ts.SyntaxKind.ThisKeyword) return this.#ofThis(expression);
    return [expression];
  }

  #ofBinary(expression: ts.BinaryExpression): readonly ts.Node[] {
    switch (expression.operatorToken.kind) {
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.AmpersandAmpersandToken:
        return [...this.of(expression.left), ...this.of(expression.right)];
      case ts.SyntaxKind.EqualsToken:
      case ts.SyntaxKind.CommaToken:
        return this.of(expression.right);
      default:
        return [expression];
    }
  }

  #ofName(name: ts.Identifier): readonly ts.Node[] {
    const symbol = this.#code.symbolOf(name);
    return symbol === undefined ? [name] : this.#ofSymbol(symbol, name);
  }

  #ofSymbol(symbol: ts.Symbol, use: ts.Node): readonly ts.Node[] {
    const declarations = symbol.declarations ?? [];
    if (declarations.length === 0) return [use];
    for (const declaration of declarations) if (ts.isSourceFile(declaration)) this.#modules.set(declaration, symbol);
    return declarations.flatMap((declaration) => this.#ofDeclaration(declaration));
  }

  /** Where the value of a declared thing comes from; the declaration itself where it cannot be followed. */
  #ofDeclaration(declaration: ts.Declaration): readonly ts.Node[] {
    if (isSdkFile(declaration.getSourceFile().fileName)) return [declaration];
    if (isFunctionNode(declaration) || ts.isClassLike(declaration) || ts.isSourceFile(declaration))
      return [declaration];
    if (ts.isVariableDeclaration(declaration)) return this.#ofVariable(declaration);
    if (ts.isBindingElement(declaration)) return this.#ofBindingElement(declaration);
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration);
    if (ts.isPropertyAssignment(declaration)) return this.of(declaration.initializer);
    if (ts.isShorthandPropertyAssignment(declaration)) return this.#ofName(declaration.name);
    if (ts.isPropertyDeclaration(declaration)) return this.#ofField(declaration);
    if (ts.isExportAssignment(declaration)) return this.of(declaration.expression);
    if (ts.isBinaryExpression(declaration)) return this.of(declaration.right);
    if (ts.isPropertyAccessExpression(declaration) && ts.isBinaryExpression(declaration.parent)) {
      return this.of(declaration.parent.right);
    }
    return [declaration];
  }

  #ofVariable(declaration: ts.VariableDeclaration): readonly ts.Node[] {
    const assigned = isConst(declaration) ? [] : this.#assignedTo(declaration);
    const initial = declaration.initializer === undefined ? [] : [declaration.initializer];
    const sources = [...initial, ...assigned];
    return sources.length === 0 ? [declaration] : sources.flatMap((source) => this.of(source));
  }

  /** What is assigned to a variable or field with `=`, anywhere. */
  #assignedTo(
    declaration: ts.VariableDeclaration | ts.PropertyDeclaration | ts.ParameterDeclaration,
  ): readonly ts.Expression[] {
    const { name } = declaration;
    if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return [];
    const symbol = this.#code.checker.getSymbolAtLocation(name);
    return (indexOf(declaration.getSourceFile()).identifiers.get(name.text) ?? []).flatMap((use) => {
      const target = ts.isPropertyAccessExpression(use.parent) && use.parent.name === use ? use.parent : use;
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
    return sources.length === 0 ? [declaration] : sources.flatMap((source) => this.of(source));
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
    if (sources.length > 0) return sources.flatMap((source) => this.of(source));
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
      return declarations.filter((declaration) => isSdkFile(declaration.getSourceFile().fileName));
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
          : this.of(holder.initializer);
    const found = holders.flatMap((value) => this.memberOf(value, key.text) ?? []);
    const defaults = element.initializer === undefined ? [] : this.of(element.initializer);
    return found.length + defaults.length > 0 ? [...found, ...defaults] : [element];
  }

  /** The function of the SDK or the project that a name's type says it is. */
  #declarationsOfType(name: ts.Node): readonly ts.Node[] {
    const { checker } = this.#code;
    const symbol = checker.getTypeAtLocation(name).symbol as ts.Symbol | undefined;
    return (symbol?.declarations ?? []).flatMap((declaration) => {
      if (isSdkFile(declaration.getSourceFile().fileName)) {
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

  #ofMember(access: ts.PropertyAccessExpression, name: ts.MemberName): readonly ts.Node[] {
    const symbol = this.#code.symbolOf(name);
    const declarations = symbol?.declarations ?? [];
    if (symbol !== undefined && declarations.length > 0 && !declarations.every(isTypeOnly)) {
      return this.#ofSymbol(symbol, access);
    }
    const found = this.of(access.expression).flatMap((value) => this.memberOf(value, name.text) ?? []);
    return found.length > 0 ? found : [access];
  }

  #ofElement(access: ts.ElementAccessExpression): readonly ts.Node[] {
    const argument = access.argumentExpression;
    if (ts.isStringLiteralLike(argument)) {
      const found = this.of(access.expression).flatMap((value) => this.memberOf(value, argument.text) ?? []);
      return found.length > 0 ? found : [access];
    }
    // A name chosen at run time: any of the functions that the object holds.
    const held = this.of(access.expression).flatMap((value) => this.#functionsIn(value));
    return held.length > 0 ? held : [access];
  }

  #functionsIn(value: ts.Node): readonly ts.Node[] {
    if (ts.isObjectLiteralExpression(value)) {
      return value.properties.flatMap((property) => this.#ofDeclaration(property)).filter(isFunctionNode);
    }
    if (ts.isArrayLiteralExpression(value)) {
      const elements = [...value.elements, ...this.#pushedTo(value)].filter((element) => !ts.isSpreadElement(element));
      return elements.flatMap((element) => this.of(element)).filter(isFunctionNode);
    }
    if (ts.isClassLike(value) || isFunctionNode(value)) return [];
    return this.#typeOf(value)
      .getProperties()
      .flatMap((property) => this.#ofSymbol(property, value))
      .filter(isFunctionNode);
  }

  /** What is pushed to a list that starts as this literal. */
  #pushedTo(list: ts.ArrayLiteralExpression): readonly ts.Expression[] {
    const holder = list.parent;
    if (!ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return [];
    const symbol = this.#code.symbolOf(holder.name);
    return (indexOf(list.getSourceFile()).callsByName.get('push') ?? []).flatMap((call) => {
      const receiver = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined;
      const isOurs = receiver !== undefined && ts.isIdentifier(receiver) && this.#code.symbolOf(receiver) === symbol;
      return isOurs ? [...(call.arguments ?? [])] : [];
    });
  }

  /** The member of a value; `undefined` where it is not known. */
  memberOf(value: ts.Node, name: string): Members {
    const known = this.#members.get(name) ?? this.#answers.table<ts.Node, Members>(undefined);
    this.#members.set(name, known);
    return known(value, () => this.#member(value, name));
  }

  #member(value: ts.Node, name: string): Members {
    if (ts.isObjectLiteralExpression(value)) return this.#propertyOf(value, name);
    if (ts.isNewExpression(value)) {
      return this.of(value.expression)
        .filter(ts.isClassLike)
        .flatMap((declaration) => this.#instanceMember(declaration, name));
    }
    if (ts.isClassLike(value) && !isSdkFile(value.getSourceFile().fileName)) {
      return value.members.filter((member) => named(member, name)).flatMap((member) => this.#ofDeclaration(member));
    }
    const member = this.#typeOf(value).getProperty(name);
    return member && this.#ofSymbol(member, value);
  }

  /** The type whose properties a value has: of a class its static side, of a module its exports. */
  #typeOf(value: ts.Node): ts.Type {
    const { checker } = this.#code;
    const symbol = ts.isSourceFile(value)
      ? this.#modules.get(value)
      : ts.isClassLike(value) && value.name !== undefined
        ? checker.getSymbolAtLocation(value.name)
        : undefined;
    return symbol === undefined ? this.#awaitedType(value) : checker.getTypeOfSymbolAtLocation(symbol, value);
  }

  /** A value's type once it has arrived: `of` looks through `await`, so a promise stands for what it brings. */
  #awaitedType(value: ts.Node): ts.Type {
    const { checker } = this.#code;
    const module = ts.isSourceFile(value) ? checker.getSymbolAtLocation(value) : undefined;
    const type = module === undefined ? checker.getTypeAtLocation(value) : checker.getTypeOfSymbol(module);
    const arrived = checker.getAwaitedType(type) ?? type;
    return arrived.isTypeParameter() ? (checker.getBaseConstraintOfType(arrived) ?? arrived) : arrived;
  }

  #propertyOf(value: ts.ObjectLiteralExpression, name: string): readonly ts.Node[] | undefined {
    const property = value.properties.find((each) => each.name !== undefined && named(each, name));
    if (property !== undefined) return this.#ofDeclaration(property);
    const spread = value.properties
      .filter(ts.isSpreadAssignment)
      .flatMap((each) => this.of(each.expression))
      .flatMap((each) => this.memberOf(each, name) ?? []);
    return spread.length > 0 ? spread : undefined;
  }

  #instanceMember(declaration: ts.ClassLikeDeclaration, name: string): readonly ts.Node[] {
    const member = declaration.members.find((each) => named(each, name));
    return member === undefined ? [] : this.#ofDeclaration(member);
  }

  /** A call's value: what its function returns, where that is the project's own; else the call itself. */
  #ofCall(call: ts.CallExpression): readonly ts.Node[] {
    const callee = call.expression;
    if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'bind') return this.of(callee.expression);
    if (isModuleLoad(call)) return this.#ofModule(call);
    const functions = this.#code.calledFunctions(call).filter((fn) => !ts.isConstructorDeclaration(fn));
    const returned = functions.flatMap((fn) => returnsOf(fn)).flatMap((value) => this.of(value));
    return returned.length > 0 ? returned : [call];
  }

  /** What `require` or `import()` brings: a function or class where the module is one, else the call, whose type is the module. */
  #ofModule(call: ts.CallExpression): readonly ts.Node[] {
    const declarations = (this.#awaitedType(call).symbol as ts.Symbol | undefined)?.declarations ?? [];
    const found = declarations.flatMap((declaration) =>
      ts.isSourceFile(declaration) ? [] : this.#ofDeclaration(declaration),
    );
    return found.some((value) => isFunctionNode(value) || ts.isClassLike(value)) ? found : [call];
  }

  #ofThis(node: ts.Node): readonly ts.Node[] {
    let fn = functionAround(node);
    while (fn !== undefined && ts.isArrowFunction(fn)) fn = functionAround(fn);
    const holder = fn?.parent;
    return holder !== undefined && (ts.isClassLike(holder) || ts.isObjectLiteralExpression(holder)) ? [holder] : [node];
  }
}

/** What a function returns, in the order of its returns. */
export function returnsOf(fn: FunctionNode): readonly ts.Expression[] {
  if (fn.body === undefined) return [];
  if (!ts.isBlock(fn.body)) return [fn.body];
  const returned: ts.Expression[] = [];
  visitUnit(fn.body, (node) => {
    if (ts.isReturnStatement(node) && node.expression !== undefined && unitOf(node) === fn)
      returned.push(node.expression);
  });
  return returned;
}

/** A function's name where it is given to a call, or kept in a property: then it may be called from there. */
function isHandedOver(use: ts.Identifier | ts.PropertyAccessExpression): boolean {
  const { parent } = use;
  return (
    (ts.isCallExpression(parent) && parent.expression !== use) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === use) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isShorthandPropertyAssignment(parent)
  );
}

function isConst(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

function named(member: ts.ClassElement | ts.ObjectLiteralElementLike, name: string): boolean {
  const own = member.name;
  return (
    own !== undefined &&
    (ts.isIdentifier(own) || ts.isStringLiteral(own) || ts.isPrivateIdentifier(own)) &&
    own.text === name
  );
}

/** A member of one of the project's own types: it says that there is a value, not which. */
function isTypeOnly(declaration: ts.Declaration): boolean {
  const isSignature = ts.isPropertySignature(declaration) || ts.isMethodSignature(declaration);
  return isSignature && !isSdkFile(declaration.getSourceFile().fileName);
}

function isModuleLoad(call: ts.CallExpression): boolean {
  const loader = call.expression;
  return loader.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(loader) && loader.text === 'require');
}
