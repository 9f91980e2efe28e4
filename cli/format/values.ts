import type { ActorSummary, KeySummary, Location } from '../../rules/index.ts';
import { printed } from '../paths.ts';

/** A place as JSON has it: paths from the working directory, lines and columns from 1. */
export function locationValue({ file, range: { start, end } }: Location, cwd: string): { file: string; range: object } {
  return {
    file: printed(file, cwd),
    range: {
      start: { line: start.line + 1, column: start.character + 1 },
      end: { line: end.line + 1, column: end.character + 1 },
    },
  };
}

export function sdkValue(sdk: NonNullable<ActorSummary['sdk']>): object {
  return { package: sdk.package, version: sdk.version ?? null };
}

export function keyValue({ store, key, savedAt, restoredAt, ownedBy, isComplete }: KeySummary, cwd: string): object {
  return {
    store,
    key,
    savedAt: savedAt.map((save) => ({ ...locationValue(save, cwd), on: save.on })),
    restoredAt: restoredAt.map((location) => locationValue(location, cwd)),
    ownedBy: ownedBy.length > 0 ? ownedBy.join(', ') : null,
    complete: isComplete,
  };
}
