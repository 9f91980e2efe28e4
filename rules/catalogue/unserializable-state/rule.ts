import type { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import type { JsonLoss } from '../../actor/records/json-losses.ts';
import { isOfLibrary } from '../../program/library.ts';
import { isWithin } from '../../syntax/functions.ts';
import { savedValuesOf } from '../../actor/records/saved-values.ts';
import type { SavedValue } from '../../actor/records/saved-values.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';
import { lossesOf } from './losses.ts';
import { revivalReports } from './revivals.ts';

/** A value that is saved, and that JSON does not keep as it is. */
export const unserializableState: Rule = {
  id: 'unserializable-state',
  group: 'losses',
  summary: 'A saved value that JSON loses: a Map, a Set, Infinity, a BigInt, a function, a Date that is used as one.',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => savedValuesOf(actor).flatMap((saved) => reportsOf(actor, saved)),
};

function reportsOf(actor: ActorModel, saved: SavedValue): readonly Report[] {
  const byPlace = new Map<ts.Node, JsonLoss>();
  for (const loss of lossesOf(actor, saved)) if (!byPlace.has(loss.place)) byPlace.set(loss.place, loss);
  const lost = [...byPlace].map(([place, loss]) => reportOf(saved, place, loss));
  return [...lost, ...revivalReports(actor, saved)];
}

function reportOf(saved: SavedValue, place: ts.Node, loss: JsonLoss): Report {
  // `Infinity` itself, where a value was followed to its declaration, is nothing to show to a person.
  const elsewhere = !isWithin(loss.origin, place) && !isOfLibrary(loss.origin);
  return {
    node: place,
    severity: 'warning',
    message: `${subjectOf(loss)} ${consequenceOf(saved, loss)}`,
    related: [
      ...(elsewhere ? [{ node: loss.origin, message: `the ${loss.what}` }] : []),
      { node: saved.call.expression, message: saved.isKeptBySdk ? 'the SDK saves it' : 'it is saved here' },
    ],
    fixes: fixesOf(saved, loss),
  };
}

function subjectOf({ path, what, kind }: JsonLoss): string {
  const name = path.join('.');
  const article = what === 'Infinity' || what === '-Infinity' || what === 'NaN' ? '' : 'a ';
  const verb = kind === 'infinite' ? 'may be' : 'is';
  return name === '' ? `The saved value ${verb} ${article}${what},` : `\`${name}\` ${verb} ${article}${what},`;
}

/** What comes back instead (sdk-facts.md, sections 8 and 9). */
function consequenceOf({ isKeptBySdk, isState }: SavedValue, { kind }: JsonLoss): string {
  switch (kind) {
    case 'collection':
      return isState
        ? 'of which JSON keeps nothing: after a migration it is an empty object'
        : 'of which JSON keeps nothing: the record holds an empty object';
    case 'bigint':
      return isKeptBySdk
        ? 'which JSON cannot hold: the SDK only warns, and saves nothing of this state'
        : 'which JSON cannot hold: the save fails';
    case 'infinite':
      return 'which JSON writes as null: after a migration it is null';
    case 'function':
      return 'of which the record keeps the source text: after a migration it is a text';
  }
}
