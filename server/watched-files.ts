import { FileChangeType, WatchKind, type FileEvent, type FileSystemWatcher } from 'vscode-languageserver/node';
import { toFile } from './uris.ts';

/** What the client is asked to watch. */
export const WATCHERS: readonly FileSystemWatcher[] = [
  { globPattern: '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}' },
  { globPattern: '**/{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock}' },
  { globPattern: '**/{tsconfig,jsconfig}*.json' },
  { globPattern: '**/.actor/**' },
  { globPattern: '**/{Dockerfile,.gitignore,.actorignore}' },
  // A folder that goes is told of as one path, which none of the above matches.
  { globPattern: '**/*', kind: WatchKind.Delete },
];

const RELEVANT =
  /\.(?:[cm]?[jt]s|[jt]sx)$|\/(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|Dockerfile|\.gitignore|\.actorignore)$|\/[jt]sconfig[^/]*\.json$|\/\.actor(?:\/|$)/;

/** Of what is installed, only the SDK's own package.json says something: its version. */
const INSTALLED_SDK = /\/node_modules\/(?:apify|crawlee|@crawlee\/[^/]+)\/package\.json$/;

/** The paths among a client's events that can change a finding. Clients send more than they were asked for. */
export function relevantPaths(events: readonly FileEvent[]): readonly string[] {
  return events.flatMap(({ uri, type }) => {
    const file = toFile(uri);
    return file !== undefined && isRelevant(file, type === FileChangeType.Deleted) ? [file] : [];
  });
}

function isRelevant(file: string, isDeleted: boolean): boolean {
  if (file.includes('/node_modules/')) return INSTALLED_SDK.test(file);
  if (file.includes('/.git/')) return false;
  return RELEVANT.test(file) || (isDeleted && looksLikeFolder(file));
}

/** What is gone cannot be asked what it was. */
function looksLikeFolder(path: string): boolean {
  return !/\/[^/]+\.[^/]+$/.test(path);
}
