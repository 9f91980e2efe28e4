import type { Change, Fix } from '../changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { progressBeforeWritesIn, runsInTurn } from '../../actor/losses/progress-before-write.ts';
import { isWithin } from '../../syntax/functions.ts';
import type { Loss, LostVariable } from '../../actor/losses/losses.ts';
import type { StateVariable } from '../../actor/state/own-state.ts';
import { marksOfUnwritten } from '../../actor/losses/unwritten-items.ts';
import { marksBehindWrites } from '../mark-behind-write.ts';
import { addToSavedChanges } from './add-to-saved.ts';
import { addToStateChanges } from './add-to-state.ts';
import { listenerChanges } from './listener.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { stoppingOf, worksOn } from './stopping.ts';
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
  const title = `Add ${namesOf(plan)} to the useState object${worksOn(plan) ? REPEATS : ''}`;
  return fixOf('add-to-state', title, plan, addToStateChanges(plan));
}

function addToSavedFix(plan: Plan): Fix | undefined {
  const title = `Add ${namesOf(plan)} to what the listener saves, and restore it${worksOn(plan) ? REPEATS : ''}`;
  return fixOf('add-to-saved', title, plan, addToSavedChanges(plan));
}

/** What a fix leaves that has no place for the loop to stop, or nothing to save with before it does. */
const REPEATS = ' (what the loop still does after that save is done again)';

function useStateFix(plan: Plan): Fix | undefined {
  const title = `Persist ${namesOf(plan)} with ${plan.sdk === undefined ? '' : `${plan.sdk}.`}useState`;
  return fixOf('use-state', `${title}${worksOn(plan) ? REPEATS : ''}`, plan, useStateChanges(plan));
}

function listenerFix(plan: Plan): Fix | undefined {
  const repeats = worksOn(plan) && stoppingOf(plan) === undefined;
  const title = `Save ${namesOf(plan)} on migrating and restore at start${repeats ? REPEATS : ''}`;
  return fixOf('listener', title, plan, listenerChanges(plan));
}

/** What a fix leaves in handlers that run side by side, where a mark has to be made before the write. */
const LEAVES_OUT = ' (an item that is marked but not yet written when the run migrates is left out)';

/**
 * A mark that is made before the items are written would, once it is kept, leave them out of the next process: it moves, too.
 * Where it cannot, the title says so; where rounds follow each other, a person can move it, and no fix is offered.
 */
function fixOf(id: string, title: string, plan: Plan, changes: readonly Change[] | undefined): Fix | undefined {
  const { actor, state, variables } = plan;
  const marks = variables.flatMap((kept) => progressBeforeWritesIn(actor, kept.state, state));
  const all = changes && marksBehindWrites(actor, marks, changes);
  if (all === undefined) return undefined;
  const staying = variables
    .flatMap((kept) => marksOfUnwritten(actor, kept.state, state))
    .filter((node) => !marks.some(({ mark }) => isWithin(node, mark)));
  if (staying.length > 0 && runsInTurn(actor, state)) return undefined;
  const moved = marks.length === 0 ? '' : ', and mark what is done behind the write';
  return { id, title: `${title}${moved}${staying.length > 0 ? LEAVES_OUT : ''}`, safe: false, changes: () => all };
}

function namesOf({ variables }: Plan): string {
  const names = variables.map(({ name }) => `\`${name}\``);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
