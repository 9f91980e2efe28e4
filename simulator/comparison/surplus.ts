/** How two multisets differ: by name, how often a thing is there in each. */
export interface Surplus {
  /** More often in the undisturbed run. */
  readonly lost: ReadonlyMap<string, number>;
  /** In the migrated run only. */
  readonly added: ReadonlyMap<string, number>;
  /** In both, more often in the migrated run, and not allowed to be. */
  readonly repeated: ReadonlyMap<string, number>;
  readonly atLeastOnce: ReadonlyMap<string, number>;
}

type Counts = ReadonlyMap<string, number>;

export function surplus(undisturbed: Counts, migrated: Counts, allowed: Counts): Surplus {
  const result = { lost: new Map(), added: new Map(), repeated: new Map(), atLeastOnce: new Map() };
  for (const [name, before] of undisturbed) {
    const missing = before - (migrated.get(name) ?? 0);
    if (missing > 0) result.lost.set(name, missing);
  }
  for (const [name, now] of migrated) {
    const before = undisturbed.get(name) ?? 0;
    // What the undisturbed run has not at all is new once, and what goes beyond that is a repeat.
    const isNew = before === 0 ? Math.min(1, now) : 0;
    const again = Math.max(0, now - before - isNew);
    const excused = Math.min(again, allowed.get(name) ?? 0);
    if (isNew > 0) result.added.set(name, isNew);
    if (excused > 0) result.atLeastOnce.set(name, excused);
    if (again > excused) result.repeated.set(name, again - excused);
  }
  return result;
}

export function countsOf<Thing>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
  timesOf: (thing: Thing) => number = () => 1,
): Counts {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(nameOf(thing), (counts.get(nameOf(thing)) ?? 0) + timesOf(thing));
  return counts;
}
