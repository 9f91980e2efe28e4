import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { argumentAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import { globalNameOf } from '../../flow/globals.ts';
import { visitUnit } from '../../syntax/functions.ts';
import { isMigrationListener } from './listeners.ts';
import type { MigrationListener } from './listeners.ts';

const WALKS = { 'Object.keys': 'keys', 'Object.values': 'values', 'Object.entries': 'entries' } as const;

/** Code that goes through a Map or Set as if it were an object, and so sees none of its entries. */
export type BlindWalk = {
  readonly collection: ts.Expression;
  readonly kind: 'Map' | 'Set';
} & (
  | { readonly by: 'loop'; readonly loop: ts.ForInStatement }
  | { readonly by: (typeof WALKS)[keyof typeof WALKS]; readonly call: ts.CallExpression }
);

/** The blind walks that a migration's listeners make, once each. */
export function blindWalksOf(
  actor: ActorModel,
): readonly { readonly walk: BlindWalk; readonly listener: MigrationListener }[] {
  const found = new Map<ts.Node, { readonly walk: BlindWalk; readonly listener: MigrationListener }>();
  for (const listener of actor.persistence.listeners.filter(isMigrationListener)) {
    for (const unit of listener.reach) {
      visitUnit(unit, (node) => {
        const walk = walkOf(actor.code, node);
        if (walk !== undefined && !found.has(walk.collection)) found.set(walk.collection, { walk, listener });
      });
    }
  }
  return [...found.values()];
}

function walkOf(code: Code, node: ts.Node): BlindWalk | undefined {
  if (ts.isForInStatement(node)) {
    const kind = kindOf(code, node.expression);
    return kind && { collection: node.expression, kind, by: 'loop', loop: node };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const name = calledGlobal(code, node);
  if (name === undefined || !isWalk(name)) return undefined;
  const collection = argumentAt(code, node, { index: 0 });
  const kind = collection && kindOf(code, collection);
  return collection && kind && { collection, kind, by: WALKS[name], call: node };
}

function isWalk(name: string): name is keyof typeof WALKS {
  return Object.hasOwn(WALKS, name);
}

/** By its type; where that is not known, by what is put into the name, which must then be a Map or Set each time. */
function kindOf(code: Code, expression: ts.Expression): BlindWalk['kind'] | undefined {
  const type = code.checker.getNonNullableType(code.checker.getTypeAtLocation(expression));
  if ((type.flags & ts.TypeFlags.Any) === 0) return kindOfName(type.getSymbol()?.name);
  const kinds = new Set(code.valuesOf(expression).map((value) => kindOfValue(code, value)));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

function kindOfValue(code: Code, value: ts.Node): BlindWalk['kind'] | undefined {
  return ts.isNewExpression(value) ? kindOfName(globalNameOf(code, value.expression)) : undefined;
}

function kindOfName(name: string | undefined): BlindWalk['kind'] | undefined {
  if (name === 'Map' || name === 'ReadonlyMap') return 'Map';
  return name === 'Set' || name === 'ReadonlySet' ? 'Set' : undefined;
}
