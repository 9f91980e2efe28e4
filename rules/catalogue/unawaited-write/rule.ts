import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import type { FloatingWrite } from '../../actor/writes/floating-writes.ts';
import { floatingWritesOf } from '../../actor/writes/floating-writes.ts';
import type { Report, Rule } from '../rule.ts';
import { consequenceOf } from './consequence.ts';
import { fixesOf } from './fixes.ts';

/** A write to a storage, or a charge, whose promise nobody waits for. */
export const unawaitedWrite: Rule = {
  id: 'unawaited-write',
  group: 'saves',
  summary: 'A write to a storage, or a charge, that nobody waits for',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => floatingWritesOf(actor).map((floating) => reportOf(actor, floating)),
};

function reportOf(actor: ActorModel, floating: FloatingWrite): Report {
  const { call } = floating.drop;
  const { severity, message, related } = consequenceOf(actor, floating);
  return {
    node: call,
    ...(ts.isCallExpression(call) ? { until: call.expression } : {}),
    severity,
    message,
    related,
    fixes: fixesOf(actor, floating),
  };
}
