import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { ValueUse } from '../../flow/forward/record-follower.ts';
import { readsFrom } from '../../flow/forward-slice.ts';
import type { RestoredReads } from '../../flow/forward-slice.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import { AccessPaths } from '../../flow/access-paths.ts';
import { assignmentTo } from '../../syntax/assignments.ts';
import { bare, isAccess, outermost, propertyNameOf } from '../../syntax/operands.ts';
import { comingBack } from './saved-values.ts';
import type { SavedValue } from './saved-values.ts';

/** A use of what came back as what it was before it was saved (sdk-facts.md, section 8). */
export interface Revival {
  /** What is saved, as a person calls it. */
  readonly subject: string;
  readonly made: Made;
  readonly value: ts.Expression;
  readonly use: ts.Expression;
  /** The method that is called; `undefined` where it is subtracted. */
  readonly method: string | undefined;
}

/** An object that comes back without its methods: a Date as its text, an instance as a plain object. */
export interface Made {
  readonly className: string;
  readonly methods: ReadonlySet<string>;
  readonly isDate: boolean;
}

/** Something that is saved, and the places that get it back. */
interface Part {
  readonly subject: string;
  readonly value: ts.Expression;
  readonly places: readonly ts.Node[];
  /** What is done there. */
  readonly reads: readonly RestoredReads[];
}

/** The uses of what a saved value brings back that need the instance which it was. */
export function revivalsOf(code: Code, saved: SavedValue): readonly Revival[] {
  const cameBack = comingBack(saved);
  return partsOf(code, saved, cameBack).flatMap(({ subject, value, places, reads }) => {
    const made = madeBy(code, value, cameBack);
    if (made === undefined) return [];
    // What is looked at first, or put back in its place, may well be an instance again.
    if (places.some(isTarget) || reads.some((each) => isHandled(code, each))) return [];
    const uses = new Map(reads.flatMap((each) => [...methodsCalled(made, each), ...subtractions(made, each)]));
    return [...uses].map(([use, method]) => ({ subject, made, value, use, method }));
  });
}

/** The whole value, and where that is an object its properties. */
function partsOf(code: Code, { value, reads }: SavedValue, cameBack: ReadonlySet<ts.Node>): readonly Part[] {
  const whole: Part = { subject: 'The value', value, places: [], reads: reads.map((each) => each.reads) };
  const [literal, ...others] = code.valuesOf(value).filter((each) => !cameBack.has(each));
  if (literal === undefined || others.length > 0 || !ts.isObjectLiteralExpression(literal)) return [whole];
  return literal.properties.flatMap((property): readonly Part[] => {
    const held = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    const name = propertyNameOf(property.name);
    if (held === undefined || name === undefined) return [];
    const places = reads.flatMap((each) => each.reads.fields.get(name) ?? []);
    return [{ subject: `\`${name}\``, value: held, places, reads: places.map((place) => readsFrom(code, place)) }];
  });
}

/** The class of a value, where each of its values is made by it. */
function madeBy(code: Code, value: ts.Expression, cameBack: ReadonlySet<ts.Node>): Made | undefined {
  const [made, ...others] = code.valuesOf(value).filter((each) => !cameBack.has(each));
  if (made === undefined || others.length > 0 || !ts.isNewExpression(made)) return undefined;
  if (calledGlobal(code, made) === 'Date') return { className: 'Date', methods: methodsOf(code, made), isDate: true };
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

function isTarget(place: ts.Node): boolean {
  return assignmentTo(place) !== undefined;
}

/** `at = new Date(at)`, `typeof at`, `at instanceof Date` */
function isHandled(code: Code, { uses, wholes }: RestoredReads): boolean {
  if (uses.some((use) => use.kind === 'tested' && looksAtKind(use))) return true;
  const paths = new AccessPaths(code);
  return wholes.some((whole) =>
    ts.isIdentifier(whole)
      ? paths.of(whole).some(({ binding }) =>
          mutationsOf(code)
            .of(binding)
            .some(({ isWhole }) => isWhole),
        )
      : isTarget(whole),
  );
}

function looksAtKind({ by }: Extract<ValueUse, { kind: 'tested' }>): boolean {
  return (
    ts.isTypeOfExpression(by) ||
    (ts.isBinaryExpression(by) && by.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
  );
}

type Use = readonly [use: ts.Expression, method: string | undefined];

function methodsCalled({ methods }: Made, { fields }: RestoredReads): readonly Use[] {
  return [...fields]
    .filter(([name]) => methods.has(name))
    .flatMap(([name, places]) =>
      places.flatMap((place): readonly Use[] =>
        isAccess(place) && isCalled(place) ? [[bare(place.expression), name]] : [],
      ),
    );
}

function isCalled(access: ts.Expression): boolean {
  const callee = outermost(access);
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee;
}

/** The difference of two dates; of two texts it is NaN. */
function subtractions({ isDate }: Made, { uses }: RestoredReads): readonly Use[] {
  return uses.flatMap((use): readonly Use[] =>
    isDate && use.kind === 'computed' && use.by.operatorToken.kind === ts.SyntaxKind.MinusToken
      ? [[bare(use.at), undefined]]
      : [],
  );
}
