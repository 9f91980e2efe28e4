import { ts } from 'ts-morph';

import { operandsAt } from './arguments.ts';
import type { Code } from './code.ts';
import { isCall } from '../syntax/file-index.ts';
import { patternPart } from '../syntax/patterns.ts';
import { constantKey } from './path-steps.ts';
import { awaited, isAccess, memberNameOf, methodOf } from '../syntax/operands.ts';

const ADDING: ReadonlySet<string> = new Set(['add', 'push', 'unshift', 'set', 'splice']);
const REMOVING: ReadonlySet<string> = new Set(['clear', 'delete', 'pop', 'shift']);
const COLLECTIONS: ReadonlySet<string> = new Set(['Array', 'Map', 'Set', 'WeakMap', 'WeakSet']);

/** Whether a method of this name changes what it is called on, where that is an array, a Map or a Set. */
export function isChangingMethod(name: string): boolean {
  return ADDING.has(name) || REMOVING.has(name);
}

/** A call that changes a collection. */
export interface CollectionCall {
  readonly receiver: ts.Expression;
  readonly kind: 'add' | 'remove';
  /** The entry that gets it, where that is always the same: `progress.set('page', 2)`. */
  readonly key: string | undefined;
  /** What is put in. */
  readonly value: ts.Expression | undefined;
}

/** What a call does to a collection: `list.push(x)`, `list['push'](x)`, `list.push.call(list, x)`. */
export function collectionCall(code: Code, call: ts.CallExpression): CollectionCall | undefined {
  const called = methodOf(call);
  if (called === undefined) return undefined;
  const isBorrowed = (called.name === 'call' || called.name === 'apply') && isAccess(called.object);
  const method = isBorrowed && isAccess(called.object) ? memberNameOf(called.object) : called.name;
  if (method === undefined || !isChangingMethod(method)) return undefined;
  const [first, ...rest] = call.arguments;
  const receiver = isBorrowed ? first : called.access.expression;
  if (receiver === undefined || ts.isSpreadElement(receiver) || !isCollection(code, receiver)) return undefined;
  const given = isBorrowed ? rest : call.arguments;
  const puts = ADDING.has(method) && (method !== 'splice' || given.length > 2);
  const key = method === 'set' ? given[0] : undefined;
  return { receiver, kind: puts ? 'add' : 'remove', key: key && constantKey(code, key), value: given.at(-1) };
}

/** Names lie: an `output.set()` may be no Map. A type that is not known is a collection if something made it one. */
export function isCollection(code: Code, receiver: ts.Expression): boolean {
  const type = code.checker.getTypeAtLocation(receiver);
  if (isCollectionType(code, type)) return true;
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) === 0) return code.checker.isArrayType(type);
  return [...code.valuesOf(receiver), ...firstOf(code, receiver, [])].some(isCollectionValue);
}

/** What the SDK keeps starts as what it is given: `seen` of `Actor.useState('STATE', { seen: [] })`. */
function firstOf(code: Code, expression: ts.Expression, path: readonly string[]): readonly ts.Node[] {
  const place = awaited(expression);
  if (isAccess(place)) {
    const name = memberNameOf(place);
    return name === undefined ? [] : firstOf(code, place.expression, [name, ...path]);
  }
  const part = patternPart(code.symbolOf(place)?.valueDeclaration ?? place);
  if (part.holder !== place && ts.isVariableDeclaration(part.holder) && part.holder.initializer !== undefined) {
    const { initializer } = part.holder;
    if (part.path !== undefined && part.path.length > 0) return firstOf(code, initializer, [...part.path, ...path]);
  }
  return code.valuesOf(place).flatMap((made) => {
    const state = isCall(made) ? code.roleOf(made, 'state') : undefined;
    const given = isCall(made) && state !== undefined ? operandsAt(code, made, state.value) : [];
    return given.flatMap((each) => code.partsOf({ ...each, path: [...each.path, ...path] }));
  });
}

function isCollectionType(code: Code, type: ts.Type): boolean {
  const { symbol } = type as { readonly symbol: ts.Symbol | undefined };
  if (symbol !== undefined && COLLECTIONS.has(symbol.name)) return true;
  return type.isClass() && code.checker.getBaseTypes(type).some((base) => isCollectionType(code, base));
}

function isCollectionValue(value: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(value)) return true;
  return ts.isNewExpression(value) && ts.isIdentifier(value.expression) && COLLECTIONS.has(value.expression.text);
}
