import type { Rewriting } from '../program.ts';
import { argumentForms } from './arguments.ts';
import { constants } from './constants.ts';
import { controlFlow } from './control-flow.ts';
import { helpers } from './helpers.ts';
import { loops } from './loops.ts';
import { names } from './names.ts';
import { operands } from './operands.ts';
import { stateChanges } from './state-changes.ts';
import { statePlaces } from './state-places.ts';

/** All ways to write a program anew. */
export const rewritings: readonly Rewriting[] = [
  ...operands,
  ...names,
  ...argumentForms,
  ...constants,
  ...helpers,
  ...controlFlow,
  ...loops,
  ...statePlaces,
  ...stateChanges,
];
