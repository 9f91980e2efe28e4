import { relative, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { KnownActor } from '../actors.ts';
import { tell } from '../notice.ts';
import { filesOnDisk, hasBrokenManifest, isFolder } from './actor-files.ts';
import { DEBUG_TYPE } from '../debug-type.ts';
import { DEFAULT_GRACE_SECONDS, DEFAULT_LATENCY_MS, faultOf } from './configuration.ts';
import { actorsMeant, type FoundActor } from './find-actor.ts';
import { startCommandOf } from './start-command.ts';
import { isTrusted } from './trust.ts';

/** Turns what a person wrote, or nothing at all, into a configuration that has everything. */
export class ActorConfigurationProvider implements vscode.DebugConfigurationProvider {
  readonly #actors: () => Promise<readonly KnownActor[]>;

  /** @param actors what the server knows; empty where it cannot say */
  constructor(actors: () => Promise<readonly KnownActor[]>) {
    this.#actors = actors;
  }

  /**
   * Those that VS Code offers by themselves: one for each Actor.
   *
   * @param folder VS Code asks for each one, and once for none at all
   */
  async provideDebugConfigurations(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.DebugConfiguration[]> {
    if (folder === undefined) return [];
    const workspaceFolders = [folder.uri.fsPath];
    const known = (await this.#known()).filter((actor) => isIn(actor, folder));
    const actors = actorsMeant({ activeFile: undefined, workspaceFolders, known, files: filesOnDisk });
    return actors.map((actor) => configurationOf(actor, folder));
  }

  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    written: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration {
    // F5 without a launch.json hands over an empty one.
    return { ...written, type: DEBUG_TYPE, request: 'launch', name: written.name || 'Debug Actor' };
  }

  /** @returns `undefined` where it cannot be started; the person has been told why */
  async resolveDebugConfigurationWithSubstitutedVariables(
    around: vscode.WorkspaceFolder | undefined,
    written: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (!isTrusted()) return undefined;
    const fault = faultOf(written);
    if (fault !== undefined) return refuse(`The launch configuration "${written.name}" cannot be used: ${fault}`);
    const actor = await this.#actorOf(written, around ?? vscode.workspace.workspaceFolders?.[0]);
    if (actor === undefined) return undefined;
    if (hasBrokenManifest(actor.folder))
      return refuse(`The package.json in ${actor.folder} is not valid JSON, so nothing starts there. Mend it first.`);
    const answer = startCommandOf({
      folder: actor.folder,
      written,
      entryPoints: actor.entryPoints,
      files: filesOnDisk,
    });
    if ('problem' in answer) return refuse(answer.problem, answer.install === true ? actor.folder : undefined);
    const settings = vscode.workspace.getConfiguration('actorState.migration', vscode.Uri.file(actor.folder));
    return {
      graceSeconds: settings.get('graceSeconds', DEFAULT_GRACE_SECONDS),
      latencyMs: DEFAULT_LATENCY_MS,
      ...written,
      storage: resolve(actor.folder, typeof written['storage'] === 'string' ? written['storage'] : 'storage'),
      cwd: actor.folder,
      actorName: actor.name,
      startNote: answer.note,
      ...answer.start,
    };
  }

  /** The Actor that is meant: the one that is named, the one around the active file, the only one, or the one picked. */
  async #actorOf(
    { cwd, name }: vscode.DebugConfiguration,
    around: vscode.WorkspaceFolder | undefined,
  ): Promise<FoundActor | undefined> {
    const known = await this.#known();
    if (typeof cwd === 'string') {
      const folder = vscode.Uri.file(resolve(around?.uri.fsPath ?? '/', cwd)).fsPath;
      if (!isFolder(folder))
        return refuse(`There is no folder ${folder}. Check "cwd" in the launch configuration "${name}".`);
      return (
        known.find((actor) => actor.folder === folder) ?? {
          folder,
          name: filesOnDisk.manifestIn(folder)?.name ?? folder,
          entryPoints: [],
        }
      );
    }
    const meant = actorsMeant({ activeFile: activeFile(), workspaceFolders: openFolders(), known, files: filesOnDisk });
    if (meant.length === 0) {
      return refuse(
        'There is no Actor here to debug: an Actor is a folder with `.actor/actor.json`, or with a package.json that depends on `apify` or `crawlee`. Open one, or one of its files.',
      );
    }
    return meant.length === 1 ? meant[0] : await pickActor(meant);
  }

  async #known(): Promise<readonly FoundActor[]> {
    const actors = await this.#actors();
    return actors.map(({ root, name, entryPoints }) => ({
      folder: vscode.Uri.parse(root).fsPath,
      name,
      entryPoints: entryPoints.map((uri) => vscode.Uri.parse(uri).fsPath),
    }));
  }
}

/** A launch configuration for one Actor, as it would stand in a launch.json of the folder around it. */
function configurationOf(actor: FoundActor, { uri }: vscode.WorkspaceFolder): vscode.DebugConfiguration {
  const path = relative(uri.fsPath, actor.folder).replaceAll('\\', '/');
  const cwd = path === '' ? '${workspaceFolder}' : `\${workspaceFolder}/${path}`;
  return { type: DEBUG_TYPE, request: 'launch', name: `Debug Actor: ${actor.name}`, cwd };
}

function isIn({ folder }: FoundActor, { index }: vscode.WorkspaceFolder): boolean {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder))?.index === index;
}

async function pickActor(actors: readonly FoundActor[]): Promise<FoundActor | undefined> {
  const items = actors.map((actor) => ({
    label: actor.name,
    description: vscode.workspace.asRelativePath(actor.folder),
    actor,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Which Actor shall be debugged?',
    matchOnDescription: true,
  });
  return picked?.actor;
}

function activeFile(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}

function openFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}

/** Says why nothing is started. @param install the folder in which something is to be installed first */
function refuse(sentence: string, install?: string): undefined {
  const openTerminal = async (): Promise<void> =>
    vscode.window.createTerminal({ cwd: install ?? '', name: 'Actor' }).show();
  tell('error', sentence, install === undefined ? {} : { 'Open Terminal': openTerminal });
  return undefined;
}
