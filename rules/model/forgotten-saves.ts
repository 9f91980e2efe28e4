import type { ActorModel } from './actor-model.ts';
import { lossesOf } from './losses.ts';
import type { LostVariable } from './losses.ts';
import type { RegionState } from './own-state.ts';
import type { Save } from './persistence.ts';
import { Reach } from './reach.ts';
import type { Region } from './regions.ts';
import { isOnlyFor, knownStoresOf } from './store-keys.ts';
import type { KeyUse } from './store-keys.ts';
import { DEFAULT_STORE } from './keys.ts';
import { WorkKinds } from './work.ts';

/** Own state that is saved in time, and that nothing in the program can read again. */
export interface ForgottenSave {
  readonly key: string;
  readonly save: KeyUse;
  readonly region: Region;
  /** What starts from its first value after a migration, all the same. */
  readonly variables: readonly [LostVariable, ...LostVariable[]];
}

/** Records that are written to be looked at, not to be read again. */
const OUTPUT_KEYS =
  /output|result|report|stat(?:s|istics?)\b|summary|dump|debug|error|fail|log|metric|screenshot|export/iu;

/**
 * The keys under which a migration's listener or a timer saves own state, in an Actor that reads nothing at all but its input.
 * A record that the program also writes elsewhere, or whose key stands for something else too, is an output.
 */
export function forgottenSavesOf(actor: ActorModel): readonly ForgottenSave[] {
  const { persistence } = actor;
  const readsInputOnly = persistence.restores.every(({ store, key }) => store === 'input' || key === 'INPUT');
  if (!readsInputOnly || persistence.autoSaved.length > 0) return [];
  const store = knownStoresOf(actor).find(({ storeName }) => storeName === DEFAULT_STORE);
  return [...(store?.saved ?? [])].flatMap(([key, uses]) => {
    if (OUTPUT_KEYS.test(key.replaceAll('_', ' ')) || !isOnlyFor(actor, key, uses)) return [];
    const saves = uses.map(({ call }) => persistence.saves.find((save) => save.call === call));
    return forgottenSave(actor, key, uses, saves);
  });
}

function forgottenSave(
  actor: ActorModel,
  key: string,
  uses: readonly KeyUse[],
  saves: readonly (Save | undefined)[],
): readonly ForgottenSave[] {
  const [save] = uses;
  if (save === undefined) return [];
  const calls = new Set(saves.map((each) => each?.call));
  const isKept = ({ owner }: RegionState['variables'][number]): boolean =>
    (owner?.kind === 'listener' || owner?.kind === 'timer') && uses.some(({ call }) => call === owner.node);
  // Each of the writes is one that keeps something: a last one with the result is none.
  const keeping = actor.regions.flatMap(({ variables }) => variables.filter(isKept));
  const writes = new Set(keeping.map(({ owner }) => owner?.node));
  if (keeping.length === 0 || [...calls].some((call) => call === undefined || !writes.has(call))) return [];
  const reach = new Reach(actor.code);
  // What would be lost if it were not saved is lost as it is, since nothing reads it.
  const unsaved = actor.regions.map(({ region, variables }) => ({
    region,
    variables: variables.map((variable) => (isKept(variable) ? { ...variable, owner: undefined } : variable)),
  }));
  const losses = lossesOf(unsaved, actor.persistence, actor.code, new WorkKinds(actor.code), reach);
  return losses.flatMap(({ region, variables }): readonly ForgottenSave[] => {
    const [first, ...others] = variables.filter(
      ({ variable, consequence }) =>
        consequence !== 'time lost' && keeping.some(({ binding }) => binding.symbol === variable.binding.symbol),
    );
    return first === undefined ? [] : [{ key, save, region, variables: [first, ...others] }];
  });
}
