import { ts } from 'ts-morph';

import { calledGlobal, functionMethod } from './call-forms.ts';
import type { Code } from './code.ts';
import type { CycleMemo } from './cycle-memo.ts';
import { DeclaredValues } from './declared-values.ts';
import { constantText } from './element-values.ts';
import { LIMITS } from './limits.ts';
import type { Operand } from './operands.ts';
import { isModuleLoad } from '../syntax/file-index.ts';
import { baseOf, functionAround, isFunctionNode, unitOf, visitUnit } from '../syntax/functions.ts';
import { awaited, memberNameOf, methodOf } from '../syntax/operands.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { MemberValues } from './member-values.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';

/** Where the value of a member comes from; `undefined` where there is no such member. */
export type Members = readonly ts.Node[] | undefined;

/** What the parts of the value flow ask each other. */
export interface Values {
  of(expression: ts.Expression): readonly ts.Node[];
  memberOf(value: ts.Node, name: string): Members;
  ofDeclaration(declaration: ts.Declaration): readonly ts.Node[];
  /** @param otherwise stands for what is not known of the part */
  ofPart(operand: Operand, otherwise: ts.Node): readonly ts.Node[];
}

/**
 * Follows a value back to where it comes from: through variables, parameters and the arguments given for them, patterns,
 * properties, fields, conditionals and returns.
 *
 * It says less rather than wrong: a value that cannot be followed further is itself the answer.
 */
export class ValueFlow implements Values {
  readonly #code: Code;
  readonly #values: (expression: ts.Node, answer: () => readonly ts.Node[]) => readonly ts.Node[];
  readonly #answers: CycleMemo;
  readonly #declared: DeclaredValues;
  readonly #members: MemberValues;
  #depth = 0;

  constructor(code: Code, answers: CycleMemo) {
    this.#code = code;
    this.#answers = answers;
    this.#values = answers.table<ts.Node, readonly ts.Node[]>([]);
    this.#declared = new DeclaredValues(code, this);
    this.#members = new MemberValues(code, this, this.#declared, answers);
  }

