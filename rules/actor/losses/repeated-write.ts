import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';
import { isSecondTry } from '../../flow/recursive-calls.ts';
import type { RegionState } from '../state/own-state.ts';
import type { Persistence, Save } from '../effects/persistence.ts';
import type { CallGraph } from '../../flow/call-graph.ts';
import type { Effects } from '../effects/region-effects.ts';
import type { Region } from '../regions/regions.ts';
import type { WorkKinds } from '../effects/work.ts';

/**
 * A loop without a variable of its own starts over from its first item. That is told only where a round does slow work
 * and charges or writes one item, and nothing that survives guards that write.
 */
export function repeatedWriteOf(
  code: Code,
  { region, variables }: RegionState,
  effects: Effects,
  persistence: Persistence,
  work: WorkKinds,
  reach: CallGraph,
): Call | undefined {
  const starts = region.kind === 'loop' || region.kind === 'recursion';
  if (!starts || effects.isQueueDriven || !effects.isSlow || effects.readsBack) return undefined;
  if (variables.some(({ owner }) => owner !== undefined) || readsDatasets(persistence)) return undefined;
  if (isFunctionNode(region.head) && isSecondTry(code, region.head, effects.writes, reach)) return undefined;
  const candidates = effects.writes.filter(({ store, value }) => store === 'charge' || isOneItem(code, value));
  const [write] = candidates.toSorted((a, b) => rankOf(a) - rankOf(b));
  return write && callInText(write.call, region, work, reach);
}

/** A charge says more than an item, and either more than what is written of a failure. */
function rankOf({ store, call }: Save): number {
  return (store === 'charge' ? 0 : 1) + (isInCatch(call) ? 2 : 0);
}

function isInCatch(call: Call): boolean {
  return (
    ts.findAncestor(call, (node) => isFunctionNode(node) || ts.isCatchClause(node))?.kind === ts.SyntaxKind.CatchClause
  );
}

/** The call that stands in the region's own text and leads, by the shortest way, to a write that may be anywhere. */
function callInText(write: Call, region: Region, work: WorkKinds, reach: CallGraph): Call {
  const calls = work.callsIn(region.bodies).filter((call) => region.bodies.some((body) => isWithin(call, body)));
  if (calls.includes(write)) return write;
  const unit = unitOf(write);
  const leading = calls.flatMap((call) => {
    const steps = reach.stepsTo(unit, call);
    return steps === undefined ? [] : [{ call, steps }];
  });
  return leading.toSorted((a, b) => a.steps - b.steps)[0]?.call ?? write;
}

function readsDatasets({ restores }: Persistence): boolean {
  return restores.some(({ store }) => store === 'dataset' || store === 'request-queue');
}

/** An item, not a list of them. */
function isOneItem(code: Code, value: ts.Expression | undefined): boolean {
  const values = value === undefined ? [] : code.valuesOf(value);
  return values.some(ts.isObjectLiteralExpression) && !values.some(ts.isArrayLiteralExpression);
}
