import { ts } from 'ts-morph';

import type { ActorModel } from '../../model/actor-model.ts';
import type { Code } from '../../model/code.ts';
import { outermost } from '../../model/restored-reads.ts';
import { comingBack } from '../../model/saved-values.ts';
import type { SavedValue } from '../../model/saved-values.ts';
import type { Report } from '../rule.ts';
import { dateFixes } from './fixes.ts';

/** An object that comes back without its methods: a Date as its text, an instance as a plain object. */
interface Made {
  readonly className: string;
  readonly methods: ReadonlySet<string>;
  readonly isDate: boolean;
}

/** Uses of what came back as what it was before it was saved (sdk-facts.md, section 8). */
export function revivalsOf({ code }: ActorModel, saved: SavedValue): readonly Report[] {
  const value = literalOf(saved.value, code);
  if (value === undefined) return [];
  const cameBack = comingBack(saved);
  return value.properties.flatMap((property) => {
    const made = madeBy(property, cameBack, code);
    if (made === undefined || property.name === undefined) return [];
    const name = property.name.getText();
    const places = saved.reads.flatMap(({ reads }) => reads.fields.get(name) ?? []);
    // What is put back in its place may well be an instance again.
    if (places.some((place) => isAssignedTo(place))) return [];
    return places.flatMap((place) => usesAs(made, place, code)).map((use) => reportOf(name, made, use, property));
  });
}

function reportOf(name: string, made: Made, use: ts.Expression, property: ts.Node): Report {
  const method = methodCalled(use);
  const article = /^[AEIOU]/u.test(made.className) ? 'an' : 'a';
  const comesBack = made.isDate ? 'as a text' : 'as a plain object';
  const consequence = method === undefined ? 'the difference is NaN' : `\`${method}\` is not a function`;
  return {
    node: use,
    severity: 'warning',
    message: `\`${name}\` is saved as ${article} ${made.className} and comes back ${comesBack}: after a migration ${consequence}`,
    related: [{ node: property, message: `the ${made.className} is saved here` }],
    fixes: made.isDate ? dateFixes(use) : [],
  };
}

function literalOf(value: ts.Expression, code: Code): ts.ObjectLiteralExpression | undefined {
  const [only, ...others] = code.valuesOf(value);
  return only !== undefined && others.length === 0 && ts.isObjectLiteralExpression(only) ? only : undefined;
}

/** The class of what a property holds, where each of its values is made by it. */
function madeBy(property: ts.ObjectLiteralElementLike, cameBack: ReadonlySet<ts.Node>, code: Code): Made | undefined {
  const value = ts.isPropertyAssignment(property)
    ? property.initializer
    : ts.isShorthandPropertyAssignment(property)
      ? property.name
      : undefined;
  if (value === undefined) return undefined;
  const [made, ...others] = code.valuesOf(value).filter((each) => !cameBack.has(each));
  if (made === undefined || others.length > 0 || !ts.isNewExpression(made)) return undefined;
  if (made.expression.getText() === 'Date') return { className: 'Date', methods: methodsOf(made, code), isDate: true };
  const own = code.valuesOf(made.expression).find(ts.isClassLike);
  if (own?.name === undefined || hasToJson(made, code)) return undefined;
  return { className: own.name.text, methods: methodsOf(made, code), isDate: false };
}

function methodsOf(made: ts.NewExpression, code: Code): ReadonlySet<string> {
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

function hasToJson(made: ts.NewExpression, code: Code): boolean {
  return code.checker.getTypeAtLocation(made).getProperty('toJSON') !== undefined;
}

/** Where what was read is used as an instance: at once, or through the variable that it is put in. */
function usesAs(made: Made, place: ts.Node, code: Code): readonly ts.Expression[] {
  if (ts.isBindingElement(place)) return ofVariable(made, place.name, code);
  if (!ts.isExpression(place)) return [];
  const direct = asInstance(made, place);
  if (direct !== undefined) return [direct];
  const { parent } = outermost(place);
  return ts.isVariableDeclaration(parent) ? ofVariable(made, parent.name, code) : [];
}

function ofVariable(made: Made, name: ts.BindingName, code: Code): readonly ts.Expression[] {
  const symbol = ts.isIdentifier(name) ? code.symbolOf(name) : undefined;
  if (symbol === undefined) return [];
  const uses = code.referencesOf(symbol).filter((use) => use !== name);
  return uses.some((use) => isAssignedTo(use)) ? [] : uses.flatMap((use) => asInstance(made, use) ?? []);
}

function isAssignedTo(place: ts.Node): boolean {
  const { parent } = place;
  return (
    ts.isBinaryExpression(parent) && parent.left === place && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
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
