import type { ActorWorkspace } from './actor-workspace.ts';
import { locationOf } from './program/locations.ts';
import type { Location } from './program/locations.ts';
import type { ActorModel } from './actor/actor-model.ts';
import { ANY_EVENT } from './actor/listeners/listeners.ts';
import { keySummariesOf } from './actor/keys/key-graph.ts';
import type { KeySummary } from './actor/keys/key-graph.ts';
import type { RegionState } from './actor/state/own-state.ts';
import { headOf } from './actor/regions/region-head.ts';
import type { RegionKind } from './actor/regions/regions.ts';

/** Why something is reported of an Actor, or why nothing is. */
export interface ActorExplanation {
  readonly root: string;
  readonly name: string;
  readonly kind: 'actor' | 'shared package';
  readonly sdk: { readonly package: string; readonly version: string | undefined; readonly from: string } | undefined;
  readonly entryPoints: readonly string[];
  readonly files: readonly string[];
  readonly listeners: readonly { readonly event: string; readonly at: Location }[];
  readonly regions: readonly RegionExplanation[];
  readonly keys: readonly KeySummary[];
}

export interface RegionExplanation {
  readonly kind: RegionKind;
  readonly at: Location;
  readonly state: readonly StateExplanation[];
}

export interface StateExplanation {
  readonly name: string;
  readonly at: Location;
  readonly changedAt: readonly Location[];
  /** What depends on it; empty where it does not matter. */
  readonly matters: readonly string[];
  readonly owner: { readonly kind: string; readonly at: Location } | undefined;
}

/** Tells of each Actor what the rules go by: its entry points, regions, state and owners, listeners and keys. */
export async function explain(workspace: ActorWorkspace): Promise<readonly ActorExplanation[]> {
  return workspace.models().map(explainActor);
}

function explainActor(actor: ActorModel): ActorExplanation {
  const { root, name, kind, sdk, entryPoints } = actor.folder;
  return {
    root,
    name,
    kind,
    sdk: sdk && { package: sdk.package, version: sdk.version, from: sdk.from },
    entryPoints,
    files: actor.files.map(({ fileName }) => fileName),
    listeners: actor.persistence.listeners.map(({ event, registration }) => ({
      event: event ?? ANY_EVENT,
      at: locationOf(registration.expression),
    })),
    regions: actor.regions.map(explainRegion),
    keys: keySummariesOf(actor),
  };
}

function explainRegion({ region, variables }: RegionState): RegionExplanation {
  return {
    kind: region.kind,
    at: locationOf(headOf(region).node),
    state: variables.map(({ binding, mutations, significance, owner }) => ({
      name: binding.name,
      at: locationOf(binding.declaration),
      changedAt: [...new Set(mutations.map(({ node }) => node))].map((node) => locationOf(node)),
      matters: [
        ...[...significance.decides].map((guarded) => `decides about ${guarded}`),
        ...(significance.output.length > 0 ? ['is output'] : []),
        ...(significance.exitStatus.length > 0 ? ['decides the exit status'] : []),
        ...(significance.position.length > 0 ? ['says where the work is'] : []),
      ],
      owner: owner && { kind: owner.kind, at: locationOf(owner.node) },
    })),
  };
}
