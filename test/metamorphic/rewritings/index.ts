import type { Rewriting } from '../program.ts';
import { argumentForms } from './arguments.ts';
import { constants } from './constants.ts';
import { helpers } from './helpers.ts';
import { names } from './names.ts';
import { operands } from './operands.ts';

/** All ways to write a program anew. */
export const rewritings: readonly Rewriting[] = [...operands, ...names, ...argumentForms, ...constants, ...helpers];
