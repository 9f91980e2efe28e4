import { ts } from 'ts-morph';

import { givenFor } from './arguments.ts';
import { isConst, patternHolder } from './bindings.ts';
import type { Code } from './code.ts';
import { textsOf } from './constant-strings.ts';
import { isHandedOut, mayBeAnother } from './unsteady-literals.ts';
import type { Call } from '../syntax/file-index.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { bare, isAccess, takenName } from '../syntax/operands.ts';
import { declaredNames, patternPart } from '../syntax/patterns.ts';

/** What one call gives for the names in the parameters of its function; `undefined` where that is not known. */
export type GivenNumbers = ReadonlyMap<ts.Symbol, number | undefined>;

const NOTHING_GIVEN: GivenNumbers = new Map();

const OPERATIONS: ReadonlyMap<ts.SyntaxKind, (left: number, right: number) => number> = new Map([
  [ts.SyntaxKind.AsteriskToken, (left, right) => left * right],
  [ts.SyntaxKind.SlashToken, (left, right) => left / right],
  [ts.SyntaxKind.PlusToken, (left, right) => left + right],
  [ts.SyntaxKind.MinusToken, (left, right) => left - right],
]);

/**
 * The number that an expression is for sure, or the smallest of those that it may be; `undefined` where it may also be one that
 * is made at run time.
 *
 * @param given for the parameters of the function that it stands in; without it a parameter is what all callers give
 */
export function numberOf(
  code: Code,
  expression: ts.Expression,
  given: GivenNumbers = NOTHING_GIVEN,
): number | undefined {
  return new Folding(code, given).of(expression);
}

/** What a call gives for the parameters of a function that it calls. */
export function numbersGiven(
  code: Code,
  fn: FunctionNode,
  call: Call,
  outer: GivenNumbers = NOTHING_GIVEN,
): GivenNumbers {
  return new Folding(code, outer).givenBy(call, fn);
}

class Folding {
  readonly #code: Code;
  readonly #given: GivenNumbers;
  /** What is being folded: a value may be made of itself. */
  readonly #open = new Set<ts.Node>();

  constructor(code: Code, given: GivenNumbers) {
    this.#code = code;
    this.#given = given;
  }

  of(expression: ts.Expression): number | undefined {
    const value = bare(expression);
    if (this.#open.has(value)) return undefined;
    this.#open.add(value);
    const number = this.#fold(value);
    this.#open.delete(value);
    return number;
  }

  givenBy(call: Call, fn: FunctionNode): GivenNumbers {
    return new Map(
      fn.parameters
        .flatMap(({ name }) => declaredNames(name))
        .flatMap((name): readonly [ts.Symbol, number | undefined][] => {
          const symbol = this.#code.symbolOf(name);
          return symbol === undefined ? [] : [[symbol, this.#givenFor(name.parent, call)]];
        }),
    );
  }

  #fold(value: ts.Expression): number | undefined {
    if (ts.isNumericLiteral(value)) return Number(value.text);
    if (ts.isBinaryExpression(value)) {
      const [left, right] = [this.of(value.left), this.of(value.right)];
      const operation = OPERATIONS.get(value.operatorToken.kind);
      return left === undefined || right === undefined ? undefined : operation?.(left, right);
    }
    const symbol = ts.isIdentifier(value) ? this.#code.symbolOf(value) : undefined;
    if (symbol !== undefined && this.#given.has(symbol)) return this.#given.get(symbol);
    const declaration = symbol?.valueDeclaration;
    if (declaration === undefined) return this.#written(value);
    if (ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer !== undefined)
      return this.of(declaration.initializer);
    const isGiven =
      (ts.isParameter(declaration) || ts.isBindingElement(declaration)) && ts.isParameter(patternHolder(declaration));
    return isGiven ? this.#ofCallers(declaration) : this.#written(value);
  }

  #written(value: ts.Expression): number | undefined {
    const property = isAccess(value) ? this.#code.symbolOf(value) : this.#takenProperty(value);
    if (property !== undefined) return this.#ofProperty(value, property);
    if (isAccess(value)) return undefined;
    const { known, isAll } = textsOf(this.#code, value);
    return isAll ? smallest(known.map(({ text }) => Number(text))) : undefined;
  }

  /** A property of an object in the code, or of an enumeration, that nothing changes. */
  #ofProperty(value: ts.Expression, property: ts.Symbol): number | undefined {
    if (mayBeAnother(this.#code, property, 'set')) return undefined;
    const values = this.#code.valuesOf(value);
    return smallest(
      values.map((each) =>
        ts.isEnumMember(each)
          ? Number(this.#code.checker.getConstantValue(each))
          : ts.isExpression(each) && each !== value
            ? this.of(each)
            : undefined,
      ),
    );
  }

  /** The property that a constant takes from a pattern: `const { WAIT } = LIMITS`. */
  #takenProperty(name: ts.Expression): ts.Symbol | undefined {
    const declaration = ts.isIdentifier(name) ? this.#code.symbolOf(name)?.valueDeclaration : undefined;
    if (declaration === undefined || !ts.isBindingElement(declaration) || !isConst(declaration)) return undefined;
    const taken = takenName(declaration);
    return taken === undefined || declaration.initializer !== undefined
      ? undefined
      : this.#code.checker.getTypeAtLocation(declaration.parent).getProperty(taken);
  }

  #ofCallers(declaration: ts.ParameterDeclaration | ts.BindingElement): number | undefined {
    const { holder } = patternPart(declaration);
    const fn = ts.isParameter(holder) ? holder.parent : undefined;
    if (fn === undefined || !isFunctionNode(fn) || isHandedOut(this.#code, fn)) return undefined;
    return smallest(this.#code.callersOf(fn).map((call) => this.#givenFor(declaration, call)));
  }

  #givenFor(declaration: ts.Node, call: Call): number | undefined {
    if (!ts.isParameter(declaration) && !ts.isBindingElement(declaration)) return undefined;
    const { operands, isAll } = givenFor(this.#code, declaration, call);
    return isAll
      ? smallest(operands.map(({ expression, path }) => (path.length === 0 ? this.of(expression) : undefined)))
      : undefined;
  }
}

function smallest(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number): number is number => number !== undefined && !Number.isNaN(number));
  return known.length === numbers.length && known.length > 0 ? Math.min(...known) : undefined;
}
