import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { assignmentTo } from '../../syntax/assignments.ts';
import type { Code } from '../../flow/code.ts';
import { outermostDefaulted } from '../../flow/forward-slice.ts';
import { comingBack } from '../../actor/records/saved-values.ts';
import type { SavedValue } from '../../actor/records/saved-values.ts';
import type { Report } from '../rule.ts';
import { dateFixes } from './fixes.ts';

/** An object that comes back without its methods: a Date as its text, an instance as a plain object. */
interface Made {
  readonly className: string;
  readonly methods: ReadonlySet<string>;
  readonly isDate: boolean;
}

/** Something that is saved, and the places that get it back. */
interface Part {
  /** As a person calls it. */
  readonly subject: string;
  readonly value: ts.Expression;
  readonly places: readonly ts.Node[];
}

/** Uses of what came back as what it was before it was saved (sdk-facts.md, section 8). */
export function revivalsOf({ code }: ActorModel, saved: SavedValue): readonly Report[] {
  const cameBack = comingBack(saved);
  return partsOf(code, saved, cameBack).flatMap(({ subject, value, places }) => {
    const made = madeBy(code, value, cameBack);
    // What is looked at first, or put back in its place, may well be an instance again.
    if (made === undefined || places.some((place) => isHandled(place))) return [];
    const uses = new Set(places.flatMap((place) => usesAs(code, made, place)));
    return [...uses].map((use) => reportOf(subject, made, use, value));
  });
}

/** The whole value, and where that is an object its properties. */
function partsOf(code: Code, { value, reads }: SavedValue, cameBack: ReadonlySet<ts.Node>): readonly Part[] {
  const whole: Part = { subject: 'The value', value, places: reads.flatMap((each) => each.reads.wholes) };
  const [literal, ...others] = code.valuesOf(value).filter((each) => !cameBack.has(each));
  if (literal === undefined || others.length > 0 || !ts.isObjectLiteralExpression(literal)) return [whole];
  return literal.properties.flatMap((property): readonly Part[] => {
    const held = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    if (held === undefined || property.name === undefined) return [];
    const name = property.name.getText();
    const places = reads.flatMap((each) => each.reads.fields.get(name) ?? []);
    return [{ subject: `\`${name}\``, value: held, places }];
  });
}

function reportOf(subject: string, made: Made, use: ts.Expression, value: ts.Node): Report {
  const method = methodCalled(use);
  const article = /^[AEIOU]/u.test(made.className) ? 'an' : 'a';
  const comesBack = made.isDate ? 'as a text' : 'as a plain object';
  const consequence = method === undefined ? 'the difference is NaN' : `\`${method}\` is not a function`;
  return {
    node: use,
    severity: 'warning',
    message: `${subject} is saved as ${article} ${made.className} and comes back ${comesBack}: after a migration ${consequence}`,
    related: [{ node: value, message: `the ${made.className} is saved here` }],
    fixes: made.isDate ? dateFixes(use) : [],
  };
}

/** The class of a value, where each of its values is made by it. */
function madeBy(code: Code, value: ts.Expression, cameBack: ReadonlySet<ts.Node>): Made | undefined {
  const [made, ...others] = code.valuesOf(value).filter((each) => !cameBack.has(each));
  if (made === undefined || others.length > 0 || !ts.isNewExpression(made)) return undefined;
  if (made.expression.getText() === 'Date') return { className: 'Date', methods: methodsOf(code, made), isDate: true };
  const own = code.valuesOf(made.expression).find(ts.isClassLike);
  if (own?.name === undefined || hasToJson(code, made)) return undefined;
  return { className: own.name.text, methods: methodsOf(code, made), isDate: false };
}

function methodsOf(code: Code, made: ts.NewExpression): ReadonlySet<string> {
  const properties = code.checker.getTypeAtLocation(made).getProperties();
  return new Set(
    properties
      .filter(({ valueDeclaration }) => valueDeclaration !== undefined && isMethod(valueDeclaration))
      .map(({ name }) => name)
      // Texts and plain objects have these too.
      .filter((name) => !['toString', 'valueOf', 'toLocaleString'].includes(name)),
  );
}

function isMethod(declaration: ts.Declaration): boolean {
  return ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration);
}

function hasToJson(code: Code, made: ts.NewExpression): boolean {
  return code.checker.getTypeAtLocation(made).getProperty('toJSON') !== undefined;
}

/** Where what was read is used as an instance: at once, or through the variable that it is put in. */
function usesAs(code: Code, made: Made, place: ts.Node): readonly ts.Expression[] {
  if (ts.isBindingElement(place)) return ofVariable(code, made, place.name);
  if (!ts.isExpression(place)) return [];
  const direct = asInstance(made, place);
  if (direct !== undefined) return [direct];
  const { parent } = outermostDefaulted(place);
  return ts.isVariableDeclaration(parent) ? ofVariable(code, made, parent.name) : [];
}

function ofVariable(code: Code, made: Made, name: ts.BindingName): readonly ts.Expression[] {
  const symbol = ts.isIdentifier(name) ? code.symbolOf(name) : undefined;
  if (symbol === undefined) return [];
  const uses = code.referencesOf(symbol).filter((use) => use !== name);
  return uses.some((use) => isHandled(use)) ? [] : uses.flatMap((use) => asInstance(made, use) ?? []);
}

/** `at = …`, `typeof at`, `at instanceof Date` */
function isHandled(place: ts.Node): boolean {
  const { parent } = place;
  if (ts.isTypeOfExpression(parent) || assignmentTo(place) !== undefined) return true;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}

function asInstance(made: Made, value: ts.Expression): ts.Expression | undefined {
  const { parent } = value;
  if (
    ts.isPropertyAccessExpression(parent) &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  )
    return made.methods.has(parent.name.text) ? value : undefined;
  const subtracts =
    made.isDate && ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.MinusToken;
  return subtracts ? value : undefined;
}

function methodCalled({ parent }: ts.Expression): string | undefined {
  return ts.isPropertyAccessExpression(parent) ? parent.name.text : undefined;
}
