import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { flowUnitOf } from '../../flow/control-flow/inlined.ts';
import type { Call } from '../../syntax/file-index.ts';
import { awaited } from '../../syntax/operands.ts';
import type { AutoSaved, Save } from '../effects/persistence.ts';
import { outermostDefaulted } from '../../flow/forward-slice.ts';
import { shapeOf } from '../../flow/value-shapes.ts';
import type { Shape } from '../../flow/value-shapes.ts';

/**
 * Two uses of a key for different things. `two states`: `useState` with different first values. `state and record`: a record
 * is written under the key of a `useState`. `two records`: it is written as a list and read as an object, or the other way.
 */
export interface KeyCollision {
  readonly form: 'two states' | 'state and record' | 'two records';
  readonly call: Call;
  readonly other: Call;
  readonly key: string;
  /** Where the key stands in the call. */
  readonly keyAt: ts.Expression | undefined;
}

/** The keys that an Actor uses for different things. */
export function keyCollisionsOf(actor: ActorModel): readonly KeyCollision[] {
  return [...statesOf(actor), ...statesAndRecordsOf(actor), ...recordsOf(actor)];
}

/** What has a key of a store. Keys that are made at run time, templates among them, are not known to be the same. */
interface Keyed {
  readonly storeName: string | undefined;
  readonly key: string | undefined;
}

function isSameKey(a: Keyed, b: Keyed): boolean {
  const isKnown = a.storeName !== undefined && a.key !== undefined && !a.key.includes('${');
  return isKnown && a.storeName === b.storeName && a.key === b.key;
}

function statesOf({ code, persistence }: ActorModel): readonly KeyCollision[] {
  const found: KeyCollision[] = [];
  const withShapes = persistence.autoSaved.flatMap((state) => {
    const shape = state.initial && shapeOf(code, state.initial);
    return shape === undefined ? [] : [{ state, shape }];
  });
  for (const [index, { state, shape }] of withShapes.entries()) {
    const first = withShapes.slice(0, index).find((each) => isSameKey(each.state, state));
    if (first === undefined || !areDifferent(first.shape, shape) || areAlternatives(code, first.state.call, state.call))
      continue;
    found.push({
      form: 'two states',
      call: state.call,
      other: first.state.call,
      key: state.key ?? '',
      keyAt: state.keyAt,
    });
  }
  return found;
}

/** Whether neither object has all the names of the other, or one is a list. */
function areDifferent(a: Shape, b: Shape): boolean {
  if (a.kind === 'array' || b.kind === 'array') return a.kind !== b.kind;
  if (!a.isWhole || !b.isWhole || a.names.size === 0 || b.names.size === 0) return false;
  return [...a.names].some((name) => !b.names.has(name)) && [...b.names].some((name) => !a.names.has(name));
}

/** Two ways of one function of which a run takes one. */
function areAlternatives(code: Code, a: ts.Node, b: ts.Node): boolean {
  if (flowUnitOf(a) !== flowUnitOf(b)) return false;
  const graph = code.graphAround(a);
  return !graph.canReach(a, b, { sameRound: true }) && !graph.canReach(b, a, { sameRound: true });
}

function statesAndRecordsOf({ code, persistence }: ActorModel): readonly KeyCollision[] {
  const { saves, autoSaved } = persistence;
  return saves.flatMap((save): readonly KeyCollision[] => {
    const owner = autoSaved.find((state) => save.store === 'key-value-store' && isSameKey(state, save));
    if (owner === undefined || save.value === undefined || isStateItself(save.value, autoSaved, code)) return [];
    return [{ form: 'state and record', call: save.call, other: owner.call, key: save.key ?? '', keyAt: save.keyAt }];
  });
}

/** The object that the SDK keeps, or a copy that begins with it: a save a little earlier than the SDK's own. */
function isStateItself(value: ts.Expression, states: readonly AutoSaved[], code: ActorModel['code']): boolean {
  const calls = new Set<ts.Node>(states.map(({ call }) => call));
  const parts = [awaited(value)].flatMap((each) =>
    ts.isObjectLiteralExpression(each)
      ? each.properties.flatMap((property) => (ts.isSpreadAssignment(property) ? [property.expression] : []))
      : [each],
  );
  return parts.some((part) => {
    const values = code.valuesOf(part);
    // What is not known may well be the state.
    return values.some((each) => calls.has(each)) || values.every((each) => !isMade(each));
  });
}

function isMade(node: ts.Node): boolean {
  const isLiteral =
    ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node) || ts.isLiteralExpression(node);
  return isLiteral || node.kind === ts.SyntaxKind.NullKeyword;
}

/** A key that is read with a first value of one kind, and written as the other kind somewhere. */
function recordsOf({ code, persistence }: ActorModel): readonly KeyCollision[] {
  const { saves, restores } = persistence;
  return saves.flatMap((save): readonly KeyCollision[] => {
    if (save.store !== 'key-value-store' || save.value === undefined) return [];
    const shape = shapeOf(code, save.value, new Set(restores.map(({ call }) => call)));
    const isRight = saves.some((each) => each !== save && isSameKey(each, save) && isOtherKind(each, shape));
    if (shape === undefined || !isRight) return [];
    const restore = restores.find((each) => isSameKey(each, save) && readsOtherKind(each.call, shape));
    if (restore === undefined) return [];
    return [{ form: 'two records', call: save.call, other: restore.call, key: save.key ?? '', keyAt: save.keyAt }];
  });

  function isOtherKind(other: Save, shape: Shape | undefined): boolean {
    const ignored = new Set<ts.Node>(restores.map(({ call }) => call));
    const kind = other.value && shapeOf(code, other.value, ignored)?.kind;
    return kind !== undefined && kind !== shape?.kind;
  }

  function readsOtherKind(restore: Call, shape: Shape): boolean {
    const value = outermostDefaulted(restore);
    const kind = ts.isBinaryExpression(value) ? shapeOf(code, value.right)?.kind : undefined;
    return kind !== undefined && kind !== shape.kind;
  }
}
