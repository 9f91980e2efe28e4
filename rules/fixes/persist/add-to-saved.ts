import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isWithin, unitOf } from '../../syntax/functions.ts';
import { bare } from '../../syntax/operands.ts';
import type { Restore, Save } from '../../actor/effects/persistence.ts';
import { insertion, replacement, startOf } from '../changes.ts';
import { styleOf } from '../file-style.ts';
import { freeName } from '../free-names.ts';
import { isMigrationListener } from '../../actor/listeners/listeners.ts';
import { linesAfter } from './declaration-edits.ts';
import type { KeptVariable } from './kept-variables.ts';
import { elementChange, memberChange, propertyChange } from './object-literals.ts';
import type { Plan } from './plan.ts';
import { restoredFrom, restoreLines, savedProperty } from './record.ts';
import { recordTypeOf } from './type-texts.ts';

/** The edits that add the variables to the object that a listener saves, and to what is restored from its key. */
export function addToSavedChanges(plan: Plan): readonly Change[] | undefined {
  if (plan.variables.some(({ holder }) => ts.isForStatement(holder))) return undefined;
  const { saves, restores, listeners } = plan.actor.persistence;
  const inListeners = saves.filter(
    ({ store, key, call }) =>
      store === 'key-value-store' &&
      key !== undefined &&
      listeners.some((listener) => isMigrationListener(listener) && listener.reach.has(unitOf(call))),
  );
  for (const { key, storeName } of inListeners) {
    const isSame = (each: Save | Restore): boolean =>
      each.store === 'key-value-store' && each.key === key && each.storeName === storeName;
    const [restore, ...others] = restores.filter(isSame);
    if (restore === undefined || others.length > 0) continue;
    const saved = savedChanges(plan, saves.filter(isSame));
    const restored = saved && restoredChanges(plan, restore.call);
    if (saved !== undefined && restored !== undefined) return [...saved, ...restored];
  }
  return undefined;
}

function savedChanges({ variables }: Plan, saves: readonly Save[]): readonly Change[] | undefined {
  const literals = new Set(saves.map(({ value }) => value && literalOf(value)));
  const changes = [...literals].map((literal) => {
    const sees = literal !== undefined && variables.every(({ holder }) => isWithin(literal, holder.parent));
    const names = new Set(literal?.properties.map((property) => property.name?.getText()));
    if (!sees || variables.some(({ name }) => names.has(name))) return undefined;
    return propertyChange(literal, variables.map(savedProperty));
  });
  return changes.includes(undefined) ? undefined : changes.filter((change) => change !== undefined);
}

/** The object that is saved: written into the call, or into a variable of the same function. */
function literalOf(value: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const expression = bare(value);
  return ts.isObjectLiteralExpression(expression) ? expression : undefined;
}

function restoredChanges(plan: Plan, call: Call): readonly Change[] | undefined {
  const declaration = declarationOf(call);
  if (declaration === undefined) return undefined;
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement)) return undefined;
  const types = typeChanges(plan, call, declaration);
  if (types === undefined) return undefined;
  const { variables } = plan;
  const isBehind = variables.every(
    ({ holder }) => isWithin(holder, statement.parent) && holder.pos >= statement.end && plan.place.kind === 'here',
  );
  if (isBehind) {
    const inPlace = inPlaceChanges(plan, declaration, call);
    return inPlace && [...types, ...inPlace];
  }
  if (!ts.isIdentifier(declaration.name)) return undefined;
  if (!variables.every(({ holder }) => isWithin(statement, holder.parent) && holder.end <= statement.pos))
    return undefined;
  const style = styleOf(statement.getSourceFile());
  const lines = restoreLines(variables, declaration.name.text, style);
  return lines && mayBeNothing(declaration, call) ? [...types, linesAfter(statement, lines, style)] : undefined;
}

/** `const saved = await getValue(key)`, `const { page = 1 } = (await getValue(key)) ?? {}`. */
function declarationOf(call: Call): ts.VariableDeclaration | undefined {
  let node: ts.Node = call;
  while (
    ts.isAwaitExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent) ||
    (isDefaulting(node.parent) && node.parent.left === node)
  ) {
    node = node.parent;
  }
  return ts.isVariableDeclaration(node.parent) && node.parent.initializer === node ? node.parent : undefined;
}

function isDefaulting(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarToken) &&
    ts.isObjectLiteralExpression(node.right)
  );
}

/** Whether `null` is left where nothing was saved; else an object without the new properties stands for it. */
function mayBeNothing(declaration: ts.VariableDeclaration, call: Call): boolean {
  for (let node: ts.Node = call; node !== declaration; node = node.parent) if (isDefaulting(node)) return false;
  return true;
}

function inPlaceChanges(plan: Plan, declaration: ts.VariableDeclaration, call: Call): readonly Change[] | undefined {
  const { name } = declaration;
  const { file, variables } = plan;
  if (ts.isIdentifier(name)) {
    const access = mayBeNothing(declaration, call) ? `${name.text}?.` : `${name.text}.`;
    return variables.map((variable) => initialChange(variable, `${access}${variable.name}`));
  }
  if (!ts.isObjectBindingPattern(name)) return undefined;
  const sources = variables.map((variable) => ({
    variable,
    source: freeName(file, [`saved${variable.name.charAt(0).toUpperCase()}${variable.name.slice(1)}`]),
  }));
  const elements = elementChange(
    name,
    sources.map(({ variable, source }) => `${variable.name}: ${source}`),
  );
  return elements && [elements, ...sources.map(({ variable, source }) => initialChange(variable, source))];
}

function initialChange(variable: KeptVariable, source: string): Change {
  const { declaration } = variable;
  const { initializer, type, name } = declaration;
  const file = declaration.getSourceFile();
  const restored = restoredFrom(variable, source);
  return initializer === undefined
    ? insertion(file, (type ?? name).end, ` = ${restored}`)
    : replacement(file, startOf(initializer), initializer.end, restored);
}

/** In TypeScript the type of what is read must learn of the new properties; `undefined` where it stands elsewhere. */
function typeChanges(plan: Plan, call: Call, declaration: ts.VariableDeclaration): readonly Change[] | undefined {
  if (!styleOf(call.getSourceFile()).isTypeScript) return [];
  const [type] = call.typeArguments ?? [];
  if (type === undefined || !ts.isTypeLiteralNode(type) || declaration.type !== undefined) return undefined;
  const members = plan.variables.map((each) => `${each.name}?: ${recordTypeOf(plan.actor.code, each)}`);
  return [memberChange(type, members)];
}
