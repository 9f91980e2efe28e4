import { ruleIds, ruleList } from './catalogue/index.ts';
import type { Spoken } from './catalogue/rule.ts';
import type { Location } from './program/locations.ts';
import type { Notice } from './workspace/notice.ts';
import type { RuleSetting } from './workspace/rule-settings.ts';
import type { ActorModel } from './actor/actor-model.ts';
import { listenerSummariesOf, startsOf } from './actor/actor-places.ts';
import type { ListenerSummary } from './actor/actor-places.ts';
import { keySummariesOf } from './actor/keys/key-graph.ts';
import type { KeySummary } from './actor/keys/key-graph.ts';

/** What a person set, by rule id. A rule that is not named keeps the severity that it chooses itself. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

export interface ActorSummary {
  readonly root: string;
  readonly name: string;
  readonly sdk: { readonly package: string; readonly version: string | undefined } | undefined;
  readonly entryPoints: readonly string[];
  readonly keys: readonly KeySummary[];
  /** Where the work of each entry point begins: where it starts the SDK, else its first statement. */
  readonly starts: readonly Location[];
  readonly listeners: readonly ListenerSummary[];
}

/** What the rules said of one Actor, for as long as no file of its program changes. */
export interface CheckedActor extends Spoken {
  readonly summary: ActorSummary;
  readonly ruleSettings: RuleSettings;
  readonly notices: readonly Notice[];
}

/** Has every rule look at an Actor. A fault of ours in one rule must not hide what the others find: it is a notice. */
export function checkActor(model: ActorModel): CheckedActor {
  const { root, name, sdk, entryPoints, ruleSettings } = model.folder;
  const notices: Notice[] = [];
  const ran = new Set<string>();
  // A notice says that none is proven for SDK 4 yet.
  const proven = sdk?.generation === 4 ? [] : ruleList;
  const reports = proven
    .filter((rule) => !rule.needsEntryPoint || model.entryPoints.length > 0)
    .flatMap((rule) => {
      try {
        const found = rule.check(model).map((report) => ({ ruleId: rule.id, report }));
        ran.add(rule.id);
        return found;
      } catch (error) {
        notices.push({ file: root, reason: faultOf(rule.id, error) });
        return [];
      }
    });
  const summary: ActorSummary = {
    root,
    name,
    sdk: sdk && { package: sdk.package, version: sdk.version },
    entryPoints,
    keys: keySummariesOf(model),
    starts: startsOf(model),
    listeners: listenerSummariesOf(model),
  };
  return { files: model.files, reports, ran, summary, ruleSettings, notices };
}

/** What the rules conclude from what all of them said of all Actors. */
export function concludeFrom(actors: readonly CheckedActor[]): CheckedActor['reports'] {
  const known = new Set(ruleIds);
  return ruleList.flatMap(({ id, conclude }) =>
    (conclude?.(actors, known) ?? []).map((report) => ({ ruleId: id, report })),
  );
}

function faultOf(ruleId: string, error: unknown): string {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `rule ${ruleId} failed on this Actor, a fault of Actor State: please report it with this text. ${what}`;
}
