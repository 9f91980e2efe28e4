import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import type { RestoredRecord } from '../../actor/records/restored-records.ts';
import type { StateVariable } from '../../actor/state/own-state.ts';
import { AccessPaths } from '../../flow/access-paths.ts';
import type { Code } from '../../flow/code.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import { mayOverlap } from '../../flow/places.ts';
import type { Place } from '../../flow/places.ts';
import { visit } from '../../syntax/functions.ts';
import { isAccess, propertyNameOf } from '../../syntax/operands.ts';
import type { Report } from '../rule.ts';

/**
 * Fields of an object that is saved as a whole, where a restart puts only some of them back. Quiet on a field that nobody but
 * the record gets, and on one that is set at the start in another way.
 */
export function partlyRestored(actor: ActorModel, record: RestoredRecord): readonly Report[] {
  const read = new Set(record.restores.flatMap(({ reads }) => [...reads.fields.keys()]));
  if (read.size === 0 || !record.restores.every(({ reads }) => reads.isFollowed)) return [];
  const paths = new AccessPaths(actor.code);
  const place = savedPlace(record, paths);
  if (place === undefined) return [];
  const variables = actor.regions
    .flatMap((state) => state.variables)
    .filter(({ binding, owner }) => binding.symbol === place.binding.symbol && owner?.kind !== 'auto-saved');
  return variables.flatMap((variable) =>
    [...changedFields(variable, place)]
      .filter((name) => !read.has(name) && !isSetElsewhere(actor.code, name, variable, place))
      .filter((name) => goesOut(name, variable, place, record, paths))
      .flatMap((name) => reportOf(actor.code, name, record)),
  );
}

/** The one object that all saves save. */
function savedPlace({ saves }: RestoredRecord, paths: AccessPaths): Place | undefined {
  const places = saves.map(({ value }) => (value === undefined ? [] : paths.of(value, true)));
  const [place] = places[0] ?? [];
  const isOne = places.every(
    ([only, ...others]) =>
      only !== undefined &&
      others.length === 0 &&
      only.binding.symbol === place?.binding.symbol &&
      only.path.join('.') === place.path.join('.'),
  );
  return isOne ? place : undefined;
}

/** The fields of the object that a region changes. */
function changedFields({ mutations }: StateVariable, { path }: Place): ReadonlySet<string> {
  const isInside = (other: Place['path']): boolean =>
    path.every((step, at) => step !== undefined && other[at] === step);
  return new Set(mutations.flatMap((mutation) => (isInside(mutation.path) ? (mutation.path[path.length] ?? []) : [])));
}

/** Whether something outside the region puts something into the field: the start may make it anew. */
function isSetElsewhere(code: Code, name: string, { mutations, binding }: StateVariable, { path }: Place): boolean {
  return mutationsOf(code)
    .of(binding)
    .some(
      (each) =>
        !mutations.some(({ node }) => node === each.node) &&
        each.path.length > path.length &&
        mayOverlap(each.path, [...path, name]),
    );
}

/** Whether something else than the record is written from the field, or from the whole. */
function goesOut(
  name: string,
  { significance }: StateVariable,
  { binding, path }: Place,
  { saves }: RestoredRecord,
  paths: AccessPaths,
): boolean {
  const others = significance.output.filter((write) => !saves.some(({ call }) => call === write));
  return others
    .flatMap((write) => [...(write.arguments ?? [])])
    .flatMap(placesNamedIn)
    .flatMap((named) => paths.of(named, true))
    .some((place) => place.binding.symbol === binding.symbol && mayOverlap(place.path, [...path, name]));
}

/** The names and accesses in an expression, each with all that it takes: of `books.state.pages` not `books.state`. */
function placesNamedIn(root: ts.Expression): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  visit(root, (node) => {
    const isPlace = ts.isIdentifier(node) || isAccess(node);
    if (isPlace) found.push(node);
    return !isPlace;
  });
  return found;
}

function reportOf(code: Code, name: string, { saves, restores }: RestoredRecord): readonly Report[] {
  const values = saves.flatMap(({ value }) => (value === undefined ? [] : code.valuesOf(value)));
  const properties = values.map((value) =>
    ts.isObjectLiteralExpression(value)
      ? value.properties.find((each) => propertyNameOf(each.name) === name)
      : undefined,
  );
  const [property] = properties;
  // What the whole may also be, may have the field from elsewhere.
  if (property === undefined || properties.some((each) => each === undefined)) return [];
  return [
    {
      node: property,
      severity: 'warning',
      message: `\`${name}\` is saved, but it is not restored with the rest: after a migration \`${name}\` starts anew`,
      related: [
        ...saves.map(({ call }) => ({ node: call.expression, message: 'it is saved here, with the rest' })),
        ...restores.map(({ call }) => ({ node: call.expression, message: 'the record is restored here' })),
      ],
      fixes: [],
    },
  ];
}
