import { ts } from 'ts-morph';

import { givenFor } from './arguments.ts';
import { isConst } from './bindings.ts';
import { calledMethod } from './call-forms.ts';
import type { Code } from './code.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import { accessBy, awaited, bare } from '../syntax/operands.ts';
import { declaredNames } from '../syntax/patterns.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isChangedThrough, listOfItems } from './item-lists.ts';
import { ANY_ELEMENT } from './given-values.ts';
import { LIMITS } from './limits.ts';
import type { Operand } from './operands.ts';
import { isHandedOut, mayBeAnother } from './unsteady-literals.ts';
import { returnsOf } from './value-flow.ts';

/** A text that an expression may have. A part that is made at run time stays in it as `${…}`. */
export interface Text {
  readonly text: string;
  /** Where it is written: literals, templates, sums. */
  readonly at: readonly ts.Node[];
}

/** What an expression may say. */
export interface Texts {
  readonly known: readonly Text[];
  /** False where it may also say something that is made at run time. */
  readonly isAll: boolean;
}

/** The arguments of a call, by the parameters that get them, and the fields that keep them. */
type Given = ReadonlyMap<ts.Symbol, Texts>;

const UNKNOWN: Texts = { known: [], isAll: false };
const NOTHING_GIVEN: Given = new Map();

/**
 * Folds literals, constants, enumerations, templates, `+` and `[…].join()` to the texts that an expression may have; of a
 * parameter, one for each call of its function.
 *
 * @param given what parameters say, where it is known which call gives them
 */
export function textsOf(code: Code, expression: ts.Expression, given: Given = NOTHING_GIVEN): Texts {
  return new Folding(code).of(expression, given);
}

class Folding {
  readonly #code: Code;
  /** What is being folded: a value may be made of itself. */
  readonly #open = new Set<ts.Node>();

  constructor(code: Code) {
    this.#code = code;
  }

  of(node: ts.Expression, given: Given): Texts {
    const expression = awaited(node);
    if (this.#open.has(expression)) return UNKNOWN;
    this.#open.add(expression);
    const texts = this.#fold(expression, given);
    this.#open.delete(expression);
    return texts;
  }

  #fold(expression: ts.Expression, given: Given): Texts {
    if (ts.isIdentifier(expression)) return this.#ofName(expression, given);
    if (ts.isCallExpression(expression)) return this.#ofCall(expression, given);
    const field = ts.isPropertyAccessExpression(expression) ? this.#code.symbolOf(expression.name) : undefined;
    const known = field && given.get(field);
    if (known !== undefined) return known;
    return this.#ofWritten(expression, given) ?? this.#ofValues(expression);
  }

