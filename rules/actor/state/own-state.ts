import { ts } from 'ts-morph';

import { isDeclaredIn } from '../../flow/bindings.ts';
import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isHolder } from '../../flow/holders.ts';
import { functionAround, isFunctionNode } from '../../syntax/functions.ts';
import { loopCarriedIn } from './loop-carried-values.ts';
import { isMemo } from './memo.ts';
import { holdsRoundEntries } from './round-entries.ts';
import { bySymbolOf, mutationsOf } from '../../flow/mutations.ts';
import type { Mutation } from '../../flow/mutations.ts';
import type { Owner, Ownership } from '../owners/ownership.ts';
import type { Persistence } from '../effects/persistence.ts';
import type { Region } from '../regions/regions.ts';
import { isInRegion, significanceOf } from './significance.ts';
import type { Significance } from './significance.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';
import type { WorkKinds } from '../effects/work.ts';
import { isFleetingClass } from '../../sdk/words.ts';

/** A binding that a region changes, with what depends on it and what keeps it. */
export interface StateVariable {
  readonly binding: Binding;
  readonly mutations: readonly Mutation[];
  readonly significance: Significance;
  readonly owner: Owner | undefined;
}

/** A region with the bindings that it changes. */
export interface RegionState {
  readonly region: Region;
  readonly variables: readonly StateVariable[];
}

/** What the state of a region is found with. */
export interface StateSearch {
  readonly code: Code;
  readonly persistence: Persistence;
  readonly ownership: Ownership;
  readonly work: WorkKinds;
}

/** The bindings outside a region that it changes, each with why it matters and what keeps it. */
export function stateOf(region: Region, search: StateSearch): readonly StateVariable[] {
  const { code, persistence, ownership, work } = search;
  const inside = [...region.bodies, ...region.units];
  const program = mutationsOf(code);
  const changed = program.in(inside).filter(({ binding }) => isOutside(code, binding, region, inside));
  const bySymbol = bySymbolOf([...changed, ...loopCarriedIn(code, region)]);
  return [...bySymbol.values()].flatMap((mutations) => {
    const [first] = mutations;
    if (first === undefined) return [];
    const { binding } = first;
    const changes = program.of(binding);
    if (isFleeting(code, binding, changes) || isMemo(code, mutations)) return [];
    if (holdsRoundEntries(code, mutations)) return [];
    const significance = significanceOf(code, binding, region, persistence, work);
    const owner = ownership.ownerOf(binding, region, changes);
    return [{ binding, mutations, significance, owner }];
  });
}

/** Whether a binding outlives one round of the region. */
function isOutside(code: Code, binding: Binding, region: Region, inside: readonly ts.Node[]): boolean {
  const { declaration } = binding;
  if (isSdkNode(declaration)) return false;
  if (isFunctionNode(declaration) || ts.isClassLike(declaration)) return false;
  if (ts.isImportSpecifier(declaration) || ts.isImportClause(declaration) || ts.isNamespaceImport(declaration))
    return false;
  if (isDeclaredIn(binding, inside)) return false;
  // `this.message` of an error: a field of JavaScript's own classes.
  if (ts.isPropertySignature(declaration) && declaration.getSourceFile().isDeclarationFile) return false;
  const holder = classOfField(declaration);
  return holder === undefined || !isMadeInside(code, holder, region);
}

/** The class whose instances have a field; none for a static one, which lives as long as the class. */
function classOfField(declaration: ts.Declaration): ts.ClassLikeDeclaration | undefined {
  if (!isHolder(declaration) || ts.isVariableDeclaration(declaration) || isStatic(declaration)) return undefined;
  const { parent } = declaration;
  const holder = ts.isClassLike(parent) ? parent : functionAround(declaration)?.parent;
  return holder !== undefined && ts.isClassLike(holder) ? holder : undefined;
}

function isStatic(declaration: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static) !== 0;
}

/** A class whose instances the region itself makes: its fields live as long as a round. */
function isMadeInside(code: Code, declaration: ts.ClassLikeDeclaration, region: Region): boolean {
  const instances = code.files.flatMap((file) =>
    indexOf(file).calls.filter(
      (call) => ts.isNewExpression(call) && code.valuesOf(call.expression).includes(declaration),
    ),
  );
  return instances.length === 0 || instances.some((call) => isInRegion(call, region));
}

/** What cannot be saved and is made anew in each process: timers, promises, connections, functions, the SDK's own objects. */
function isFleeting(code: Code, { declaration }: Binding, changes: readonly Mutation[]): boolean {
  const type = code.checker.getTypeAtLocation(declaration).getSymbol()?.declarations ?? [];
  if (type.some((each) => isSdkNode(each))) return true;
  const initial = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return [initial, ...changes.map(({ value }) => value)].some(
    (value) => value !== undefined && code.valuesOf(value).some(isFleetingValue),
  );
}

function isFleetingValue(value: ts.Node): boolean {
  if (isFunctionNode(value)) return true;
  if (ts.isNewExpression(value)) return isFleetingClass(value.expression.getText());
  return ts.isCallExpression(value) && /^(?:setTimeout|setInterval|setImmediate)$/u.test(value.expression.getText());
}
