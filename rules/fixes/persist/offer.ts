import type { Fix } from '../../catalogue/rule.ts';
import type { ActorModel } from '../../model/actor-model.ts';
import type { Loss, LostVariable } from '../../model/losses.ts';
import type { StateVariable } from '../../model/own-state.ts';
import { addToSavedChanges } from './add-to-saved.ts';
import { addToStateChanges } from './add-to-state.ts';
import { listenerChanges } from './listener.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { useStateChanges } from './use-state.ts';

/** The ways to keep all that a region loses, the best one first. None where none is sure to do what the code means. */
export function persistFixesOf(actor: ActorModel, loss: Loss): readonly Fix[] {
  const plan = planFor(
    actor,
    loss,
    loss.variables.map(({ variable }) => variable),
  );
  if (plan === undefined) return [];
  return present(useStateFix(plan), listenerFix(plan));
}

/** The ways to keep one variable beside what the Actor keeps already: there, or, where that place is not plain, elsewhere. */
export function addFixesOf(actor: ActorModel, loss: Loss, lost: LostVariable): readonly Fix[] {
  const plan = planFor(actor, loss, [lost.variable]);
  if (plan === undefined) return [];
  const added = present(addToStateFix(plan), addToSavedFix(plan));
  return added.length > 0 ? added : present(useStateFix(plan), listenerFix(plan));
}

function planFor(actor: ActorModel, loss: Loss, variables: readonly StateVariable[]): Plan | undefined {
  const state = actor.regions.find(({ region }) => region === loss.region);
  return state && planOf(actor, state, variables);
}

function present(...fixes: readonly (Fix | undefined)[]): readonly Fix[] {
  return fixes.filter((fix) => fix !== undefined);
}

function addToStateFix(plan: Plan): Fix | undefined {
  const changes = addToStateChanges(plan);
  if (changes === undefined) return undefined;
  return {
    id: 'add-to-state',
    title: `Add ${namesOf(plan)} to the useState object`,
    safe: false,
    changes: () => changes,
  };
}

function addToSavedFix(plan: Plan): Fix | undefined {
  const changes = addToSavedChanges(plan);
  if (changes === undefined) return undefined;
  const title = `Add ${namesOf(plan)} to what the listener saves, and restore it`;
  return { id: 'add-to-saved', title, safe: false, changes: () => changes };
}

function useStateFix(plan: Plan): Fix | undefined {
  const changes = useStateChanges(plan);
  if (changes === undefined) return undefined;
  const title = `Persist ${namesOf(plan)} with ${plan.sdk === undefined ? '' : `${plan.sdk}.`}useState`;
  return { id: 'use-state', title, safe: false, changes: () => changes };
}

function listenerFix(plan: Plan): Fix | undefined {
  const changes = listenerChanges(plan);
  if (changes === undefined) return undefined;
  const title = `Save ${namesOf(plan)} on migrating and restore at start`;
  return { id: 'listener', title, safe: false, changes: () => changes };
}

function namesOf({ variables }: Plan): string {
  const names = variables.map(({ name }) => `\`${name}\``);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
