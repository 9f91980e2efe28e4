import type { Rewriting } from '../program.ts';
import { argumentForms } from './arguments.ts';
import { constants } from './constants.ts';
import { controlFlow } from './control-flow.ts';
import { helpers } from './helpers.ts';
import { loops } from './loops.ts';
import { movedStatements } from './moved-statements.ts';
import { names } from './names.ts';
import { operands } from './operands.ts';
import { stateChanges } from './state-changes.ts';
import { statePlaces } from './state-places.ts';
import { functions } from './functions.ts';
import { listeners } from './listeners.ts';
import { modules } from './modules.ts';
import { options } from './options.ts';
import { promises } from './promises.ts';
import { wholeProgram } from './whole-program.ts';

/** All ways to write a program anew. */
export const rewritings: readonly Rewriting[] = [
  ...operands,
  ...names,
  ...argumentForms,
  ...constants,
  ...helpers,
  ...controlFlow,
  ...movedStatements,
  ...loops,
  ...statePlaces,
  ...stateChanges,
  ...functions,
  ...listeners,
  ...modules,
  ...options,
  ...promises,
  ...wholeProgram,
];
