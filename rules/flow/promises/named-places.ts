import { ts } from 'ts-morph';

import { indexOf } from '../../syntax/file-index.ts';
import { isRead } from '../../syntax/assignments.ts';
import { accessBy, bare } from '../../syntax/operands.ts';
import { isOfLibrary } from '../../program/library.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';
import type { Code } from '../code.ts';
import { dropped, IDLE, KEPT } from './carried.ts';
import type { Carried } from './carried.ts';
import type { Fate } from './fates.ts';
import type { Follower } from './follower.ts';
import { isOverwritten } from './overwritten.ts';

/** How many names a promise is followed through. */
const FURTHEST = 12;

/** What becomes of a promise in a variable, a parameter or a field: by all the uses of its name. */
export class NamedPlaces {
  readonly #follower: Follower;
  readonly #seen: { readonly symbol: ts.Symbol; readonly around: string }[] = [];

  constructor(follower: Follower) {
    this.#follower = follower;
  }

  /** Where it is assigned: a round of a loop may put its promise in the place of the one before. */
  ofTarget(assignment: ts.BinaryExpression, carried: Carried): readonly Fate[] {
    const target = bare(assignment.left);
    const fates = this.ofPlace(target, carried);
    if (!ts.isIdentifier(target) || fates.every(isDropped)) return fates;
    const isLost = isOverwritten(this.#follower.code, assignment, target);
    return isLost ? [...dropped('overwritten', carried), ...fates] : fates;
  }

  /** A variable, or a field of the project's own. */
  ofPlace(target: ts.Expression, carried: Carried): readonly Fate[] {
    const place = bare(target);
    if (ts.isPropertyAccessExpression(place)) return this.of(place.name, carried);
    return ts.isIdentifier(place) ? this.of(place, carried) : KEPT;
  }

  /** A name's promise is kept where one use of it keeps it. */
  of(name: ts.MemberName, carried: Carried): readonly Fate[] {
    const symbols = symbolsOf(name, this.#follower.code);
    if (symbols.length === 0 || symbols.some(isForeign) || this.#isSeen(symbols, carried)) return KEPT;
    const fates = symbols.flatMap((symbol) => this.#fatesOfUses(symbol, carried));
    const others = fates.filter((fate) => !isDropped(fate));
    if (others.length > 0) return others;
    if (symbols.some(isExported)) return KEPT;
    const isPlain = carried.layers.length === 0 && carried.into.length === 0;
    const chained = fates.find((fate) => isDropped(fate) && ts.isCallExpression(bare(fate.drop.promise)));
    return chained !== undefined && isPlain ? [chained] : dropped('unused', carried);
  }

  /** What a literal's own methods do with its property: `this.done`. */
  throughThis(property: ts.ObjectLiteralElementLike, carried: Carried): readonly Fate[] {
    const { code } = this.#follower;
    const symbol = property.name && code.checker.getSymbolAtLocation(property.name);
    const accesses = symbol === undefined ? [] : code.referencesOf(symbol).map(accessBy);
    return accesses
      .filter(ts.isPropertyAccessExpression)
      .filter((access) => access.expression.kind === ts.SyntaxKind.ThisKeyword && isRead(access))
      .flatMap((access) => this.#follower.climb(access, carried));
  }

  #isSeen(symbols: readonly ts.Symbol[], { layers }: Carried): boolean {
    const around = JSON.stringify(layers);
    const isSeen = this.#seen.some((each) => each.around === around && symbols.includes(each.symbol));
    for (const symbol of symbols) this.#seen.push({ symbol, around });
    return isSeen || this.#seen.length > FURTHEST;
  }

  #fatesOfUses(symbol: ts.Symbol, carried: Carried): readonly Fate[] {
    const { code } = this.#follower;
    const uses = code.referencesOf(symbol).filter((reference) => !isDeclared(reference));
    const fates = uses.flatMap((use) => this.#fatesOfUse(use, carried));
    return isField(symbol) ? [...fates, ...this.#otherReads(symbol, carried)] : fates;
  }

  #fatesOfUse(use: ts.MemberName, carried: Carried): readonly Fate[] {
    const { parent } = use;
    if (ts.isBindingElement(parent)) return this.#follower.declared(parent.name, carried);
    if (ts.isExportSpecifier(parent)) return KEPT;
    const place = accessBy(use);
    if (!ts.isExpression(place) || !isRead(place)) return IDLE;
    return this.#follower.climb(place, carried.layers.length === 0 ? { ...carried, promise: place } : carried);
  }

  /** Reads of a field that the checker does not lead back to it: by a pattern, or of what is of no known type. */
  #otherReads(field: ts.Symbol, carried: Carried): readonly Fate[] {
    const { code } = this.#follower;
    const names = code.files.flatMap((file) => indexOf(file).identifiers.get(field.name) ?? []);
    return names.flatMap((name): readonly Fate[] => {
      const { parent } = name;
      if (ts.isPropertyAccessExpression(parent) && parent.name === name)
        return code.symbolOf(name) === undefined && isRead(parent) ? KEPT : IDLE;
      if (!ts.isBindingElement(parent) || parent.propertyName !== undefined || parent.name !== name) return IDLE;
      if (!ts.isObjectBindingPattern(parent.parent)) return IDLE;
      const type = code.checker.getTypeAtLocation(parent.parent);
      if ((type.flags & ts.TypeFlags.Any) !== 0) return KEPT;
      const taken = type.getProperty(name.text)?.valueDeclaration;
      return taken !== undefined && taken === field.valueDeclaration ? this.#follower.declared(name, carried) : IDLE;
    });
  }
}

/** A parameter that is a field as well has a symbol for each. */
function symbolsOf(name: ts.MemberName, code: Code): readonly ts.Symbol[] {
  const symbol = code.symbolOf(name);
  const declaration = symbol?.valueDeclaration;
  if (
    symbol === undefined ||
    declaration === undefined ||
    !ts.isParameter(declaration) ||
    !ts.isIdentifier(declaration.name)
  )
    return symbol === undefined ? [] : [symbol];
  return ts.isParameterPropertyDeclaration(declaration, declaration.parent)
    ? code.checker.getSymbolsOfParameterPropertyDeclaration(declaration, declaration.name.text)
    : [symbol];
}

function isDropped(fate: Fate): fate is Extract<Fate, { kind: 'dropped' }> {
  return fate.kind === 'dropped';
}

/** What the SDK or JavaScript declares: its own code may read it. */
function isForeign({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((each) => isSdkNode(each) || isOfLibrary(each));
}

function isField({ flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Property) !== 0;
}

function isDeclared(name: ts.MemberName): boolean {
  const { parent } = name;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.name === name;
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyAssignment(parent);
  return declares && parent.name === name;
}

/** What others than the program may import, or a module that gives it another name. */
function isExported({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((each) => (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Export) !== 0);
}