  /** Where an expression's value comes from: functions, classes, literals, calls, declarations of the SDK. */
  of(node: ts.Expression): readonly ts.Node[] {
    const expression = awaited(node);
    return this.#values(expression, () => {
      if (this.#depth >= LIMITS.openQueries) {
        this.#answers.cutOff();
        return [expression];
      }
      this.#depth += 1;
      try {
        return [...new Set(this.#follow(expression))];
      } finally {
        this.#depth -= 1;
      }
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
    if (expression.kind === ts.SyntaxKind.SuperKeyword) return this.#ofSuper(expression);
    return [expression];
  }

  #ofBinary(expression: ts.BinaryExpression): readonly ts.Node[] {
    switch (expression.operatorToken.kind) {
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.QuestionQuestionEqualsToken:
      case ts.SyntaxKind.BarBarEqualsToken:
      case ts.SyntaxKind.AmpersandAmpersandEqualsToken:
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
    return symbol === undefined ? [name] : this.#members.ofSymbol(symbol, name);
  }

  /** The member of a value; `undefined` where it is not known. */
  memberOf(value: ts.Node, name: string): Members {
    return this.#members.of(value, name);
  }

  ofDeclaration(declaration: ts.Declaration): readonly ts.Node[] {
    return this.#declared.of(declaration);
  }

  ofPart({ expression, path }: Operand, otherwise: ts.Node): readonly ts.Node[] {
    let values = this.of(expression);
    let isAll = true;
    for (const name of path) {
      const parts = values.map((value) => this.memberOf(value, name));
      isAll &&= !parts.includes(undefined);
      values = parts.flatMap((each) => each ?? []);
    }
    return isAll ? values : [...values, otherwise];
  }

  #ofMember(access: ts.PropertyAccessExpression, name: ts.MemberName): readonly ts.Node[] {
    if (!this.#code.mayBeKnown(access)) return [access];
    const symbol = this.#code.symbolOf(name);
    const declarations = symbol?.declarations ?? [];
    if (symbol !== undefined && declarations.length > 0 && !declarations.every(isTypeOnly)) {
      return this.#members.ofSymbol(symbol, access);
    }
    return this.#ofNamed(access, name.text);
  }

  #ofNamed(access: ts.PropertyAccessExpression | ts.ElementAccessExpression, name: string): readonly ts.Node[] {
    const found = this.of(access.expression).flatMap((value) => this.memberOf(value, name) ?? [access]);
    return found.length > 0 ? found : [access];
  }

  #ofElement(access: ts.ElementAccessExpression): readonly ts.Node[] {
    const name = memberNameOf(access) ?? constantText(access.argumentExpression, this);
    if (name !== undefined) return this.#ofNamed(access, name);
    // A name chosen at run time: any of the functions that the object holds.
    const held = this.of(access.expression).flatMap((value) => this.#members.functionsIn(value));
    return held.length > 0 ? held : [access];
  }

  /** A call's value: what its function returns, where that is the project's own; else the call itself. */
  #ofCall(call: ts.CallExpression): readonly ts.Node[] {
    const method = functionMethod(this.#code, call);
    if (method?.name === 'bind') return this.of(method.object);
    if (isModuleLoad(call)) return this.#ofModule(call);
    const functions = this.#code.calledFunctions(call).filter((fn) => !ts.isConstructorDeclaration(fn));
    if (functions.some(isGenerator)) return [call];
    if (functions.length === 0) return this.#ofBuiltIn(call) ?? [call];
    const returned = functions.flatMap((fn) => returnsOf(fn)).flatMap((value) => this.of(value));
    return returned.length > 0 ? returned : [call];
  }

  /** What JavaScript's own functions hand on of what they get; `undefined` where they make something new. */
  #ofBuiltIn(call: ts.CallExpression): readonly ts.Node[] | undefined {
    const name = methodOf(call)?.name ?? '';
    const [first] = call.arguments;
    if (first !== undefined && SAME.has(name) && SAME_VALUE.has(calledGlobal(this.#code, call) ?? ''))
      return this.of(first);
    return this.#ofChain(call) ?? this.#members.takenBy(call);
  }

  /** `p.then(f)` has the value that `f` returns, `p.catch(f)` that or the one of `p`, `p.finally(f)` the one of `p`. */
  #ofChain(call: ts.CallExpression): readonly ts.Node[] | undefined {
    const method = methodOf(call);
    if (method === undefined || !CHAIN.has(method.name)) return undefined;
    const [first, second] = call.arguments;
    const own = method.name === 'then' && first !== undefined ? [] : this.of(method.object);
    const callbacks = method.name === 'then' ? [first, second] : method.name === 'catch' ? [first] : [];
    const results = callbacks.flatMap((callback) => (callback === undefined ? [] : this.#resultsOf(callback, call)));
    return [...own, ...results];
  }

  #resultsOf(callback: ts.Expression, call: ts.CallExpression): readonly ts.Node[] {
    return this.of(callback).flatMap((value) => {
      if (!isFunctionNode(value)) return value.kind === ts.SyntaxKind.NullKeyword ? [] : [call];
      return returnsOf(value).flatMap((each) => this.of(each));
    });
  }

  /** What `require` or `import()` brings: a function or class where the module is one, else the call, whose type is the module. */
  #ofModule(call: ts.CallExpression): readonly ts.Node[] {
    const declarations = (this.#members.awaitedType(call).symbol as ts.Symbol | undefined)?.declarations ?? [];
    const found = declarations.flatMap((declaration) =>
      ts.isSourceFile(declaration) ? [] : this.#declared.of(declaration),
    );
    return found.some((value) => isFunctionNode(value) || ts.isClassLike(value)) ? found : [call];
  }

  #ofThis(node: ts.Node): readonly ts.Node[] {
    let fn = functionAround(node);
    while (fn !== undefined && ts.isArrowFunction(fn)) fn = functionAround(fn);
    const holder = fn?.parent;
    return holder !== undefined && (ts.isClassLike(holder) || ts.isObjectLiteralExpression(holder)) ? [holder] : [node];
  }

  #ofSuper(node: ts.Expression): readonly ts.Node[] {
    const holder = ts.findAncestor(node, ts.isClassLike);
    const base = holder && baseOf(holder);
    return base === undefined ? [node] : this.of(base);
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

/** A member of one of the project's own types: it says that there is a value, not which. */
function isTypeOnly(declaration: ts.Declaration): boolean {
  const isSignature = ts.isPropertySignature(declaration) || ts.isMethodSignature(declaration);
  return isSignature && !isSdkNode(declaration);
}

function isGenerator(fn: FunctionNode): boolean {
  return 'asteriskToken' in fn && fn.asteriskToken !== undefined;
}

const CHAIN: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** Functions whose result is what they are given; `SAME` are their names alone, which cost nothing to compare. */
const SAME_VALUE: ReadonlySet<string> = new Set([
  'Object.freeze',
  'Object.seal',
  'Object.preventExtensions',
  'Promise.resolve',
  'Promise.all',
]);
const SAME: ReadonlySet<string> = new Set([...SAME_VALUE].map((name) => name.slice(name.indexOf('.') + 1)));
