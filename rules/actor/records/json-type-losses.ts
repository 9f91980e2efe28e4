import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { isOfLibrary } from '../../program/library.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';

/** What JSON loses of a type's values. */
export interface TypeLoss {
  readonly kind: 'collection' | 'bigint';
  readonly what: string;
  readonly path: readonly string[];
}

/** How deep a type is looked into. */
const DEEPEST = 4;

/** What JSON loses of every value of a type: of a union only what each part loses. */
export function typeLossesOf(code: Code, type: ts.Type, depth = 0): readonly TypeLoss[] {
  if (depth > DEEPEST) return [];
  if (type.isUnion()) return ofUnion(code, type, depth);
  if ((type.flags & ts.TypeFlags.BigIntLike) !== 0) return [{ kind: 'bigint', what: 'BigInt', path: [] }];
  if ((type.flags & ts.TypeFlags.Object) === 0 || type.getCallSignatures().length > 0) return [];
  const declarations = type.getSymbol()?.declarations ?? [];
  const name = type.getSymbol()?.name ?? '';
  const isBuiltIn = declarations.some((each) => isOfLibrary(each));
  if (isBuiltIn && /^(?:Weak)?(?:Map|Set)$/u.test(name)) return [{ kind: 'collection', what: name, path: [] }];
  const item = code.checker.isArrayType(type) ? type.getNumberIndexType() : type.getStringIndexType();
  if (item !== undefined) return typeLossesOf(code, item, depth + 1);
  // What a class of another's making holds inside is not the Actor's state.
  if (isBuiltIn || declarations.some((each) => isSdkNode(each)) || type.getProperty('toJSON') !== undefined) return [];
  return ofProperties(code, type, depth);
}

function ofUnion(code: Code, type: ts.UnionType, depth: number): readonly TypeLoss[] {
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void;
  const parts = type.types
    .filter(({ flags }) => (flags & nothing) === 0)
    .map((each) => typeLossesOf(code, each, depth));
  return parts.every((each) => each.length > 0) ? (parts[0] ?? []) : [];
}

function ofProperties(code: Code, type: ts.Type, depth: number): readonly TypeLoss[] {
  return type.getProperties().flatMap((property) => {
    const place = property.valueDeclaration;
    if (place === undefined || isAccessor(place) || isSdkNode(place) || isOfLibrary(place)) return [];
    const inside = typeLossesOf(code, code.checker.getTypeOfSymbolAtLocation(property, place), depth + 1);
    return inside.map((loss) => ({ ...loss, path: [property.name, ...loss.path] }));
  });
}

/** Getters live on the prototype: JSON does not write them. */
function isAccessor(declaration: ts.Declaration): boolean {
  return ts.isAccessor(declaration) && ts.isClassLike(declaration.parent);
}
