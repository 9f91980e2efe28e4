import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ActorContext } from './actor-context.ts';
import { inBackground } from './background.ts';
import { CodeLenses } from './code-lenses.ts';
import { registerCommands } from './commands.ts';
import type { ActorStateClient } from './language-client.ts';
import { registerDebugging } from './lazy-debugging.ts';
import { RunningActors } from './running-actors.ts';
import { StatusItem } from './status-item.ts';
import type { Status } from './status.ts';

let starting: Promise<ActorStateClient> | undefined;

/**
 * Called when the first JavaScript or TypeScript file is opened, or an Actor is to be debugged. Nothing is awaited: the
 * editor must not wait for us.
 */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Actor State', { log: true });
  const statusItem = new StatusItem(vscode);
  const running = new RunningActors();
  const show = (status: Status): void => {
    statusItem.show(status);
    // From now on the server answers for another text.
    if (status.state !== 'ready' && status.state !== 'off') return;
    lenses.refresh();
    inBackground(inActor.refresh());
  };
  const client = startClient(context, output, { show });
  starting = client;
  // A client that cannot be loaded leaves nothing to restart; the person sees why.
  client.catch((error: unknown) => {
    output.error(error instanceof Error ? error : String(error));
    statusItem.show({ state: 'crashed', reason: `The extension could not be loaded: ${String(error)}` });
  });
  const actors = async () => await (await client).actors();
  const lenses = new CodeLenses(actors, running);
  const inActor = new ActorContext(actors);
  const restart = async (): Promise<void> => await (await client).restart();
  context.subscriptions.push(
    output,
    statusItem,
    running,
    lenses,
    inActor,
    ...registerCommands(vscode, { restart }, output),
  );
  context.subscriptions.push(...registerDebugging({ context, actors, running }));
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
  status: { show(status: Status): void },
): Promise<ActorStateClient> {
  await nextTurn();
  const { ActorStateClient: Client } = await import('./language-client.ts');
  const client = new Client({ vscode, output, status, serverModule: context.asAbsolutePath('dist/actor-state.cjs') });
  context.subscriptions.push(client);
  client.start();
  return client;
}
