/**
 * What the server knows of the workspace's Actors: the answer to `actorState/actors`. It crosses a process: read it with
 * {@link readActors}. Lines and characters count from 0.
 */
export interface KnownActor {
  /** The URI of its folder. */
  readonly root: string;
  readonly name: string;
  readonly sdk: { readonly package: string; readonly version: string | undefined } | undefined;
  /** The URIs of the modules that it starts with. */
  readonly entryPoints: readonly string[];
  /** Where the work of each entry point begins. */
  readonly starts: readonly Place[];
  readonly listeners: readonly KnownListener[];
  readonly keys: readonly KnownKey[];
}

export interface KnownListener {
  readonly event: string;
  readonly at: Place;
  /** The first thing that it does; `undefined` where that is not known. */
  readonly body: Place | undefined;
}

/** A record of a key-value store, and where the code deals with it. */
export interface KnownKey {
  readonly store: string;
  readonly key: string;
  readonly savedAt: readonly Place[];
  readonly restoredAt: readonly Place[];
  /** The SDK's own keeper of the key, such as `useState`. */
  readonly ownedBy: string | undefined;
  readonly ownedAt: readonly Place[];
}

export interface Place {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** The border: what is no Actor is left out. */
export function readActors(answer: unknown): readonly KnownActor[] {
  return listOf(field(answer, 'actors'), readActor);
}

function readActor(value: unknown): KnownActor | undefined {
  const root = field(value, 'root');
  const name = field(value, 'name');
  if (typeof root !== 'string' || typeof name !== 'string') return undefined;
  const sdk = field(value, 'sdk');
  const sdkPackage = field(sdk, 'package');
  const version = field(sdk, 'version');
  return {
    root,
    name,
    sdk:
      typeof sdkPackage === 'string'
        ? { package: sdkPackage, version: typeof version === 'string' ? version : undefined }
        : undefined,
    entryPoints: listOf(field(value, 'entryPoints'), (each) => (typeof each === 'string' ? each : undefined)),
    starts: listOf(field(value, 'starts'), readPlace),
    listeners: listOf(field(value, 'listeners'), readListener),
    keys: listOf(field(value, 'keys'), readKey),
  };
}

function readListener(value: unknown): KnownListener | undefined {
  const event = field(value, 'event');
  const at = readPlace(field(value, 'at'));
  if (typeof event !== 'string' || at === undefined) return undefined;
  return { event, at, body: readPlace(field(value, 'body')) };
}

function readKey(value: unknown): KnownKey | undefined {
  const store = field(value, 'store');
  const key = field(value, 'key');
  const ownedBy = field(value, 'ownedBy');
  if (typeof store !== 'string' || typeof key !== 'string') return undefined;
  return {
    store,
    key,
    savedAt: listOf(field(value, 'savedAt'), readPlace),
    restoredAt: listOf(field(value, 'restoredAt'), readPlace),
    ownedBy: typeof ownedBy === 'string' ? ownedBy : undefined,
    ownedAt: listOf(field(value, 'ownedAt'), readPlace),
  };
}

function readPlace(value: unknown): Place | undefined {
  const uri = field(value, 'uri');
  const range = field(value, 'range');
  const start = readPosition(field(range, 'start'));
  const end = readPosition(field(range, 'end'));
  return typeof uri === 'string' && start && end ? { uri, range: { start, end } } : undefined;
}

function readPosition(value: unknown): Position | undefined {
  const line = field(value, 'line');
  const character = field(value, 'character');
  return typeof line === 'number' && typeof character === 'number' ? { line, character } : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function listOf<Item>(value: unknown, read: (each: unknown) => Item | undefined): readonly Item[] {
  return Array.isArray(value) ? value.map(read).filter((each): each is Item => each !== undefined) : [];
}
