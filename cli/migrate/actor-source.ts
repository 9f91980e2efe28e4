import type { FoundBefore, KeyPlaces, Place, RecordId, VerdictWord } from '../../simulator/index.ts';
import { ActorWorkspace, explain, rules, type KeySummary, type Location, type RuleGroup } from '../../rules/index.ts';
import { absolute, isWithin, printed } from '../paths.ts';

/** What the rules are about whose findings explain a verdict. */
const LOSSES: readonly RuleGroup[] = ['losses', 'saves', 'restores', 'listeners'];
const GROUPS_BEHIND: Readonly<Partial<Record<VerdictWord, readonly RuleGroup[]>>> = {
  'did-not-restart': ['losses', 'restores', 'listeners', 'misuse'],
  'lost-writes': ['saves', 'listeners'],
  'restarted-from-zero': LOSSES,
  'repeated-work': LOSSES,
  'partly-resumed': LOSSES,
};

/** What the analysis knows of an Actor's code: a verdict names keys only, this says where they stand. */
export interface ActorSource {
  readonly placesOf: (record: RecordId) => KeyPlaces | undefined;
  /** The findings at warning or above that the verdict confirms. */
  readonly findingsBehind: (word: VerdictWord) => readonly FoundBefore[];
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
          .filter(({ file, severity }) => isWithin(file, folder) && (severity === 'error' || severity === 'warning'))
          .filter(({ ruleId }) => explains(ruleId, word))
          .map((finding) => ({
            place: placeOf(finding, cwd),
            message: finding.message,
            ruleId: finding.ruleId,
          })),
    };
  } finally {
    workspace.dispose();
  }
}

function explains(ruleId: string, word: VerdictWord): boolean {
  const rule = rules.find(({ id }) => id === ruleId);
  return rule !== undefined && GROUPS_BEHIND[word]?.includes(rule.group) === true;
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

function placeOf({ file, range }: Location, cwd: string): Place {
  return { file: printed(file, cwd), line: range.start.line + 1 };
}
