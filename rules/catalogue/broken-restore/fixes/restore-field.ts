import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../../fixes/changes.ts';
import { keptVariable } from '../../../fixes/persist/kept-variables.ts';
import { restoredFrom } from '../../../fixes/persist/record.ts';
import type { ValueKind } from '../../../fixes/persist/value-kind.ts';
import type { ActorModel } from '../../../actor/actor-model.ts';
import { bare } from '../../../syntax/operands.ts';
import type { StateVariable } from '../../../actor/state/own-state.ts';
import type { RestoredRecord } from '../../../actor/records/restored-records.ts';
import type { Fix } from '../../../fixes/changes.ts';

/**
 * Gives a variable that is saved its first value from the record: where it is declared behind the record's own variable, and
 * is saved in the way in which it is made again.
 */
export function restoreFixes(
  actor: ActorModel,
  { restores }: RestoredRecord,
  property: ts.Node,
  variable: StateVariable,
): readonly Fix[] {
  const region = actor.regions.find(({ variables }) => variables.includes(variable))?.region;
  const kept = region && keptVariable(actor, variable, region);
  const first = kept?.declaration.initializer;
  if (kept === undefined || first === undefined || !ts.isVariableStatement(kept.holder)) return [];
  const [restore, ...others] = restores;
  const saved = restore?.reads.wholes[0];
  const name = saved !== undefined && others.length === 0 ? recordBefore(saved, kept.holder) : undefined;
  if (name === undefined || !isProperty(property) || !isSavedAs(kept.kind, property, kept.name)) return [];
  const text = restoredFrom(kept, `${name}?.${textOf(property.name)}`);
  const changes = [replacement(first.getSourceFile(), startOf(first), first.end, text)];
  return [{ id: 'restore-field', title: `Restore \`${kept.name}\` too`, safe: false, changes: () => changes }];
}

/** The name of the record's variable, where it is declared in the same block, before the statement, and without a type. */
function recordBefore(saved: ts.Expression, statement: ts.VariableStatement): string | undefined {
  const declaration = saved.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || declaration.type !== undefined)
    return undefined;
  const holder = declaration.parent.parent;
  const isBefore = holder.parent === statement.parent && holder.pos < statement.pos;
  return isBefore && !/\bgetValue</u.test(textOf(saved)) ? declaration.name.text : undefined;
}

/** Whether a property saves what the variable is made of again: the items of a Set and a Map, else the value itself. */
function isProperty(node: ts.Node): node is ts.PropertyAssignment | ts.ShorthandPropertyAssignment {
  return ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
}

function isSavedAs(kind: ValueKind, property: ts.ObjectLiteralElementLike, name: string): boolean {
  if (ts.isShorthandPropertyAssignment(property)) return kind !== 'set' && kind !== 'map';
  if (!ts.isPropertyAssignment(property)) return false;
  const value = textOf(bare(property.initializer));
  const items = [`[...${name}]`, `[...${name}.entries()]`, `[...${name}.values()]`, `Array.from(${name})`];
  return kind === 'set' || kind === 'map' ? items.includes(value) : value === name;
}
