import { ruleIds, ruleList } from './catalogue/index.ts';
import type { Rule, Spoken } from './catalogue/rule.ts';
import { Faults } from './faults.ts';
import type { ActorModel } from './actor/actor-model.ts';
import { listenerSummariesOf, startsOf } from './actor/actor-places.ts';
import type { ListenerSummary } from './actor/actor-places.ts';
import { keySummariesOf } from './actor/keys/key-graph.ts';
import type { KeySummary } from './actor/keys/key-graph.ts';
import type { Location } from './program/locations.ts';
import type { ActorFolder } from './workspace/actors.ts';
import type { Notice } from './workspace/notice.ts';
import type { RuleSetting } from './workspace/rule-settings.ts';

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

/** What the rules concluded from all Actors. */
export type Conclusions = Pick<CheckedActor, 'reports' | 'notices'>;

/**
 * Has the rules look at an Actor. A fault of ours, in one of them or in what they ask for, must not hide what the others find:
 * it is a notice.
 *
 * @param build makes the Actor's model
 */
export function checkActor(
  folder: ActorFolder,
  build: () => ActorModel,
  rules: readonly Rule[] = ruleList,
): CheckedActor {
  const faults = new Faults(folder.entryPoints[0] ?? folder.root);
  const model = faults.guard('the model', build);
  const checked = (model === undefined ? [] : rulesFor(model, rules)).flatMap(({ id, check }) => {
    const reports = model && faults.guard(`rule ${id}`, () => check(model));
    return reports === undefined ? [] : [{ id, reports }];
  });
  const summary = summaryOf(folder, model, faults);
  return {
    files: model?.files ?? [],
    reports: checked.flatMap(({ id, reports }) => reports.map((report) => ({ ruleId: id, report }))),
    ran: new Set(checked.map(({ id }) => id)),
    summary,
    ruleSettings: folder.ruleSettings,
    notices: faults.notices,
  };
}

function rulesFor({ folder, entryPoints }: ActorModel, rules: readonly Rule[]): readonly Rule[] {
  // A notice says that none is proven for SDK 4 yet.
  if (folder.sdk?.generation === 4) return [];
  return rules.filter((rule) => !rule.needsEntryPoint || entryPoints.length > 0);
}

function summaryOf(folder: ActorFolder, model: ActorModel | undefined, faults: Faults): ActorSummary {
  const { root, name, sdk, entryPoints } = folder;
  const listOf = <T>(what: string, list: (actor: ActorModel) => readonly T[]): readonly T[] =>
    (model && faults.guard(what, () => list(model))) ?? [];
  return {
    root,
    name,
    sdk: sdk && { package: sdk.package, version: sdk.version },
    entryPoints,
    keys: listOf('the list of keys', keySummariesOf),
    starts: listOf('the list of starts', startsOf),
    listeners: listOf('the list of listeners', listenerSummariesOf),
  };
}

/** What the rules conclude from what all of them said of all Actors. */
export function concludeFrom(actors: readonly CheckedActor[], rules: readonly Rule[] = ruleList): Conclusions {
  const known = new Set(ruleIds);
  const faults = new Faults(actors[0]?.summary.root ?? '');
  const reports = rules.flatMap(({ id, conclude }) => {
    const concluded = conclude && faults.guard(`rule ${id}`, () => conclude(actors, known));
    return (concluded ?? []).map((report) => ({ ruleId: id, report }));
  });
  return { reports, notices: faults.notices };
}
