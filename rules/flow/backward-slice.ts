import { ts } from 'ts-morph';

import { isAssignment } from '../syntax/assignments.ts';
import { AccessPaths } from './access-paths.ts';
import { assignedTo } from './assigned-values.ts';
import { givenFor } from './arguments.ts';
import { patternHolder } from './bindings.ts';
import type { Code } from './code.ts';
import type { Call } from '../syntax/file-index.ts';
import { isFunctionNode, visit } from '../syntax/functions.ts';
import { accessBy, outermostAccess } from '../syntax/operands.ts';

/** What an expression's value is made from. */
export interface BackwardSlice {
  /** Variables and fields, aliases as well as what they stand for. */
  readonly symbols: ReadonlySet<ts.Symbol>;
  readonly calls: ReadonlySet<Call>;
}

/** What items are taken from or counted, and the call that hands them to a callback. */
interface ItemSource {
  readonly list: ts.Node;
  readonly call: ts.CallExpression | undefined;
}

const FURTHEST = 6;

/**
 * Gathers what an expression is made from: the names in it, what local variables and parameters in it were made from, and
 * what the project's own functions in it read.
 */
export class BackwardSlices {
  readonly #code: Code;
  readonly #paths: AccessPaths;

  constructor(code: Code) {
    this.#code = code;
    this.#paths = new AccessPaths(code);
  }

  of(expression: ts.Node): BackwardSlice {
    const symbols = new Set<ts.Symbol>();
    const calls = new Set<Call>();
    const seen = new Set<ts.Node>();
    const followed = new Set<ts.Symbol>();
    const items: ItemSource[] = [];
    const gather = (root: ts.Node, depth: number, names: Set<ts.Symbol>): void => {
      if (seen.has(root) || depth > FURTHEST) return;
      seen.add(root);
      visit(root, (node) => {
        if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
          if (isCounted(node) && !seen.has(node)) {
            // How many they are is made from what brings them, but holds none of them.
            const counted = this.#paths.bindingOf(node);
            if (counted !== undefined) names.add(counted.symbol);
            items.push({ list: node, call: undefined });
            return true;
          }
          this.#gatherName(node, names, followed, (next) => gather(next, depth + 1, names));
          items.push(...this.#itemSources(node));
        }
        if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
          calls.add(node);
          // An instance is all that its fields hold.
          for (const field of fieldsOf(this.#code, node)) names.add(field);
          for (const fn of this.#code.calledFunctions(node))
            if (fn.body !== undefined) gather(fn.body, depth + 1, names);
        }
        return true;
      });
    };
    gather(expression, 0, symbols);
    // Where an item comes from counts; the list itself is not in the value. Grows while it is gone through.
    for (const { list, call } of items) {
      if (call !== undefined) calls.add(call);
      gather(list, 1, new Set());
    }
    return { symbols, calls };
  }

  #gatherName(
    name: ts.MemberName,
    symbols: Set<ts.Symbol>,
    followed: Set<ts.Symbol>,
    follow: (next: ts.Node) => void,
  ): void {
    const binding = this.#paths.bindingOf(name);
    if (binding === undefined || followed.has(binding.symbol)) return;
    followed.add(binding.symbol);
    symbols.add(binding.symbol);
    for (const root of this.#paths.of(name, true)) symbols.add(root.binding.symbol);
    const { declaration } = binding;
    if (ts.isVariableDeclaration(declaration)) {
      for (const part of this.#partsPutIn(binding.symbol)) follow(part);
    }
    if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
      for (const field of fieldsOf(this.#code, declaration.initializer)) symbols.add(field);
      if (!isFunctionNode(declaration.initializer)) follow(declaration.initializer);
      return;
    }
    // Declared without a value, it gets one by assignment.
    if (ts.isVariableDeclaration(declaration))
      for (const { expression } of assignedTo(this.#code, declaration)) follow(expression);
    if (ts.isFunctionDeclaration(declaration) || ts.isClassLike(declaration)) return;
    const isInitialised =
      ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration);
    if (isInitialised && declaration.initializer !== undefined) follow(declaration.initializer);
    for (const source of this.#sourcesOf(declaration)) follow(source);
  }

  /** What is put into an object after it was made: `state.seen = [...seen]`, `Object.assign(state, { seen })`. */
  #partsPutIn(symbol: ts.Symbol): readonly ts.Node[] {
    return this.#code.referencesOf(symbol).flatMap((name) => {
      const named = accessBy(name);
      const place = outermostAccess(named);
      const { parent } = place;
      if (place !== named && isAssignment(parent) && parent.left === place) return [parent.right];
      const isMerged =
        ts.isCallExpression(parent) && parent.arguments[0] === place && isObjectAssign(parent.expression);
      return isMerged ? parent.arguments.slice(1) : [];
    });
  }

  /** The list whose items a name goes through: `for (const item of list)`, `list.forEach((item) => …)`. */
  #itemSources(name: ts.MemberName): readonly ItemSource[] {
    const declaration = this.#paths.bindingOf(name)?.declaration;
    if (declaration === undefined) return [];
    const holder = patternHolder(declaration);
    if (ts.isVariableDeclaration(holder)) {
      const loop = holder.parent.parent;
      return ts.isForOfStatement(loop) ? [{ list: loop.expression, call: undefined }] : [];
    }
    if (!ts.isParameter(holder) || !isFunctionNode(holder.parent)) return [];
    const call = holder.parent.parent;
    return ts.isCallExpression(call) && call.expression !== holder.parent ? [{ list: call.expression, call }] : [];
  }

  /** What callers give for a parameter, and what a pattern takes apart. */
  #sourcesOf(declaration: ts.Declaration): readonly ts.Node[] {
    const holder = patternHolder(declaration);
    if (ts.isVariableDeclaration(holder)) return holder.initializer === undefined ? [] : [holder.initializer];
    if (!ts.isParameter(holder) || !isFunctionNode(holder.parent)) return [];
    const taker = ts.isBindingElement(declaration) ? declaration : holder;
    return this.#code
      .callersOf(holder.parent)
      .flatMap((call) => givenFor(this.#code, taker, call).operands.map(({ expression }) => expression));
  }
}

/** `pages.length` */
function isCounted(name: ts.MemberName): boolean {
  const { parent } = accessBy(name);
  return ts.isPropertyAccessExpression(parent) && parent.name !== name && parent.name.text === 'length';
}

function isObjectAssign(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && callee.getText() === 'Object.assign';
}

function fieldsOf(code: Code, initializer: ts.Expression): readonly ts.Symbol[] {
  return code.valuesOf(initializer).flatMap((value) => {
    if (!ts.isNewExpression(value)) return [];
    return code.valuesOf(value.expression).flatMap((made) => {
      if (!ts.isClassLike(made)) return [];
      return code.checker
        .getTypeAtLocation(made)
        .getProperties()
        .map((field) => declaredSymbol(code, field));
    });
  });
}

/** The symbol that the field's uses have: a type that speaks of `this` has copies. */
function declaredSymbol(code: Code, field: ts.Symbol): ts.Symbol {
  const name = field.valueDeclaration && ts.getNameOfDeclaration(field.valueDeclaration);
  return (name && code.symbolOf(name)) ?? field;
}
