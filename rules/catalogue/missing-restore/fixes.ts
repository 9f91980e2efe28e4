import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import { planOf } from '../../fixes/persist/plan.ts';
import type { Plan } from '../../fixes/persist/plan.ts';
import { sdkCalls } from '../../fixes/persist/sdk-names.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { UnreadSave } from '../../actor/losses/unread-saves.ts';
import { awaited } from '../../syntax/operands.ts';
import type { Change, Fix } from '../../fixes/changes.ts';

/** The saved object itself, read where it is declared: of one that is put together for the save it is not plain how. */
export function fixesOf(actor: ActorModel, forgotten: UnreadSave): readonly Fix[] {
  const { region, variables } = forgotten;
  const state = actor.regions.find((each) => each.region === region);
  const lost = variables.map(({ variable }) => variable);
  const plan = state && planOf(actor, state, lost);
  const changes = plan && restoringChanges(plan, forgotten);
  if (changes === undefined) return [];
  const title = `Read \`${forgotten.key}\` where ${plan?.variables[0].name ?? ''} is declared`;
  return [{ id: 'restore', title, safe: false, changes: () => changes }];
}

function restoringChanges(plan: Plan, { save }: UnreadSave): readonly Change[] | undefined {
  const [variable] = plan.variables;
  const { declaration, kind, symbol } = variable;
  const { initializer } = declaration;
  const { getValue } = sdkCalls(plan);
  if (plan.variables.length > 1 || plan.place.kind !== 'here' || getValue === undefined) return undefined;
  if (initializer === undefined || (kind !== 'object' && kind !== 'array')) return undefined;
  const value = save.call.arguments?.[1];
  const saved = value === undefined ? undefined : awaited(value);
  if (saved === undefined || !ts.isIdentifier(saved) || plan.actor.code.symbolOf(saved) !== symbol) return undefined;
  if (!isSeenFrom(save.keyAt, declaration)) return undefined;
  const { file } = plan;
  const operator = (plan.actor.folder.sdk?.generation ?? 3) >= 2 ? '??' : '||';
  const text = `(await ${getValue.name}(${textOf(save.keyAt)})) ${operator} ${textOf(initializer)}`;
  return [...getValue.imports, replacement(file, startOf(initializer), initializer.end, text)];
}

/** Whether the key can be written at the declaration as it is written in the save. */
function isSeenFrom(keyAt: ts.Expression, declaration: ts.Declaration): boolean {
  return ts.isStringLiteralLike(keyAt) && keyAt.getSourceFile() === declaration.getSourceFile();
}
