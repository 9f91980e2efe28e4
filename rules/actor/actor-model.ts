import type { ts } from 'ts-morph';

import type { ActorFolder } from '../workspace/actors.ts';
import { Code } from '../flow/code.ts';
import { withImports } from '../program/imported-files.ts';
import { listenersOf } from './listeners/listeners.ts';
import type { Listener } from './listeners/listeners.ts';
import { lossesOf } from './losses/losses.ts';
import type { Loss } from './losses/losses.ts';
import { stateOf } from './state/own-state.ts';
import type { RegionState } from './state/own-state.ts';
import { Ownership } from './owners/ownership.ts';
import { persistenceOf } from './effects/persistence.ts';
import type { Persistence, Save } from './effects/persistence.ts';
import { CallGraph } from '../flow/call-graph.ts';
import { regionsOf } from './regions/regions.ts';
import type { SourceProject } from '../program/source-project.ts';
import { WorkKinds } from './effects/work.ts';

/** An Actor as the rules see it: a view over the program that its entry points reach. */
export interface ActorModel {
  readonly folder: ActorFolder;
  readonly code: Code;
  readonly reach: CallGraph;
  /** The files that the entry points reach; of a shared package, all its sources. */
  readonly files: readonly ts.SourceFile[];
  readonly entryPoints: readonly ts.SourceFile[];
  readonly listeners: readonly Listener[];
  readonly persistence: Persistence;
  /** The long-running regions, each with the bindings that it changes. */
  readonly regions: readonly RegionState[];
  /** What a migration would lose, region by region. */
  readonly losses: readonly Loss[];
  /** What would be lost if these writes were not there. */
  lossesWithout(saves: ReadonlySet<Save>): readonly Loss[];
}

/**
 * Builds the model of an Actor. What costs time is found when a rule first asks for it.
 *
 * @param folder what the disk says of the Actor
 * @param project the sources, of this Actor and of the packages that it shares
 * @param files the Actor's program, as `programOf` gives it
 */
export function modelOf(folder: ActorFolder, project: SourceProject, files: readonly ts.SourceFile[]): ActorModel {
  const code = new Code(project, files);
  const reach = new CallGraph(code);
  const work = new WorkKinds(code);
  const listeners = once(() => listenersOf(code, files, reach));
  const persistence = once(() => persistenceOf(code, files, listeners()));
  const found = once(() => regionsOf(code, files, reach));
  const statesWith = (kept: Persistence): readonly RegionState[] => {
    const ownership = new Ownership(kept, found(), code, reach, work);
    const search = { code, persistence: kept, ownership, work };
    return found().map((region) => ({ region, variables: stateOf(region, search) }));
  };
  const regions = once(() => statesWith(persistence()));
  const losses = once(() => lossesOf(code, regions(), persistence(), work, reach));
  return {
    folder,
    code,
    reach,
    files,
    entryPoints: entriesOf(folder, project),
    get listeners() {
      return listeners();
    },
    get persistence() {
      return persistence();
    },
    get regions() {
      return regions();
    },
    get losses() {
      return losses();
    },
    lossesWithout(saves) {
      const kept = { ...persistence(), saves: persistence().saves.filter((save) => !saves.has(save)) };
      return lossesOf(code, statesWith(kept), kept, work, reach);
    },
  };
}

/** Computes a value when it is first asked for. Where that fails it fails for all who ask, with the same error. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    known ??= attempt(compute);
    if ('error' in known) throw known.error;
    return known.value;
  };
}

function attempt<T>(compute: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: compute() };
  } catch (error) {
    return { error };
  }
}

/** The files that an Actor's entry points reach by import, require, `import()` and workers, entry points first. */
export function programOf(folder: ActorFolder, project: SourceProject): readonly ts.SourceFile[] {
  const reached = withImports(entriesOf(folder, project), (specifier) => project.importedFile(specifier));
  if (reached.length > 0) return reached;
  return folder.sources.flatMap((path) => project.sourceFile(path) ?? []);
}

function entriesOf(folder: ActorFolder, project: SourceProject): readonly ts.SourceFile[] {
  return folder.entryPoints.flatMap((path) => project.sourceFile(path) ?? []);
}
