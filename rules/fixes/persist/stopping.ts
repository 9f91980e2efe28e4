import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { worksOnAfterListeners } from '../../actor/listeners/automatic-reboot.ts';
import { choicesAt } from '../../flow/control-flow/choices.ts';
import { isFunctionNode, isWithin } from '../../syntax/functions.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import type { Region } from '../../actor/regions/regions.ts';
import { isInRegion } from '../../actor/state/significance.ts';
import { startOf } from '../changes.ts';
import type { FileStyle } from '../file-style.ts';
import { freeName } from '../free-names.ts';
import { linesAtBegin } from './declaration-edits.ts';
import type { Plan } from './plan.ts';

/** How a loop stops once a migration is announced. */
export interface Stopping {
  /** The names of what tells of the migration, and of what saves. */
  readonly flag: string;
  readonly save: string;
  /** The body at whose begin it stops. */
  readonly body: ts.Block;
}

/**
 * Whether a loop does more between the last save and the end of the process: an SDK that does not reboot the run leaves it
 * seconds for that, and the next process does the same again. A crawler is paused by each SDK (sdk-facts.md, section 4).
 */
export function worksOn({ actor, state: { region } }: Plan): boolean {
  return region.kind === 'loop' && worksOnAfterListeners(actor) && !asksListener(actor, region);
}

/** Whether a loop asks what a listener of the migration sets: it stops already. */
function asksListener({ code, persistence }: ActorModel, region: Region): boolean {
  const units = persistence.listeners.filter(({ event }) => event === 'migrating').flatMap(({ reach }) => [...reach]);
  return mutationsOf(code)
    .in(units, 'all')
    .some(({ binding }) =>
      code.referencesOf(binding.symbol).some((use) => isInRegion(use, region) && choicesAt(code, use).length > 0),
    );
}

/** Where and by which names a loop that works on can stop; `undefined` where it sees nothing that is declared for it. */
export function stoppingOf(plan: Plan): Stopping | undefined {
  const { file, place, variables } = plan;
  if (!worksOn(plan) || place.kind === 'functions') return undefined;
  const list = place.kind === 'start' ? place.list : variables[0].holder.parent;
  const body = bodyToStopIn(plan);
  if (body === undefined || !isWithin(body, list) || !beginsOnNewLine(body)) return undefined;
  return { flag: freeName(file, ['isMigrating']), save: freeName(file, ['saveState']), body };
}

/** The body of the loop; of an inner one, where that skips what is done, and so goes on in the middle of a round. */
function bodyToStopIn({ state: { region }, variables }: Plan): ts.Block | undefined {
  const marks = variables.flatMap(({ state: { mutations, significance } }) =>
    significance.decides.has('output') ? mutations.filter(({ kind }) => kind === 'add') : [],
  );
  const [loop = region.head] = marks.flatMap(({ node }) => loopAround(node, region.head) ?? []);
  if (!ts.isIterationStatement(loop, false) || !ts.isBlock(loop.statement)) return undefined;
  return loop.statement;
}

function loopAround(node: ts.Node, outermost: ts.Node): ts.IterationStatement | undefined {
  if (!isWithin(node, outermost)) return undefined;
  for (let current = node; current !== outermost.parent; current = current.parent) {
    if (isFunctionNode(current)) return undefined;
    if (ts.isIterationStatement(current, false)) return current;
  }
  return undefined;
}

function beginsOnNewLine(body: ts.Block): boolean {
  const [first] = body.statements;
  return first !== undefined && body.getSourceFile().text.slice(startOf(body), startOf(first)).includes('\n');
}

/** The wait lasts longer than any grace period; should the migration not come, the loop goes on. */
export function stopChange(plan: Plan, { flag, save, body }: Stopping, style: FileStyle): Change {
  const { semicolon, indent } = style;
  const isLegacy = (plan.actor.folder.sdk?.generation ?? 3) < 3;
  const sleep = isLegacy
    ? `${plan.sdk ?? 'Apify'}.utils.sleep(60000)`
    : 'new Promise((resolve) => setTimeout(resolve, 60000))';
  const lines = [
    '// The process lives on for some seconds: what it did in them would be done again.',
    `if (${flag}) {`,
    `${indent}await ${save}()${semicolon}`,
    `${indent}await ${sleep}${semicolon}`,
    '}',
  ];
  return linesAtBegin(body, lines, style);
}
