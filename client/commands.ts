import type * as vscode from 'vscode';

/** The commands of the manifest, by what they do. */
export const COMMANDS = {
  restart: 'actorState.restart',
  showOutput: 'actorState.showOutput',
  debugActor: 'actorState.debugActor',
  simulateMigration: 'actorState.simulateMigration',
  simulateAndStop: 'actorState.simulateMigrationAndStop',
  endGracePeriod: 'actorState.endGracePeriod',
  showVerdict: 'actorState.showVerdict',
  showVerdictAsText: 'actorState.showVerdictAsText',
} as const;

export interface Restartable {
  restart(): Promise<void>;
}

/** @param editor the `vscode` module, or as much of it as a test needs */
export function registerCommands(
  editor: { readonly commands: Pick<typeof vscode.commands, 'registerCommand'> },
  client: Restartable,
  output: Pick<vscode.LogOutputChannel, 'show'>,
): readonly vscode.Disposable[] {
  return [
    editor.commands.registerCommand(COMMANDS.restart, async () => await client.restart()),
    editor.commands.registerCommand(COMMANDS.showOutput, () => output.show()),
  ];
}
