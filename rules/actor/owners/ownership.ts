import { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { intervalsOf } from '../../flow/intervals.ts';
import type { Call } from '../../syntax/file-index.ts';
import { awaited, bare } from '../../syntax/operands.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';
import { DEFAULT_STORE, isPattern } from '../keys/keys.ts';
import { BackwardSlices } from '../../flow/backward-slice.ts';
import type { Mutation } from '../../flow/mutations.ts';
import { isPartTakenOut } from './parts-taken-out.ts';
import { mayBeMigrationListener } from '../listeners/listeners.ts';
import { savesBeforeMigration } from '../effects/persistence.ts';
import type { Persistence, Restore, Save } from '../effects/persistence.ts';
import { isEffectIn, runsIn } from '../effects/places.ts';
import type { CallGraph } from '../../flow/call-graph.ts';
import type { Region } from '../regions/regions.ts';
import { isInRegion } from '../state/significance.ts';
import type { WorkKinds } from '../effects/work.ts';

/** What keeps a binding's value over a migration, and where. */
export interface Owner {
  /** A listener saves it · an awaited write in the region · a timer · the SDK saves it · it is read again at the start. */
  readonly kind: 'listener' | 'checkpoint' | 'timer' | 'auto-saved' | 'restored';
  readonly node: ts.Node;
}

/** Finds for each binding what keeps it. Quiet when unsure: what may well be saved counts as saved. */
export class Ownership {
  readonly #code: Code;
  readonly #mentions: BackwardSlices;
  readonly #persistence: Persistence;
  /** The calls that bring something that survives, and among them those whose value the SDK saves. */
  readonly #bringing: ReadonlySet<Call>;
  readonly #autoSaving: ReadonlySet<Call>;
  readonly #saved: ReadonlyMap<ts.Symbol, Owner>;
  /** A listener whose function is not known may save all there is. */
  readonly #unknown: Owner | undefined;

  constructor(persistence: Persistence, regions: readonly Region[], code: Code, reach: CallGraph, work: WorkKinds) {
    this.#code = code;
    this.#persistence = persistence;
    this.#autoSaving = new Set(persistence.autoSaved.map(({ call }) => call));
    const timers = timersOf(code, reach);
    const isKept = (save: Save): boolean => this.#kindOf(save, regions, timers) !== undefined;
    const restoring = persistence.restores.filter(
      (restore) =>
        restore.store !== 'input' && restore.key !== 'INPUT' && !isOnlySavedLate(restore, persistence, isKept),
    );
    this.#bringing = new Set([...this.#autoSaving, ...restoring.map(({ call }) => call)]);
    this.#mentions = new BackwardSlices(code);
    this.#saved = this.#savedSymbols(regions, timers, work);
    const unknown = persistence.listeners.find(
      (listener) => mayBeMigrationListener(listener) && listener.functions.length === 0,
    );
    this.#unknown = unknown && { kind: 'listener', node: unknown.registration };
  }

  /** What keeps a binding; `undefined` when nothing does. */
  ownerOf(binding: Binding, region: Region, mutations: readonly Mutation[]): Owner | undefined {
    const saved = this.#saved.get(binding.symbol) ?? this.#unknown;
    if (saved !== undefined) return saved;
    const inside = mutations.filter(({ node }) => isInRegion(node, region));
    if (isPartTakenOut(this.#code, binding, inside, this.#autoSaving)) return undefined;
    return this.#restored(binding, region, mutations);
  }

  #savedSymbols(regions: readonly Region[], timers: Timers, work: WorkKinds): ReadonlyMap<ts.Symbol, Owner> {
    const saved = new Map<ts.Symbol, Owner>();
    const keep = (values: readonly ts.Node[], owner: Owner): void => {
      for (const value of values) for (const symbol of this.#mentions.of(value).symbols) saved.set(symbol, owner);
    };
    for (const save of this.#persistence.saves) {
      const kind = this.#kindOf(save, regions, timers);
      if (kind !== undefined) keep(save.parts, { kind, node: save.call });
    }
    for (const { functions, reach: units } of this.#persistence.listeners.filter(mayBeMigrationListener)) {
      // What a listener hands to code that is not the project's own may be saved there.
      for (const call of work.callsIn([...functions, ...units])) {
        if (work.of(call) === 'unknown' && !isListOfCalls(call))
          keep(call.arguments ?? [], { kind: 'listener', node: call });
      }
    }
    for (const { call, initial } of this.#persistence.autoSaved) {
      const owner: Owner = { kind: 'auto-saved', node: call };
      if (initial !== undefined) keep([initial], owner);
    }
    return saved;
  }

  #kindOf(save: Save, regions: readonly Region[], timers: Timers): Owner['kind'] | undefined {
    if (savesBeforeMigration(save, this.#persistence)) return 'listener';
    if (save.store !== 'key-value-store' || !this.#isStateKey(save)) return undefined;
    if (runsIn(save, timers.callbacks, timers.units)) return 'timer';
    return regions.some((region) => isEffectIn(save, region)) ? 'checkpoint' : undefined;
  }

  /** A record per item has a key of its own; state has one key, or a key that is read again. */
  #isStateKey({ keys }: Save): boolean {
    return keys.known.some(
      ({ text }) =>
        !isPattern(text) ||
        this.#persistence.restores.some(({ keys: { known } }) => known.some((read) => read.text === text)),
    );
  }

  /**
   * Whether the value is made from something that survives: a record, a dataset's count, a queue, the SDK's own state.
   * What the region's rounds put in does not count, but for a value that each round reads anew.
   */
  #restored(binding: Binding, region: Region, mutations: readonly Mutation[]): Owner | undefined {
    const changes = mutations.filter(
      ({ node, kind, isWhole }) => !isInRegion(node, region) || (kind === 'set' && isWhole),
    );
    for (const source of [ts.getNameOfDeclaration(binding.declaration), ...changes.map(({ value }) => value)]) {
      if (source === undefined) continue;
      const call = [...this.#mentions.of(source).calls].find((each) => this.#bringing.has(each));
      if (call !== undefined) return { kind: this.#autoSaving.has(call) ? 'auto-saved' : 'restored', node: call };
    }
    return undefined;
  }
}

/** `Promise.all([save(), flush()])`: each of the calls is looked at by itself. */
function isListOfCalls(call: Call): boolean {
  const given = call.arguments ?? [];
  const lists = given.map((each) => bare(each)).filter(ts.isArrayLiteralExpression);
  return given.length > 0 && lists.length === given.length && lists.every(({ elements }) => elements.every(isCalled));
}

function isCalled(expression: ts.Expression): boolean {
  return ts.isCallExpression(awaited(expression));
}

/**
 * A record of this run that only listeners save which no migration calls, such as those of `aborting`: what is read of it after
 * a migration is not what there was.
 */
function isOnlySavedLate(
  { store, storeName, key }: Restore,
  { saves, listeners, autoSaved }: Persistence,
  isKept: (save: Save) => boolean,
): boolean {
  if (store !== 'key-value-store' || storeName !== DEFAULT_STORE || key === undefined) return false;
  const inStore = saves.filter((save) => save.store === store && (save.storeName ?? storeName) === storeName);
  if (inStore.some((save) => save.storeName === undefined || !save.keys.isAll)) return false;
  const own = inStore.filter((save) => save.keys.known.some(({ text }) => text === key));
  if (autoSaved.some((each) => each.storeName === storeName && each.key === key)) return false;
  if (own.length === 0) return false;
  return own.every((save) => !isKept(save) && listeners.some(({ functions, reach }) => runsIn(save, functions, reach)));
}

/** What timers call, and the functions that they run. */
interface Timers {
  readonly callbacks: readonly FunctionNode[];
  readonly units: ReadonlySet<Unit>;
}

function timersOf(code: Code, reach: CallGraph): Timers {
  const callbacks = intervalsOf(code).flatMap((call) => {
    const callback = argumentAt(code, call, { index: 0 });
    return callback === undefined ? [] : code.functionsOf(callback);
  });
  return { callbacks, units: new Set<Unit>([...callbacks, ...reach.from(callbacks)]) };
}