  #ofName(name: ts.Identifier, given: Given): Texts {
    const symbol = this.#code.symbolOf(name);
    const declaration = symbol?.valueDeclaration;
    if (symbol === undefined || declaration === undefined) return this.#ofValues(name);
    const known = given.get(symbol);
    if (known !== undefined) return known;
    if (mayBeAnother(this.#code, symbol, 'stepped')) return UNKNOWN;
    const list = listOfItems(declaration);
    if (list !== undefined) return this.#ofItems(list, given);
    if (ts.isParameter(declaration) && isFunctionNode(declaration.parent)) {
      return this.#ofParameter(declaration, declaration.parent);
    }
    const isFixed = ts.isVariableDeclaration(declaration) && isConst(declaration);
    return isFixed && declaration.initializer !== undefined
      ? this.of(declaration.initializer, given)
      : this.#ofValues(name);
  }

  /** The items of lists that stand in the code. */
  #ofItems(list: ts.Expression, given: Given): Texts {
    const lists = this.#code.valuesOf(list);
    const isWhole = lists.length > 0 && lists.every(ts.isArrayLiteralExpression);
    if (!isWhole) return this.#ofPart({ expression: list, path: [ANY_ELEMENT] });
    const texts = either(lists.flatMap(({ elements }) => elements.map((each) => this.#ofItem(each, given))));
    return this.#isChanged(list) ? { ...texts, isAll: false } : texts;
  }

  /** Whether items come to a list after it was made, or leave it. */
  #isChanged(list: ts.Expression): boolean {
    const symbol = this.#code.symbolOf(bare(list));
    return symbol !== undefined && this.#code.referencesOf(symbol).some((use) => isChangedThrough(accessBy(use)));
  }

  #ofItem(item: ts.Expression, given: Given): Texts {
    return ts.isSpreadElement(item) ? this.#ofItems(item.expression, given) : this.of(item, given);
  }

  #ofParameter(parameter: ts.ParameterDeclaration, fn: FunctionNode): Texts {
    const givenTexts = this.#code
      .callersOf(fn)
      .map((call) => this.#ofGiven(givenFor(this.#code, parameter, call), NOTHING_GIVEN));
    if (givenTexts.length === 0) return UNKNOWN;
    const all = either(givenTexts);
    return isHandedOut(this.#code, fn) ? { ...all, isAll: false } : all;
  }

  #ofGiven({ operands, isAll }: ReturnType<typeof givenFor>, given: Given): Texts {
    const texts = operands.map((each) => (each.path.length > 0 ? this.#ofPart(each) : this.of(each.expression, given)));
    return isAll ? either(texts) : { ...either(texts), isAll: false };
  }

  #ofPart(operand: Operand): Texts {
    const values = this.#code.partsOf(operand);
    return values.length === 0 ? UNKNOWN : either(values.map((value) => this.#ofValue(value, operand.expression)));
  }

  /** `[prefix, 'state'].join('-')`, or a function of the project that makes a text of its arguments. */
  #ofCall(call: ts.CallExpression, given: Given): Texts {
    const functions = this.#code.calledFunctions(call).filter((fn) => !ts.isConstructorDeclaration(fn));
    if (functions.length > 0) {
      return either(
        functions.flatMap((fn) => {
          const taken = this.#taken(fn, call, given);
          return returnsOf(fn).map((value) => this.of(value, taken));
        }),
      );
    }
    const method = calledMethod(this.#code, call);
    if (method === undefined) return UNKNOWN;
    const change = TEXT_METHODS.get(method.name);
    if (change !== undefined && call.arguments.length === 0) return changed(this.of(method.object, given), change);
    if (method.name === 'concat') {
      const object = this.of(method.object, given);
      return object.isAll ? joined([object, ...call.arguments.map((each) => this.#part(each, given))], call) : UNKNOWN;
    }
    if (method.name !== 'join') return UNKNOWN;
    const [list, ...others] = this.#code.valuesOf(method.object);
    const isList = list !== undefined && ts.isArrayLiteralExpression(list) && others.length === 0;
    if (!isList || list.elements.some((each) => ts.isSpreadElement(each))) return UNKNOWN;
    const [written] = call.arguments;
    const separator = written === undefined ? said(',', call) : this.of(written, given);
    const parts = list.elements.flatMap((each, index) => {
      const part = this.#part(each, given);
      return index === 0 ? [part] : [separator, part];
    });
    return joined(parts, call);
  }

  #taken(fn: FunctionNode, call: ts.CallExpression, given: Given): Given {
    return new Map(
      fn.parameters
        .flatMap(({ name }) => declaredNames(name))
        .flatMap((name): readonly [ts.Symbol, Texts][] => {
          const symbol = this.#code.symbolOf(name);
          const { parent } = name;
          if (symbol === undefined || !(ts.isParameter(parent) || ts.isBindingElement(parent))) return [];
          return [[symbol, this.#ofGiven(givenFor(this.#code, parent, call), given)]];
        }),
    );
  }

  /** What an expression says by itself; `undefined` where it only names something. */
  #ofWritten(value: ts.Node, given: Given): Texts | undefined {
    if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return said(value.text, value);
    if (ts.isTemplateExpression(value)) {
      const spans = value.templateSpans.flatMap(({ expression, literal }) => [
        this.#part(expression, given),
        said(literal.text, value),
      ]);
      return joined([said(value.head.text, value), ...spans], value);
    }
    if (!ts.isBinaryExpression(value) || value.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
    const isText = (this.#code.checker.getTypeAtLocation(value).flags & ts.TypeFlags.StringLike) !== 0;
    return isText ? joined([this.#part(value.left, given), this.#part(value.right, given)], value) : UNKNOWN;
  }

  /** A part of a longer text: what is made at run time is left as it is written. */
  #part(expression: ts.Expression, given: Given): Texts {
    const { known, isAll } = this.of(expression, given);
    if (isAll) return { known, isAll };
    return { known: [...known, { text: `\${${bare(expression).getText()}}`, at: [] }], isAll: true };
  }

  #ofValues(expression: ts.Expression): Texts {
    const values = this.#code.valuesOf(expression);
    return values.length === 0 ? UNKNOWN : either(values.map((value) => this.#ofValue(value, expression)));
  }

  #ofValue(value: ts.Node, named: ts.Expression): Texts {
    if (ts.isEnumMember(value)) {
      const constant = this.#code.checker.getConstantValue(value);
      return constant === undefined ? UNKNOWN : said(String(constant), value);
    }
    if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) {
      const texts = said(value.text, value);
      const holder = holderOf(value);
      // A number that comes through parameters and patterns is one that something counts, more often than not.
      if (ts.isNumericLiteral(value) && !ts.isVariableDeclaration(holder)) return UNKNOWN;
      if (ts.isBindingElement(holder) || isGivenToOthers(this.#code, holder)) return { ...texts, isAll: false };
      const symbol = 'name' in holder ? this.#declared(holder) : undefined;
      if (symbol === undefined) return texts;
      const how = ts.isPropertyAssignment(holder) ? 'set' : 'stepped';
      return mayBeAnother(this.#code, symbol, how) ? UNKNOWN : texts;
    }
    if (value === named || !isMade(value)) return UNKNOWN;
    return this.of(value, NOTHING_GIVEN);
  }

  #declared(holder: ts.Node): ts.Symbol | undefined {
    const isHolder =
      ts.isVariableDeclaration(holder) || ts.isPropertyAssignment(holder) || ts.isPropertyDeclaration(holder);
    return isHolder && ts.isIdentifier(holder.name) ? this.#code.symbolOf(holder.name) : undefined;
  }
}

function isMade(value: ts.Node): value is ts.Expression {
  return ts.isTemplateExpression(value) || ts.isBinaryExpression(value) || ts.isCallExpression(value);
}

/** What methods of texts that take no argument make of one. */
const TEXT_METHODS: ReadonlyMap<string, (text: string) => string> = new Map([
  ['toUpperCase', (text: string) => text.toUpperCase()],
  ['toLowerCase', (text: string) => text.toLowerCase()],
  ['trim', (text: string) => text.trim()],
  ['toString', (text: string) => text],
  ['valueOf', (text: string) => text],
]);

/** A text with a part that is made at run time has no other form. */
function changed({ known, isAll }: Texts, change: (text: string) => string): Texts {
  if (known.some(({ text }) => text.includes('${'))) return UNKNOWN;
  return { known: known.map(({ text, at }) => ({ text: change(text), at })), isAll };
}

function said(text: string, at: ts.Node): Texts {
  return { known: [{ text, at: [at] }], isAll: true };
}

/** All that one of several may say. */
export function either(texts: readonly Texts[]): Texts {
  const known = new Map<string, readonly ts.Node[]>();
  for (const { text, at } of texts.flatMap((each) => each.known)) known.set(text, [...(known.get(text) ?? []), ...at]);
  const isAll = texts.length > 0 && texts.every((each) => each.isAll);
  return { known: [...known].map(([text, at]) => ({ text, at: [...new Set(at)] })), isAll };
}

/** One part after the other. Only the whole is where a text is written: a prefix stands for many. */
function joined(parts: readonly Texts[], whole: ts.Node): Texts {
  let texts: readonly string[] = [''];
  for (const { known } of parts) texts = texts.flatMap((start) => known.map(({ text }) => start + text));
  if (texts.length > LIMITS.texts) return UNKNOWN;
  return { known: [...new Set(texts)].map((text) => ({ text, at: [whole] })), isAll: true };
}

/** What a literal is the value of. */
function holderOf(literal: ts.Node): ts.Node {
  let { parent } = literal;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) {
    parent = parent.parent;
  }
  return parent;
}

/** A property of an object that something foreign gets, such as the first value of a `useState`: it may come back another. */
function isGivenToOthers(code: Code, holder: ts.Node): boolean {
  if (!ts.isPropertyAssignment(holder)) return false;
  const { parent: receiver } = holder.parent;
  return ts.isCallExpression(receiver) && !isFreeze(receiver) && code.calledFunctions(receiver).length === 0;
}

function isFreeze({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'freeze';
}
