import type { KeyPlaces, Place, RecordId, VerdictWord } from '../../simulator/index.ts';
import { ActorWorkspace, explain, type Finding, type KeySummary, type Location } from '../../rules/index.ts';
import { absolute, isWithin, printed } from '../paths.ts';

/** The rules whose findings explain a verdict. */
const RULES_BEHIND: Readonly<Partial<Record<VerdictWord, readonly string[]>>> = {
  'lost-writes': ['unawaited-write'],
  'restarted-from-zero': ['missing-migrating-handler', 'unpersisted-state', 'unawaited-write'],
  'repeated-work': ['missing-migrating-handler', 'unpersisted-state', 'unawaited-write'],
  'partly-resumed': ['missing-migrating-handler', 'unpersisted-state', 'unawaited-write'],
};

/** What the analysis knows of an Actor's code: a verdict names keys only, this says where they stand. */
export interface ActorSource {
  readonly placesOf: (record: RecordId) => KeyPlaces | undefined;
  /** A line for each finding that the verdict confirms. */
  readonly findingsBehind: (word: VerdictWord) => readonly string[];
}

/** Analyses the Actor in a folder; what cannot be analysed has no places. */
export async function readSource(actorFolder: string, cwd: string): Promise<ActorSource> {
  const folder = absolute(actorFolder, cwd);
  const workspace = new ActorWorkspace(folder);
  try {
    const { findings } = await workspace.analyse();
    const keys = (await explain(workspace)).flatMap((actor) => actor.keys);
    return {
      placesOf: ({ store, key }) => placesIn(keys, store.name, key, cwd),
      findingsBehind: (word) =>
        findings
          .filter(({ file, ruleId }) => isWithin(file, folder) && RULES_BEHIND[word]?.includes(ruleId))
          .map((finding) => lineOf(finding, cwd)),
    };
  } finally {
    workspace.dispose();
  }
}

function placesIn(keys: readonly KeySummary[], store: string, key: string, cwd: string): KeyPlaces | undefined {
  const known = keys.filter((summary) => summary.store === store && summary.key === key);
  if (known.length === 0) return undefined;
  // `useState` both saves and restores.
  return {
    savedAt: known.flatMap(({ savedAt, ownedAt }) => [...savedAt, ...ownedAt].map((at) => placeOf(at, cwd))),
    restoredAt: known.flatMap(({ restoredAt, ownedAt }) => [...restoredAt, ...ownedAt].map((at) => placeOf(at, cwd))),
  };
}

function lineOf(finding: Finding, cwd: string): string {
  const { file, line } = placeOf(finding, cwd);
  return `${file}:${line}  ${finding.message}  (${finding.ruleId})`;
}

function placeOf({ file, range }: Location, cwd: string): Place {
  return { file: printed(file, cwd), line: range.start.line + 1 };
}
