import { ts } from 'ts-morph';

import { takenName } from './operands.ts';

/** What a name in a pattern stands for: the part at a path of what the pattern takes apart. */
export interface PatternPart {
  /** The variable or parameter that the pattern belongs to. */
  readonly holder: ts.Node;
  /** The way to the part; `undefined` where it is made at run time, or takes the rest of a list. */
  readonly path: readonly string[] | undefined;
  /** What applies where nothing is there, with the way to the part in it; the holder's own initial value is not among it. */
  readonly defaults: readonly { readonly expression: ts.Expression; readonly path: readonly string[] }[];
}

/** The part that a declaration stands for: the whole of its holder where it is no part of a pattern. */
export function patternPart(declaration: ts.Node): PatternPart {
  const defaults: PatternPart['defaults'][number][] = [];
  let path: readonly string[] | undefined = [];
  let holder = declaration;
  while (ts.isBindingElement(holder)) {
    if (holder.initializer !== undefined && path !== undefined) defaults.push({ expression: holder.initializer, path });
    const step = stepOf(holder);
    path = path === undefined || step === undefined ? undefined : [...step, ...path];
    holder = holder.parent.parent;
  }
  return { holder, path, defaults };
}

/** One step of the way; none for the rest of an object, whose properties have the names that they had. */
function stepOf(element: ts.BindingElement): readonly string[] | undefined {
  const isRest = element.dotDotDotToken !== undefined;
  if (ts.isArrayBindingPattern(element.parent)) {
    return isRest ? undefined : [String(element.parent.elements.indexOf(element))];
  }
  if (isRest) return [];
  const name = takenName(element);
  return name === undefined ? undefined : [name];
}

/** The names that a declaration declares, those in its patterns among them. */
export function declaredNames(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? declaredNames(element.name) : []));
}
