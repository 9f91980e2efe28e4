import * as vscode from 'vscode';
import type { Launch, Launched, Launcher } from '../../simulator/run/launcher.ts';
import type { ChildSessions } from './child-sessions.ts';
import type { ActorConfiguration } from './configuration.ts';
import { toldExit } from './process-exit.ts';

/** Starts the processes of a run as sessions of js-debug, below the session of the run. */
export class SessionLauncher implements Launcher {
  readonly #parent: vscode.DebugSession;
  readonly #configuration: ActorConfiguration;
  readonly #children: ChildSessions;

  constructor(parent: vscode.DebugSession, configuration: ActorConfiguration, children: ChildSessions) {
    this.#parent = parent;
    this.#configuration = configuration;
    this.#children = children;
  }

  async start({ number, environment }: Launch): Promise<Launched> {
    const told = await toldExit(environment);
    const process = this.#children.expect();
    const started = await vscode.debug.startDebugging(
      this.#parent.workspaceFolder,
      childConfiguration(number, this.#configuration, told.environment),
      {
        parentSession: this.#parent,
        consoleMode: vscode.DebugConsoleMode.MergeWithParent,
        lifecycleManagedByParent: true,
        suppressSaveBeforeStart: true,
        noDebug: this.#parent.configuration['noDebug'] === true,
      },
    );
    if (!started) {
      const { runtimeExecutable } = this.#configuration.start;
      throw new Error(
        `VS Code could not start \`${runtimeExecutable}\` under the debugger: see its message. Is it installed, and on the PATH of VS Code?`,
      );
    }
    return { exited: process.ended.then(told.exit), stop: process.close };
  }
}

/** @param environment the whole of it: what the editor has and the process shall not is taken out by name */
function childConfiguration(
  number: number,
  { cwd, start, passedOn }: ActorConfiguration,
  environment: Readonly<Record<string, string>>,
): vscode.DebugConfiguration {
  const takenOut = Object.keys(process.env).filter((name) => !(name in environment));
  return {
    skipFiles: ['<node_internals>/**'],
    ...passedOn,
    type: 'pwa-node',
    request: 'launch',
    name: `process ${number}`,
    cwd,
    ...start,
    env: { ...Object.fromEntries(takenOut.map((name) => [name, null])), ...environment },
    autoAttachChildProcesses: true,
    // Asked nicely an Actor may take its time, and the run has killed it already.
    killBehavior: 'forceful',
    internalConsoleOptions: 'neverOpen',
  };
}
