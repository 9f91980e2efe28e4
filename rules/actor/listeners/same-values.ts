import { ts } from 'ts-morph';

import { AccessPaths } from '../../flow/access-paths.ts';
import { patternHolder } from '../../flow/bindings.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import type { Code } from '../../flow/code.ts';
import { LIMITS } from '../../flow/limits.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import type { Mutation } from '../../flow/mutations.ts';
import { mayOverlap } from '../../flow/places.ts';
import type { Place } from '../../flow/places.ts';
import { returnsOf } from '../../flow/value-flow.ts';
import { isCall } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { functionAround, isFunctionNode, isWithin, visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { bare, isAccess, methodOf, rootOf } from '../../syntax/operands.ts';

/** What JavaScript makes anew of what it gets, and takes nothing away from that; the time differs, and is nobody's either. */
const PURE: ReadonlySet<string> = new Set([
  'Date',
  'Date.now',
  'JSON.stringify',
  'Object.assign',
  'Object.freeze',
  'Object.fromEntries',
  'Object.entries',
  'structuredClone',
]);

/**
 * Tells of values whether they are there again when a listener is called again: made from literals, and from what is neither
 * emptied nor replaced meanwhile.
 */
export class SameValues {
  readonly #code: Code;
  readonly #paths: AccessPaths;
  readonly #registration: Call;

  constructor(code: Code, registration: Call) {
    this.#code = code;
    this.#paths = new AccessPaths(code);
    this.#registration = registration;
  }

  isSame(value: ts.Node, depth = 0): boolean {
    let same = depth <= LIMITS.aliases;
    visit(value, (node) => {
      if (!same || isFunctionNode(node)) return false;
      if (isCall(node)) same = this.#isCallSame(node, depth);
      else if (isAccess(node) || (ts.isIdentifier(node) && !isKey(node))) same = this.#isPlaceSame(node, depth);
      else return true;
      return false;
    });
    return same;
  }

  #isCallSame(call: Call, depth: number): boolean {
    const called = this.#code.calledFunctions(call);
    if (called.length > 0)
      return called.every(
        (fn) => this.#onlyReturns(fn) && returnsOf(fn).every((value) => this.isSame(value, depth + 1)),
      );
    const made = methodOf(call)?.object;
    const isPure = PURE.has(calledGlobal(this.#code, call) ?? '') || (made !== undefined && this.#isDate(made));
    return isPure && (call.arguments ?? []).every((argument) => this.isSame(argument, depth));
  }

  #isDate(made: ts.Expression): boolean {
    const value = bare(made);
    return ts.isNewExpression(value) && calledGlobal(this.#code, value) === 'Date';
  }

  /** A function that gets nothing, and does nothing but bring its value. */
  #onlyReturns({ body, parameters }: FunctionNode): boolean {
    if (body === undefined || parameters.length > 0) return false;
    return !ts.isBlock(body) || body.statements.every((each) => ts.isReturnStatement(each));
  }

  #isPlaceSame(place: ts.Expression, depth: number): boolean {
    const root = rootOf(place);
    if (isCall(root) && !this.isSame(root, depth)) return false;
    const places = this.#paths.of(place);
    return (
      (!ts.isIdentifier(root) || this.#isNameSame(root, places, depth)) &&
      places.every((each) => this.#changesOf(each).every((change) => this.#leaves(change, place, depth)))
    );
  }

  #isNameSame(name: ts.Identifier, places: readonly Place[], depth: number): boolean {
    const symbol = this.#code.symbolOf(name);
    const declaration = symbol?.valueDeclaration;
    if (declaration === undefined) return true;
    const holder = patternHolder(declaration);
    if (ts.isParameter(holder)) return false;
    // Another name of something that lives on.
    if (places.length > 0 && places.every(({ binding }) => binding.symbol !== symbol)) return true;
    if (functionAround(declaration) === undefined || functionAround(declaration) !== functionAround(name)) return true;
    const initial = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
    return initial !== undefined && this.isSame(initial, depth + 1);
  }

  #changesOf({ binding, path }: Place): readonly Mutation[] {
    return mutationsOf(this.#code)
      .of(binding)
      .filter((each) => mayOverlap(each.path, path));
  }

  /** Whether a change leaves what there was: a count, a row more, or the first value, in what is made anew too. */
  #leaves({ kind, node, value, binding }: Mutation, place: ts.Expression, depth: number): boolean {
    if (kind === 'step' || kind === 'add') return true;
    if (kind === 'remove') return false;
    const made = functionAround(binding.declaration);
    if (made !== undefined && made === functionAround(place) && isWithin(node, made))
      return value !== undefined && this.isSame(value, depth + 1);
    const { order } = this.#code;
    return order.alwaysRunsBefore(node, this.#registration) && !order.mayRunBefore(this.#registration, node);
  }
}

/** `page` in `{ page: 1 }` */
function isKey(name: ts.Identifier): boolean {
  return ts.isPropertyAssignment(name.parent) && name.parent.name === name;
}
