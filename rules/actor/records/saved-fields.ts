import { ts } from 'ts-morph';

import { AccessPaths } from '../../flow/access-paths.ts';
import type { Code } from '../../flow/code.ts';
import type { Place } from '../../flow/places.ts';
import { visit } from '../../syntax/functions.ts';
import { assignmentTo } from '../../syntax/assignments.ts';
import { accessBy, awaited, bare, isAccess, memberNameOf, outermost, propertyNameOf } from '../../syntax/operands.ts';
import type { Save } from '../effects/persistence.ts';

/** A field of what a program saves as an object. */
export interface SavedField {
  readonly name: string;
  /** Where it is put in: the property of a literal, or the assignment to the object. */
  readonly node: ts.Node;
  /** What it is saved from: where the object has it, and all that its value is written with. */
  readonly places: readonly Place[];
}

/** What a program saves under a key, where all of it is known. */
export interface SavedFields {
  readonly fields: readonly SavedField[];
  readonly literals: readonly ts.ObjectLiteralExpression[];
  /** Whether nothing but the literals says which fields there are. */
  readonly isFixed: boolean;
}

/** The fields of all that is ever saved under a key; `undefined` where a save does not say what. */
export function savedFieldsOf(code: Code, saves: readonly Save[]): SavedFields | undefined {
  const found = saves.map(({ value }) => value && new FieldSearch(code).of(value));
  const known = found.flatMap((each) => each ?? []);
  return known.length === 0 || known.length < found.length ? undefined : merged(known);
}

function merged(all: readonly SavedFields[]): SavedFields {
  const byNode = new Map(all.flatMap(({ fields }) => fields.map((field) => [field.node, field] as const)));
  return {
    fields: [...byNode.values()],
    literals: [...new Set(all.flatMap(({ literals }) => literals))],
    isFixed: all.every(({ isFixed }) => isFixed),
  };
}

class FieldSearch {
  readonly #code: Code;
  readonly #paths: AccessPaths;
  readonly #open = new Set<ts.Node>();

  constructor(code: Code) {
    this.#code = code;
    this.#paths = new AccessPaths(code);
  }

  /** The fields that each object has which an expression may be: what one of them lacks may come from elsewhere. */
  of(expression: ts.Expression): SavedFields | undefined {
    const written = awaited(expression);
    const values = ts.isObjectLiteralExpression(written)
      ? [written]
      : this.#code.valuesOf(expression).filter((value) => !this.#isItself(written, value));
    const holders = ts.isObjectLiteralExpression(written) ? [] : this.#paths.of(expression, true);
    const found = values.map((value) =>
      ts.isObjectLiteralExpression(value) ? this.#inLiteral(value, holders) : undefined,
    );
    const known = found.flatMap((each) => each ?? []);
    if (known.length === 0 || known.length < found.length) return undefined;
    const put = holders.flatMap((holder) => this.#putInto(holder));
    const { fields } = merged([...known, { fields: put, literals: [], isFixed: true }]);
    const isInEach = ({ name }: SavedField): boolean =>
      known.every((each) => [...each.fields, ...put].some((field) => field.name === name));
    return {
      fields: fields.filter(isInEach),
      literals: values.filter(ts.isObjectLiteralExpression),
      isFixed: known.every(({ isFixed }) => isFixed) && holders.every((holder) => this.#isUsedOnce(holder)),
    };
  }

  /** An object whose fields change is among its own values. */
  #isItself(name: ts.Expression, value: ts.Node): boolean {
    return ts.isIdentifier(name) && ts.isIdentifier(value) && this.#code.symbolOf(name) === this.#code.symbolOf(value);
  }

  #isUsedOnce({ binding, path }: Place): boolean {
    return path.length === 0 && this.#code.referencesOf(binding.symbol).length <= 2;
  }

  #inLiteral(literal: ts.ObjectLiteralExpression, holders: readonly Place[]): SavedFields | undefined {
    if (this.#open.has(literal)) return undefined;
    this.#open.add(literal);
    const found = literal.properties.map((property) => this.#inProperty(property, holders));
    this.#open.delete(literal);
    const known = found.flatMap((each) => each ?? []);
    return known.length < found.length ? undefined : merged(known);
  }

  #inProperty(property: ts.ObjectLiteralElementLike, holders: readonly Place[]): SavedFields | undefined {
    if (ts.isSpreadAssignment(property)) return this.of(property.expression);
    const name = propertyNameOf(property.name);
    if (name === undefined) return undefined;
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    const places = [...inside(holders, name), ...(value === undefined ? [] : this.#placesIn(value))];
    return { fields: [{ name, node: property, places }], literals: [], isFixed: true };
  }

  /** `record.page = page`, in an object that has a name. */
  #putInto({ binding, path }: Place): readonly SavedField[] {
    if (path.length > 0) return [];
    return this.#code.referencesOf(binding.symbol).flatMap((use): readonly SavedField[] => {
      const access = outermost(accessBy(use)).parent;
      const name = isAccess(access) ? memberNameOf(access) : undefined;
      const assignment = assignmentTo(outermost(access));
      if (name === undefined || assignment === undefined) return [];
      const places = [...inside([{ binding, path }], name), ...this.#placesIn(assignment.right)];
      return [{ name, node: assignment, places }];
    });
  }

  /** The places that an expression names, each with all that it takes: of `books.state.pages` not `books.state`. */
  #placesIn(root: ts.Expression): readonly Place[] {
    const found: Place[] = [];
    visit(root, (node) => {
      // What a method is called on is taken, not a field that has its name.
      const isMethod = ts.isCallExpression(node.parent) && bare(node.parent.expression) === node;
      const places = (ts.isIdentifier(node) || isAccess(node)) && !isMethod ? this.#paths.of(node, true) : [];
      found.push(...places);
      return places.length === 0;
    });
    return found;
  }
}

function inside(holders: readonly Place[], name: string): readonly Place[] {
  return holders.map(({ binding, path }) => ({ binding, path: [...path, name] }));
}
