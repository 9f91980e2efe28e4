import { ts } from 'ts-morph';

import type { Call } from '../../syntax/file-index.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isRead } from '../../syntax/assignments.ts';
import { accessBy, bare } from '../../syntax/operands.ts';
import { isOfLibrary } from '../../program/library.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';
import type { Code } from '../code.ts';
import type { Follower } from './follower.ts';
import type { Way } from './ways.ts';

/** How many names a value is followed through. */
const FURTHEST = 24;

/** What becomes of a value in a variable, a parameter or a field: by all the uses of its name. */
export class NamedPlaces<F, W extends Way> {
  readonly #follower: Follower<F, W>;
  readonly #seen: { readonly symbol: ts.Symbol; readonly around: string; readonly from: Call | undefined }[] = [];

  constructor(follower: Follower<F, W>) {
    this.#follower = follower;
  }

  /** A variable, or a field of the project's own. */
  ofPlace(target: ts.Expression, way: W): readonly F[] {
    const place = bare(target);
    if (ts.isPropertyAccessExpression(place)) return this.of(place.name, way);
    return ts.isIdentifier(place) ? this.of(place, way) : this.#follower.unknown;
  }

  of(name: ts.MemberName, way: W): readonly F[] {
    const symbols = symbolsOf(this.#follower.code, name);
    if (symbols.length === 0 || symbols.some(isForeign) || this.#seen.length > FURTHEST) return this.#follower.unknown;
    if (this.#isSeen(symbols, way)) return this.#follower.again;
    const uses = symbols.flatMap((symbol) => this.#ofUses(symbol, way));
    return this.#follower.under(uses, symbols.some(isExported), way);
  }

  /** What a literal's own methods do with its property: `this.done`. */
  throughThis(property: ts.ObjectLiteralElementLike, way: W): readonly F[] {
    const { code } = this.#follower;
    const symbol = property.name && code.checker.getSymbolAtLocation(property.name);
    const accesses = symbol === undefined ? [] : code.referencesOf(symbol).map(accessBy);
    return accesses
      .filter(ts.isPropertyAccessExpression)
      .filter((access) => access.expression.kind === ts.SyntaxKind.ThisKeyword && isRead(access))
      .flatMap((access) => this.#follower.climb(access, way));
  }

  /** By what it comes with, and from which call: that may give it back. */
  #isSeen(symbols: readonly ts.Symbol[], { layers, into }: W): boolean {
    const around = JSON.stringify(layers);
    const from = into.at(-1)?.call;
    const isSeen = this.#seen.some(
      (each) => each.around === around && each.from === from && symbols.includes(each.symbol),
    );
    for (const symbol of symbols) this.#seen.push({ symbol, around, from });
    return isSeen;
  }

  #ofUses(symbol: ts.Symbol, way: W): readonly F[] {
    const { code } = this.#follower;
    const uses = code.referencesOf(symbol).filter((reference) => !isDeclared(reference));
    const found = uses.flatMap((use) => this.#ofUse(use, way));
    return isField(symbol) ? [...found, ...this.#otherReads(symbol, way)] : found;
  }

  #ofUse(use: ts.MemberName, way: W): readonly F[] {
    const { parent } = use;
    if (ts.isBindingElement(parent)) return this.#follower.declared(parent.name, way);
    // What is exported under its own name is imported by that.
    if (ts.isExportSpecifier(parent)) return parent.propertyName === undefined ? [] : this.#follower.unknown;
    const place = accessBy(use);
    if (!ts.isExpression(place) || !isRead(place)) return [];
    return this.#follower.climb(place, this.#follower.atUse(place, way));
  }

  /** Reads of a field that the checker does not lead back to it: by a pattern, or of what is of no known type. */
  #otherReads(field: ts.Symbol, way: W): readonly F[] {
    const { code } = this.#follower;
    const names = code.files.flatMap((file) => indexOf(file).identifiers.get(field.name) ?? []);
    return names.flatMap((name): readonly F[] => {
      const { parent } = name;
      if (ts.isPropertyAccessExpression(parent) && parent.name === name)
        return code.symbolOf(name) === undefined && isRead(parent) ? this.#follower.unknown : [];
      if (!ts.isBindingElement(parent) || parent.propertyName !== undefined || parent.name !== name) return [];
      if (!ts.isObjectBindingPattern(parent.parent)) return [];
      const type = code.checker.getTypeAtLocation(parent.parent);
      if ((type.flags & ts.TypeFlags.Any) !== 0) return this.#follower.unknown;
      const taken = type.getProperty(name.text)?.valueDeclaration;
      return taken !== undefined && taken === field.valueDeclaration ? this.#follower.declared(name, way) : [];
    });
  }
}

/** A parameter that is a field as well has a symbol for each. */
function symbolsOf(code: Code, name: ts.MemberName): readonly ts.Symbol[] {
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
