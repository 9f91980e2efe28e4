import { ts } from 'ts-morph';

import { isConst } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import { awaited, propertyNameOf } from '../../syntax/operands.ts';
import { lossOf } from './json-node-losses.ts';
import type { NodeLoss } from './json-node-losses.ts';
import { typeLossesOf } from './json-type-losses.ts';

/** Something that JSON loses, in a value that is saved. */
export interface JsonLoss extends NodeLoss {
  /** The names that lead to it from what is saved; empty where it is the whole. */
  readonly path: readonly string[];
  /** Where it stands in what is saved: a property of the saved object, or the saved expression. */
  readonly place: ts.Node;
  /** What makes it. */
  readonly origin: ts.Node;
}

/** How deep an object is looked into, and how far through variables. */
const DEEPEST = 5;

/**
 * What JSON loses of a value, as far as the code tells. What nothing is known of is taken to be JSON.
 *
 * @param cameBack where the value may come from too, and needs no look: the record itself, as an earlier process wrote it
 */
export function jsonLossesOf(
  code: Code,
  saved: ts.Expression,
  cameBack: ReadonlySet<ts.Node> = new Set(),
): readonly JsonLoss[] {
  return new JsonLosses(code, cameBack).of(saved, { path: [], place: undefined, fallback: saved });
}

/** Where the search is: the names so far, and the property of the saved object that it went through. */
interface Here {
  readonly path: readonly string[];
  readonly place: ts.Node | undefined;
  readonly fallback: ts.Node;
}

class JsonLosses {
  readonly #code: Code;
  readonly #cameBack: ReadonlySet<ts.Node>;
  readonly #open = new Set<ts.Node>();

  constructor(code: Code, cameBack: ReadonlySet<ts.Node>) {
    this.#code = code;
    this.#cameBack = cameBack;
  }

  of(expression: ts.Expression, here: Here): readonly JsonLoss[] {
    if (here.path.length > DEEPEST) return [];
    const value = awaited(expression);
    if (ts.isObjectLiteralExpression(value)) return this.#ofObject(value, here);
    if (ts.isArrayLiteralExpression(value)) {
      return value.elements.filter((each) => !ts.isSpreadElement(each)).flatMap((each) => this.of(each, here));
    }
    const choices = choicesOf(value);
    if (choices !== undefined) {
      const left = choices.filter((each) => !isNothing(each) && !this.#isBack(each));
      return sureOf(
        left.map((each) => this.of(each, here)),
        here,
      );
    }
    const written = jsonArgument(this.#code, value);
    if (written !== undefined) return this.of(written, here);
    const direct = lossOf(this.#code, value);
    if (direct !== undefined) return [lossAt(direct, value, here)];
    const initial = this.#constantOf(value);
    const followed = initial === undefined ? this.#ofValues(value, here) : this.of(initial, here);
    return followed.length > 0 ? followed : this.#ofType(value, here);
  }

  #ofObject(literal: ts.ObjectLiteralExpression, here: Here): readonly JsonLoss[] {
    if (this.#open.has(literal)) return [];
    this.#open.add(literal);
    const losses = new Map<string, readonly JsonLoss[]>();
    for (const property of literal.properties) {
      if (ts.isSpreadAssignment(property)) {
        for (const loss of this.of(property.expression, { ...here, place: here.place })) {
          const name = loss.path[here.path.length];
          if (name !== undefined) losses.set(name, [...(losses.get(name) ?? []), loss]);
        }
      } else {
        const name = propertyNameOf(property.name);
        if (name === undefined) continue;
        // What stands further down in the literal wins, as it does when the program runs.
        losses.set(name, this.#ofProperty(property, { ...here, path: [...here.path, name] }));
      }
    }
    this.#open.delete(literal);
    return [...losses.values()].flat();
  }

  #ofProperty(property: ts.ObjectLiteralElementLike, here: Here): readonly JsonLoss[] {
    const inside = { ...here, place: here.place ?? property };
    if (ts.isPropertyAssignment(property)) return this.of(property.initializer, inside);
    if (ts.isShorthandPropertyAssignment(property)) return this.of(property.name, inside);
    if (ts.isMethodDeclaration(property)) {
      return propertyNameOf(property.name) === 'toJSON'
        ? []
        : [lossAt({ kind: 'function', what: 'function' }, property, inside)];
    }
    return [];
  }

  #ofValues(value: ts.Expression, here: Here): readonly JsonLoss[] {
    const values = this.#code
      .valuesOf(value)
      .filter((each) => each !== value && !isNothing(each) && !this.#cameBack.has(each));
    return sureOf(
      values.map((each) => this.#ofSource(each, here)),
      here,
    );
  }

  /** What a constant of the project stands for: so that what makes the value is found where it is written. */
  #constantOf(name: ts.Expression): ts.Expression | undefined {
    const declaration = ts.isIdentifier(name) ? this.#code.symbolOf(name)?.valueDeclaration : undefined;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name))
      return undefined;
    return isConst(declaration) ? declaration.initializer : undefined;
  }

  /** Whether all that an expression may be is what an earlier process wrote. */
  #isBack(expression: ts.Expression): boolean {
    return this.#code.valuesOf(expression).every((each) => this.#cameBack.has(each));
  }

  #ofSource(source: ts.Node, here: Here): readonly JsonLoss[] {
    const loss = lossOf(this.#code, source);
    if (loss !== undefined) return [lossAt(loss, source, here)];
    if (ts.isObjectLiteralExpression(source)) return this.#ofObject(source, here);
    return ts.isArrayLiteralExpression(source) ? this.of(source, here) : [];
  }

  #ofType(value: ts.Expression, here: Here): readonly JsonLoss[] {
    return typeLossesOf(this.#code, this.#code.checker.getTypeAtLocation(value)).map(({ path, ...loss }) =>
      lossAt(loss, value, { ...here, path: [...here.path, ...path] }),
    );
  }
}

/** A name that may as well hold an array is written as one: of collections only what each choice loses is lost for sure. */
function sureOf(choices: readonly (readonly JsonLoss[])[], here: Here): readonly JsonLoss[] {
  const isSure = choices.every((each) => each.some(({ kind }) => kind === 'collection'));
  const found = choices.flat();
  return isSure ? found : found.filter(({ kind, path }) => kind !== 'collection' || path.length > here.path.length);
}

/** What an expression chooses between, with `?:`, `??` or `||`. */
function choicesOf(value: ts.Expression): readonly ts.Expression[] | undefined {
  if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  if (!ts.isBinaryExpression(value)) return undefined;
  const { kind } = value.operatorToken;
  const chooses = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
  return chooses ? [value.left, value.right] : undefined;
}

function lossAt(loss: NodeLoss, origin: ts.Node, here: Here): JsonLoss {
  return { kind: loss.kind, what: loss.what, path: here.path, place: here.place ?? here.fallback, origin };
}

/** `JSON.stringify(value)`: the SDK would do the same. With a replacer it may be written in another way. */
function jsonArgument(code: Code, value: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(value) || calledGlobal(code, value) !== 'JSON.stringify') return undefined;
  const [argument, replacer] = value.arguments;
  return replacer === undefined || replacer.kind === ts.SyntaxKind.NullKeyword ? argument : undefined;
}

function isNothing(value: ts.Node): boolean {
  return (
    value.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(value) && value.text === 'undefined') ||
    (ts.isVariableDeclaration(value) && propertyNameOf(value.name) === 'undefined')
  );
}
