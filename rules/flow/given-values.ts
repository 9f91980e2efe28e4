import { ts } from 'ts-morph';

import { defaultsOf, givenFor } from './arguments.ts';
import type { Code } from './code.ts';
import { ITERATING } from './control-flow/inlined.ts';
import { destinationsOf } from './destinations.ts';
import type { Destination } from './destinations.ts';
import type { Operand } from './operands.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isAssignment } from '../syntax/assignments.ts';
import { accessBy, methodOf } from '../syntax/operands.ts';
import { patternPart } from '../syntax/patterns.ts';

/** The name under which any element of a list, a set or a map is asked for. */
export const ANY_ELEMENT = '*';

/** What a parameter, or a name in its pattern, may get. */
export interface GivenValues {
  readonly operands: readonly Operand[];
  /** Declarations of the SDK for what it gives to a function that it is handed. */
  readonly ofSdk: readonly ts.Node[];
  /** False where it may also be something that is not seen. */
  readonly isAll: boolean;
}

const NOTHING: GivenValues = { operands: [], ofSdk: [], isAll: false };

/** What a function of the project gets for a parameter: by the calls of it, and by those to which it is given. */
export function valuesGivenFor(code: Code, declaration: ts.ParameterDeclaration | ts.BindingElement): GivenValues {
  const { holder, path } = patternPart(declaration);
  if (!ts.isParameter(holder) || !isFunctionNode(holder.parent)) return NOTHING;
  const fn = holder.parent;
  if (ts.isSetAccessorDeclaration(fn)) return ofAssignments(code, fn, path ?? []);
  const called = code.callersOf(fn).map((call): GivenValues => ({ ...givenFor(code, declaration, call), ofSdk: [] }));
  const all = either([...called, ...handedTo(code, fn, holder, path, called.length)]);
  return all.isAll ? all : { ...all, operands: [...all.operands, ...defaultsOf(declaration)] };
}

function either(all: readonly GivenValues[]): GivenValues {
  return {
    operands: all.flatMap(({ operands }) => operands),
    ofSdk: [...new Set(all.flatMap(({ ofSdk }) => ofSdk))],
    isAll: all.length > 0 && all.every(({ isAll }) => isAll),
  };
}

/** `counter.page = 2` gives 2 to the setter. */
function ofAssignments(code: Code, setter: ts.SetAccessorDeclaration, path: readonly string[]): GivenValues {
  const symbol = code.symbolOf(setter.name);
  const uses = symbol === undefined ? [] : code.referencesOf(symbol);
  const operands = uses.flatMap((use) => {
    const target = accessBy(use);
    const { parent } = target;
    return isAssignment(parent) && parent.left === target ? [{ expression: parent.right, path }] : [];
  });
  return { operands, ofSdk: [], isAll: operands.length > 0 };
}

/** What those calls give to a function that get it as an argument. */
function handedTo(
  code: Code,
  fn: FunctionNode,
  parameter: ts.ParameterDeclaration,
  path: readonly string[] | undefined,
  calls: number,
): readonly GivenValues[] {
  if (ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return [];
  const { given, isAll } = destinationsOf(code, fn);
  const position = fn.parameters.indexOf(parameter);
  const found = given.map((each) => byCall(code, each, position, path));
  // A function that is never called in the program, and not handed to anything either, is called from elsewhere.
  return isAll && found.length + calls > 0 ? found : [...found, NOTHING];
}

function byCall(
  code: Code,
  destination: Destination,
  position: number,
  path: readonly string[] | undefined,
): GivenValues {
  if (path === undefined) return NOTHING;
  const operand = destination.path.length === 0 ? givenByMethod(destination, position) : undefined;
  if (operand !== undefined) {
    return { operands: [{ ...operand, path: [...operand.path, ...path] }], ofSdk: [], isAll: true };
  }
  const types = typesGiven(code, destination, position);
  const last = path.at(-1);
  const holders = stepInto(code, types, path.slice(0, -1));
  const symbols =
    last === undefined
      ? types.map((type) => type.aliasSymbol ?? type.getSymbol())
      : holders.flatMap((type) => presentTypes(code, type).map((each) => each.getProperty(last)));
  const ofSdk = symbols.flatMap((symbol) => symbol?.declarations ?? []).filter(isSdkNode);
  return { operands: [], ofSdk, isAll: ofSdk.length > 0 };
}

/** What JavaScript's own methods give to their callbacks: the elements of a list, the value of a promise. */
function givenByMethod({ call, index }: Destination, position: number): Operand | undefined {
  const method = methodOf(call);
  if (method === undefined || index !== 0) return undefined;
  const { object: expression, name } = method;
  if (name === 'then') return position === 0 ? { expression, path: [] } : undefined;
  const place = name === 'reduce' || name === 'reduceRight' ? 1 : 0;
  if (!ITERATING.has(name)) return undefined;
  if (position === place) return { expression, path: [ANY_ELEMENT] };
  return position === place + 2 ? { expression, path: [] } : undefined;
}

/** The types that the SDK says it gives to a callback at a place of its call. */
function typesGiven(code: Code, { call, index, path }: Destination, position: number): readonly ts.Type[] {
  const { checker } = code;
  if (!code.mayBeKnown(call.expression)) return [];
  const parameters = checker.getResolvedSignature(call)?.getParameters() ?? [];
  const parameter = parameters[index];
  if (parameter === undefined || !(parameter.declarations ?? []).some(isSdkNode)) return [];
  const holder = checker.getTypeOfSymbolAtLocation(parameter, call);
  return stepInto(code, [holder], path).flatMap((type) =>
    presentTypes(code, type)
      .flatMap((each) => each.getCallSignatures())
      .flatMap((signature) => {
        const given = signature.getParameters()[position];
        return given === undefined ? [] : [checker.getTypeOfSymbolAtLocation(given, call)];
      }),
  );
}

function stepInto(code: Code, types: readonly ts.Type[], path: readonly string[]): readonly ts.Type[] {
  return path.reduce((all, name) => all.flatMap((type) => partsOf(code, type, name)), types);
}

function partsOf(code: Code, type: ts.Type, name: string): readonly ts.Type[] {
  const { checker } = code;
  return presentTypes(code, type).flatMap((each) => {
    if (/^\d+$/u.test(name) && checker.isArrayLikeType(each)) return each.getNumberIndexType() ?? [];
    const property = each.getProperty(name);
    return property === undefined ? [] : [checker.getTypeOfSymbol(property)];
  });
}

/** The types that a value may have, `undefined` and `null` aside. */
function presentTypes({ checker }: Code, type: ts.Type): readonly ts.Type[] {
  const present = checker.getNonNullableType(type);
  return present.isUnion() ? present.types : [present];
}
