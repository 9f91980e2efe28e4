import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import type { AutoSaved } from '../../actor/effects/persistence.ts';
import { isWithin, unitOf } from '../../syntax/functions.ts';
import { commentsOf, holdersOf, removals } from './declaration-edits.ts';
import { isConstant } from './first-values.ts';
import type { KeptVariable } from './kept-variables.ts';
import { memberChange, propertyChange } from './object-literals.ts';
import type { Plan } from './plan.ts';
import { firstValue } from './state-object.ts';
import { useChanges } from './state-uses.ts';
import { recordTypeOf } from './type-texts.ts';
import { isUnsuited } from './use-state.ts';

/** The edits that add the variables to an object that `useState` keeps already; `undefined` where there is none beside them. */
export function addToStateChanges(plan: Plan): readonly Change[] | undefined {
  if (plan.place.kind === 'functions' || plan.variables.some(isUnsuited)) return undefined;
  for (const state of plan.actor.persistence.autoSaved) {
    const changes = changesFor(plan, state);
    if (changes !== undefined) return changes;
  }
  return undefined;
}

function changesFor(plan: Plan, { call, initial }: AutoSaved): readonly Change[] | undefined {
  if (initial === undefined || !ts.isObjectLiteralExpression(initial) || !ts.isCallExpression(call)) return undefined;
  const awaiting = call.parent;
  const declaration = awaiting.parent;
  if (!ts.isAwaitExpression(awaiting) || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name))
    return undefined;
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || !plan.variables.every((each) => fits(each, statement, initial)))
    return undefined;
  const state = declaration.name.text;
  const uses = plan.variables.map((variable) => useChanges(variable, plan.variables, state));
  const removed = removals(holdersOf(plan.variables), plan.variables);
  const types = call.typeArguments?.map((type) =>
    ts.isTypeLiteralNode(type)
      ? memberChange(
          type,
          plan.variables.map((each) => memberOf(each, plan)),
        )
      : undefined,
  );
  if (uses.includes(undefined) || removed === undefined || types?.includes(undefined) === true) return undefined;
  if (declaration.type !== undefined) return undefined;
  const added = propertyChange(
    initial,
    plan.variables.map((each) => `${each.name}: ${firstValue(each)}`),
  );
  return [added, ...(types ?? []), ...removed, ...uses.flat()].filter((change) => change !== undefined);
}

function memberOf(variable: KeptVariable, { actor }: Plan): string {
  return `${variable.name}: ${recordTypeOf(actor.code, variable)}`;
}

/** Whether all that uses a variable sees the state, and comes behind it. */
function fits(
  { holder, uses, declaration, name }: KeptVariable,
  statement: ts.VariableStatement,
  literal: ts.ObjectLiteralExpression,
): boolean {
  const list = statement.parent;
  const { above, behind } = ts.isForStatement(holder) ? { above: [], behind: undefined } : commentsOf(holder);
  return (
    above.length === 0 &&
    behind === undefined &&
    isConstant(declaration.initializer) &&
    literal.properties.every((property) => property.name?.getText() !== name) &&
    uses.every((use) => isWithin(use, list) && (unitOf(use) !== unitOf(statement) || use.pos >= statement.end))
  );
}
