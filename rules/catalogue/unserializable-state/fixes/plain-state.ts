import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../../fixes/changes.ts';
import { isWithin } from '../../../syntax/functions.ts';
import type { JsonLoss } from '../../../actor/records/json-losses.ts';
import type { SavedValue } from '../../../actor/records/saved-values.ts';
import type { Change } from '../../../fixes/changes.ts';

/**
 * The edits that make an array of a Set, or an object of a Map, in the object that `useState` keeps; `undefined` where not
 * all of its uses are seen, or one has no like.
 */
export function plainStateChanges(saved: SavedValue, loss: JsonLoss): readonly Change[] | undefined {
  const { place, what, path } = loss;
  const [name] = path;
  if (name === undefined || path.length > 1 || !ts.isPropertyAssignment(place)) return undefined;
  const made = place.initializer;
  const { reads } = saved;
  if (reads.length !== 1 || reads.some((each) => !each.reads.isFollowed)) return undefined;
  if (!ts.isNewExpression(made) || (made.arguments ?? []).length > 0 || saved.call.typeArguments !== undefined)
    return undefined;
  const uses = reads.flatMap((each) => each.reads.fields.get(name) ?? []);
  const rewritten = uses.map((use) => (what === 'Set' ? inArray(use) : inObject(use)));
  if (rewritten.includes(undefined)) return undefined;
  if (uses.some((use) => uses.some((other) => other !== use && isWithin(use, other.parent.parent)))) return undefined;
  const first = replacement(place.getSourceFile(), startOf(made), made.end, firstValue(made, what));
  return [first, ...rewritten.filter((change) => change !== undefined)];
}

function firstValue(made: ts.NewExpression, what: string): string {
  const types = made.typeArguments?.map(textOf) ?? [];
  if (what === 'Set') return types.length === 0 ? '[]' : `[] as (${types.join(', ')})[]`;
  return types.length === 0 ? '{}' : `{} as Record<${types.join(', ')}>`;
}

/** A use of a Set as one of an array. */
function inArray(use: ts.Node): Change | undefined {
  const method = methodOn(use);
  if (method === undefined) return sizeChange(use, (text) => `${text}.length`);
  const { call, name, given } = method;
  const [item] = given;
  const list = textOf(use);
  if (item === undefined) return undefined;
  if (name === 'has') return changeOf(call, `${list}.includes(${item})`);
  return name === 'add' && isStatement(call) && isSimple(call.arguments[0])
    ? changeOf(call, `if (!${list}.includes(${item})) ${list}.push(${item})`)
    : undefined;
}

/** A use of a Map as one of an object. */
function inObject(use: ts.Node): Change | undefined {
  const method = methodOn(use);
  if (method === undefined) return sizeChange(use, (text) => `Object.keys(${text}).length`);
  const { call, name, given } = method;
  const [key, value] = given;
  const object = textOf(use);
  if (key === undefined) return undefined;
  if (name === 'get') return changeOf(call, `${object}[${key}]`);
  if (name === 'has') return changeOf(call, `Object.hasOwn(${object}, ${key})`);
  if (name === 'set' && isStatement(call) && value !== undefined) return changeOf(call, `${object}[${key}] = ${value}`);
  return name === 'delete' && isStatement(call) ? changeOf(call, `delete ${object}[${key}]`) : undefined;
}

function methodOn(
  use: ts.Node,
): { readonly call: ts.CallExpression; readonly name: string; readonly given: readonly string[] } | undefined {
  const access = use.parent;
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return undefined;
  const call = access.parent;
  return call.expression === access ? { call, name: access.name.text, given: call.arguments.map(textOf) } : undefined;
}

function sizeChange(use: ts.Node, length: (text: string) => string): Change | undefined {
  const access = use.parent;
  const isSize = ts.isPropertyAccessExpression(access) && access.name.text === 'size';
  return isSize ? changeOf(access, length(textOf(use))) : undefined;
}

/** A statement among others: as the only one of an `if`, another `if` in its place could take its `else`. */
function isStatement({ parent }: ts.CallExpression): boolean {
  return ts.isExpressionStatement(parent) && (ts.isBlock(parent.parent) || ts.isSourceFile(parent.parent));
}

/** What may be written twice. */
function isSimple(item: ts.Expression | undefined): boolean {
  if (item === undefined) return false;
  if (ts.isPropertyAccessExpression(item)) return isSimple(item.expression);
  return ts.isIdentifier(item) || ts.isLiteralExpression(item);
}

function changeOf(node: ts.Node, text: string): Change {
  return replacement(node.getSourceFile(), startOf(node), node.end, text);
}
