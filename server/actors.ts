import type { CancellationToken } from 'vscode-languageserver/node';
import type { ActorSummary, Location, Range } from '../rules/index.ts';
import { answer } from './cancellation.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { toUri } from './uris.ts';

/** The request for the Actors of all folders: no parameters, an {@link ActorsAnswer}. */
export const ACTORS = 'actorState/actors';

/** Plain values, for a client of any make. */
export interface ActorsAnswer {
  readonly actors: readonly ActorMessage[];
}

export interface ActorMessage {
  /** The URI of the Actor's folder. */
  readonly root: string;
  readonly name: string;
  readonly sdk: { readonly package: string; readonly version: string | undefined } | undefined;
  /** The URIs of the modules that it starts with. */
  readonly entryPoints: readonly string[];
  /** Where the work of each entry point begins. */
  readonly starts: readonly Place[];
  /** `body` is the first thing that a listener does, where it is known. */
  readonly listeners: readonly { readonly event: string; readonly at: Place; readonly body: Place | undefined }[];
  /** The key graph: where each record is saved, restored, or given to a keeper such as `useState`. */
  readonly keys: readonly {
    readonly store: string;
    readonly key: string;
    /** `on`: the events and long-running regions that run the save. */
    readonly savedAt: readonly (Place & { readonly on: readonly string[] })[];
    readonly restoredAt: readonly Place[];
    readonly ownedBy: string | undefined;
    readonly ownedAt: readonly Place[];
  }[];
}

/** As the Language Server Protocol writes a place. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/**
 * The Actors of the newest text. A folder that is turned off or could not be analysed has none.
 *
 * @throws {ResponseError} when the request is cancelled
 */
export async function actorsIn(
  folders: Folders,
  documents: Documents,
  token: CancellationToken,
): Promise<ActorsAnswer> {
  return await answer(token, async (signal) => {
    const actors: ActorMessage[] = [];
    for (const folder of folders.all()) {
      await folder.current(signal);
      if (folder.state.kind !== 'ready') continue;
      actors.push(...folder.state.analysis.actors.map((actor) => messageOf(actor, documents)));
    }
    return { actors };
  });
}

function messageOf(actor: ActorSummary, documents: Documents): ActorMessage {
  const place = ({ file, range }: Location): Place => ({ uri: documents.uriOf(file), range });
  return {
    root: toUri(actor.root),
    name: actor.name,
    sdk: actor.sdk,
    entryPoints: actor.entryPoints.map((file) => documents.uriOf(file)),
    starts: actor.starts.map(place),
    listeners: actor.listeners.map(({ event, at, body }) => ({ event, at: place(at), body: body && place(body) })),
    keys: actor.keys.map(({ store, key, savedAt, restoredAt, ownedBy, ownedAt }) => ({
      store,
      key,
      savedAt: savedAt.map((save) => ({ ...place(save), on: save.on })),
      restoredAt: restoredAt.map(place),
      ownedBy: ownedBy.length > 0 ? ownedBy.join(', ') : undefined,
      ownedAt: ownedAt.map(place),
    })),
  };
}
