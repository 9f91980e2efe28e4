import * as vscode from 'vscode';
import type { KnownActor } from './actors.ts';
import { COMMANDS } from './commands.ts';
import { DEBUG_TYPE } from './debug-type.ts';
import type { Debugging } from './debugging/index.ts';
import type { RunningActors } from './running-actors.ts';

export interface DebuggingParts {
  readonly context: vscode.ExtensionContext;
  readonly actors: () => Promise<readonly KnownActor[]>;
  readonly running: RunningActors;
}

/** Registers all that has to do with debugging Actors; what does it is loaded when something of it is first asked for. */
export function registerDebugging({ context, actors, running }: DebuggingParts): readonly vscode.Disposable[] {
  let loading: Promise<Debugging> | undefined;
  const load = async (): Promise<Debugging> => {
    const { Debugging: Loaded } = await import('./debugging/index.ts');
    const programs = {
      platform: context.asAbsolutePath('dist/platform.cjs'),
      preload: context.asAbsolutePath('dist/preload.cjs'),
    };
    const debugging = new Loaded({ programs, actors, running });
    context.subscriptions.push(debugging);
    return debugging;
  };
  const debugging = async (): Promise<Debugging> => await (loading ??= load());
  const offered: vscode.DebugConfigurationProvider = {
    provideDebugConfigurations: async (folder) =>
      await (await debugging()).configurations.provideDebugConfigurations(folder),
  };
  const provider: vscode.DebugConfigurationProvider = {
    ...offered,
    resolveDebugConfiguration: async (folder, written) =>
      (await debugging()).configurations.resolveDebugConfiguration(folder, written),
    resolveDebugConfigurationWithSubstitutedVariables: async (folder, written) =>
      await (await debugging()).configurations.resolveDebugConfigurationWithSubstitutedVariables(folder, written),
  };
  const command = (name: string, run: (part: Debugging, argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, async (argument: unknown) => await run(await debugging(), argument));
  return [
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider),
    vscode.debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      offered,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: async (session) =>
        new vscode.DebugAdapterInlineImplementation((await debugging()).sessions.begin(session)),
    }),
    command(COMMANDS.debugActor, (part, argument) => part.debugActor(argument)),
    command(COMMANDS.simulateMigration, (part, argument) => part.migrations.simulate(argument)),
    command(COMMANDS.simulateAndStop, (part, argument) => part.migrations.simulateAndStop(argument)),
    command(COMMANDS.endGracePeriod, (part, argument) => part.migrations.endGracePeriod(argument)),
    command(COMMANDS.showVerdict, (part, argument) => part.verdicts.show('page', argument)),
    command(COMMANDS.showVerdictAsText, (part, argument) => part.verdicts.show('text', argument)),
  ];
}
