import type { ActorExplanation, KeySummary, Location, SavePlace } from '../../rules/index.ts';
import { printed } from '../paths.ts';

type Region = ActorExplanation['regions'][number];
type State = Region['state'][number];

const VERSION_SOURCES: Readonly<Record<string, string>> = {
  'lock file': 'by the lock file',
  range: 'by package.json',
  import: 'by its imports',
};

/** For people: an Actor a block, each long-running region with its state, who keeps it and what depends on it. */
export function explanationText(actors: readonly ActorExplanation[], cwd: string): string {
  return actors.map((actor) => `${actorLines(actor, cwd).join('\n')}\n`).join('\n');
}

function actorLines(actor: ActorExplanation, cwd: string): readonly string[] {
  const { sdk, listeners, regions, keys } = actor;
  const version = sdk === undefined ? 'no SDK found' : `${sdk.package} ${versionWords(sdk)}`;
  const entries = actor.entryPoints.map((file) => printed(file, cwd));
  return [
    `${actor.name} (${printed(actor.root, cwd)}): ${actor.kind}, ${version}`,
    ...section('entry point', entries.length > 0 ? entries : ['none found']),
    ...section('files', [`${actor.files.length} in its program`]),
    ...section(
      'listeners',
      listeners.length > 0 ? listeners.map(({ event, at }) => `${event}  ${place(at, cwd)}`) : ['none'],
    ),
    ...section(
      'long-running',
      regions.length > 0
        ? regions.flatMap((region) => regionLines(region, cwd))
        : ['nothing: no code that runs again and again, so there is no progress to lose'],
    ),
    ...section('keys', keys.length > 0 ? keys.map((key) => keyLine(key, cwd)) : ['none']),
  ];
}

function versionWords({ version, from }: NonNullable<ActorExplanation['sdk']>): string {
  return version === undefined ? 'of unknown version' : `${version} (${VERSION_SOURCES[from] ?? from})`;
}

function regionLines({ kind, at, state }: Region, cwd: string): readonly string[] {
  const head = `${kind}  ${place(at, cwd)}`;
  return state.length === 0
    ? [`${head}: changes no state of its own`]
    : [head, ...state.flatMap((one) => stateLines(one, cwd)).map((line) => `  ${line}`)];
}

function stateLines({ name, at, changedAt, matters, owner }: State, cwd: string): readonly string[] {
  const kept = owner === undefined ? 'kept by nobody' : `kept (${owner.kind}, ${place(owner.at, cwd)})`;
  const changes = changedAt.map((location) => (location.file === at.file ? short(location) : place(location, cwd)));
  return [
    `${name}  ${place(at, cwd)}: ${kept}`,
    `  changed at ${changes.join(', ')}; ${matters.length > 0 ? matters.join(', ') : 'nothing depends on it'}`,
  ];
}

function keyLine({ store, key, savedAt, restoredAt, ownedBy, isComplete }: KeySummary, cwd: string): string {
  const list = (places: readonly Location[]): string => places.map((location) => place(location, cwd)).join(', ');
  const saves = savedAt.map((save) => [place(save, cwd), ...occasionsOf(save)].join(' ')).join(', ');
  const never = isComplete ? 'never' : 'not seen to be';
  const isOwned = ownedBy.length > 0;
  const parts = [
    isOwned ? `kept by ${ownedBy.join(' and ')}` : undefined,
    savedAt.length > 0 ? `saved ${saves}` : isOwned ? undefined : `${never} saved`,
    restoredAt.length > 0 ? `restored ${list(restoredAt)}` : isOwned ? undefined : `${never} restored`,
  ];
  return `${store} / ${key}: ${parts.filter((part) => part !== undefined).join('; ')}`;
}

/** `(migrating, request handlers)` */
function occasionsOf({ on }: SavePlace): readonly string[] {
  return on.length > 0 ? [`(${on.join(', ')})`] : [];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(13)} ${line}`);
}

function place(location: Location, cwd: string): string {
  return `${printed(location.file, cwd)}:${short(location)}`;
}

function short({ range: { start } }: Location): string {
  return `${start.line + 1}:${start.character + 1}`;
}
