import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import type { ActorStateClient } from './language-client.ts';
import { StatusItem } from './status-item.ts';

let starting: Promise<ActorStateClient> | undefined;

/** Called when the first JavaScript or TypeScript file is opened. Nothing is awaited: the editor must not wait for us. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Actor State', { log: true });
  const status = new StatusItem(vscode);
  const client = startClient(context, output, status);
  starting = client;
  // A client that cannot be loaded leaves nothing to restart; the person sees why.
  client.catch((error: unknown) => {
    output.error(error instanceof Error ? error : String(error));
    status.show({ state: 'crashed', reason: `The extension could not be loaded: ${String(error)}` });
  });
  const restart = async (): Promise<void> => await (await client).restart();
  context.subscriptions.push(output, status, ...registerCommands(vscode, { restart }, output));
}

/** The editor waits for the server to end, for some seconds. */
export async function deactivate(): Promise<void> {
  const client = await starting;
  starting = undefined;
  await client?.stop();
}

/** Loads the client after activation: it takes some ten milliseconds that other extensions would have to wait for. */
async function startClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  status: StatusItem,
): Promise<ActorStateClient> {
  await nextTurn();
  const { ActorStateClient: Client } = await import('./language-client.ts');
  const client = new Client({ vscode, output, status, serverModule: context.asAbsolutePath('dist/actor-state.cjs') });
  context.subscriptions.push(client);
  client.start();
  return client;
}
