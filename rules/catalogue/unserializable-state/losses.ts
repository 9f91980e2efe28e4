import type { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { assignmentTo } from '../../syntax/assignments.ts';
import { isWithin } from '../../syntax/functions.ts';
import { jsonLossesOf } from '../../actor/records/json-losses.ts';
import type { JsonLoss } from '../../actor/records/json-losses.ts';
import { comingBack } from '../../actor/records/saved-values.ts';
import type { SavedValue } from '../../actor/records/saved-values.ts';

/**
 * What JSON loses of a saved value, and of what is put into the object that the SDK saves.
 *
 * In a record that nothing reads again, `null` for Infinity or the text of a function may well be meant. Nor does it matter of a
 * function that is not written into the saved object: it may be an option that is never called.
 */
export function lossesOf({ code }: ActorModel, saved: SavedValue): readonly JsonLoss[] {
  const cameBack = comingBack(saved);
  const assigned = saved.isKeptBySdk ? assignmentsTo(saved) : [];
  const losses = [
    ...jsonLossesOf(code, saved.value, cameBack),
    ...assigned.flatMap(({ name, assignment }) =>
      jsonLossesOf(code, assignment.right, cameBack).map((loss) => ({
        ...loss,
        path: [name, ...loss.path],
        place: assignment,
      })),
    ),
  ];
  return losses.filter(({ kind, origin }) => {
    if (kind === 'collection' || kind === 'bigint') return true;
    return saved.isState && (kind === 'infinite' || isWithin(origin, saved.value));
  });
}

/** `state.seen = …`, wherever the object of `useState` is known by name. */
function assignmentsTo({
  reads,
}: SavedValue): readonly { readonly name: string; readonly assignment: ts.BinaryExpression }[] {
  return reads.flatMap(({ reads: { fields } }) =>
    [...fields].flatMap(([name, places]) =>
      places.flatMap((place) => {
        const assignment = assignmentTo(place);
        return assignment === undefined ? [] : [{ name, assignment }];
      }),
    ),
  );
}
