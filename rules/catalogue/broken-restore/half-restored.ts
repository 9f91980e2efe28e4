import type { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { WorkKinds } from '../../actor/effects/work.ts';
import { DEFAULT_STORE } from '../../actor/keys/keys.ts';
import type { RestoredRecord } from '../../actor/records/restored-records.ts';
import { savedFieldsOf } from '../../actor/records/saved-fields.ts';
import type { SavedField, SavedFields } from '../../actor/records/saved-fields.ts';
import type { Region } from '../../actor/regions/regions.ts';
import type { StateVariable } from '../../actor/state/own-state.ts';
import { significanceOf } from '../../actor/state/significance.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import { mayOverlap } from '../../flow/places.ts';
import type { Place } from '../../flow/places.ts';
import { assignmentTo } from '../../syntax/assignments.ts';
import { isWithin } from '../../syntax/functions.ts';
import type { Report } from '../rule.ts';
import { restoreFixes } from './fixes/restore-field.ts';
import { addFixes } from './fixes/saved-too.ts';

/** Fields of a record that are saved and not restored, and such that are restored and not saved. */
export function halfRestored(actor: ActorModel, record: RestoredRecord): readonly Report[] {
  const saved = savedFieldsOf(actor.code, record.saves);
  const isFollowed = record.restores.every(({ reads }) => reads.isFollowed);
  const read = new Set(record.restores.flatMap(({ reads }) => [...reads.fields.keys()]));
  if (saved === undefined || !isFollowed || read.size === 0) return [];
  return [...savedOnly(actor, record, saved, read), ...restoredOnly(actor, record, saved)];
}

/** A date or a count that is saved for people to read is fine; a place that the work depends on is not. */
function savedOnly(
  actor: ActorModel,
  record: RestoredRecord,
  { fields }: SavedFields,
  read: ReadonlySet<string>,
): readonly Report[] {
  const restored = fields.filter(({ name }) => read.has(name)).flatMap(({ places }) => places);
  return fields.flatMap((field): readonly Report[] => {
    const lost = read.has(field.name) ? undefined : lostPlace(actor, record, field, restored);
    if (lost === undefined) return [];
    const { place, variable } = lost;
    const { saves, restores } = record;
    const within = saves.some(({ call }) => isWithin(field.node, call));
    return [
      {
        node: field.node,
        severity: 'warning',
        message: `\`${field.name}\` is saved, but it is not restored with the rest: after a migration \`${place.path.at(-1) ?? variable.binding.name}\` starts anew`,
        related: [
          ...(within
            ? []
            : saves.map(({ call }) => ({ node: call.expression, message: 'it is saved here, with the rest' }))),
          ...restores.map(({ call }) => ({ node: call.expression, message: 'the record is restored here' })),
          ...(place.path.length > 0 ? [] : [{ node: variable.binding.declaration, message: 'it starts anew here' }]),
        ],
        fixes: restoreFixes(actor, record, field.node, variable),
      },
    ];
  });
}

interface LostPlace {
  readonly place: Place;
  readonly variable: StateVariable;
}

/** The state that a field is saved from, where nothing brings it back and the work depends on it. */
function lostPlace(
  actor: ActorModel,
  record: RestoredRecord,
  { places }: SavedField,
  restored: readonly Place[],
): LostPlace | undefined {
  for (const { region, variables } of actor.regions) {
    for (const place of places) {
      const variable = variables.find(({ binding }) => binding.symbol === place.binding.symbol);
      if (variable === undefined || restored.some((other) => areOfOne(other, place))) continue;
      if (!comesBack(actor, variable, place) && matters(actor, region, variable, place, record))
        return { place, variable };
    }
  }
  return undefined;
}

function areOfOne(one: Place, other: Place): boolean {
  return one.binding.symbol === other.binding.symbol && mayOverlap(one.path, other.path);
}

/** Whether something keeps the place, or puts something into it outside the region: the start may make it anew. */
function comesBack({ code }: ActorModel, { owner, mutations, binding }: StateVariable, { path }: Place): boolean {
  if (owner?.kind === 'auto-saved') return true;
  if (path.length === 0) return owner?.kind === 'restored';
  return mutationsOf(code)
    .of(binding)
    .some(
      (each) =>
        !mutations.some(({ node }) => node === each.node) &&
        each.path.length >= path.length &&
        mayOverlap(each.path, path),
    );
}

/** Whether the region changes the place, and more than this record depends on it. */
function matters(
  { code, persistence }: ActorModel,
  region: Region,
  { binding, mutations, significance }: StateVariable,
  { path }: Place,
  { saves }: RestoredRecord,
): boolean {
  const steps = path.flatMap((step) => step ?? []);
  const isChanged = mutations.some((each) => each.path.length >= path.length && mayOverlap(each.path, path));
  if (!isChanged || steps.length < path.length) return false;
  const { decides, output, position } =
    steps.length === 0 ? significance : significanceOf(code, binding, region, persistence, new WorkKinds(code), steps);
  return (
    decides.size > 0 || position.length > 0 || output.some((write) => !saves.some((save) => save.path.includes(write)))
  );
}

/** In a run's own store, nothing but this program can have saved the field. */
function restoredOnly(
  actor: ActorModel,
  { storeName, restores }: RestoredRecord,
  { fields: known, literals, isFixed }: SavedFields,
): readonly Report[] {
  if (storeName !== DEFAULT_STORE || !isFixed) return [];
  const saved = new Set(known.map(({ name }) => name));
  const fields = restores.flatMap(({ reads }) => [...reads.fields]).filter(([name]) => !saved.has(name));
  return fields.flatMap(([name, places]): readonly Report[] => {
    const [place] = places;
    if (place === undefined || name in Object.prototype || isPutIn(places)) return [];
    return [
      {
        node: place,
        severity: 'warning',
        message: `\`${name}\` is restored, but nothing saves it: after a migration it is undefined`,
        related: literals.map((literal) => ({ node: literal, message: 'this is what is saved' })),
        fixes: addFixes(actor, name, place, literals),
      },
    ];
  });
}

/** `saved.page = …`: then it is there, whoever put it. */
function isPutIn(places: readonly ts.Node[]): boolean {
  return places.some((place) => assignmentTo(place) !== undefined);
}
