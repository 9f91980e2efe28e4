import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { until, uriOf, workspaceFolder } from './editor.ts';

/** What the extension packages itself find: `apify`, `crawlee` and `tsx` are installed in the repository. */
export async function linkPackages(): Promise<void> {
  const extension = vscode.extensions.getExtension('actor-state.actor-state');
  if (extension === undefined) throw new Error('The extension is not there.');
  const link = path.join(path.dirname(workspaceFolder().uri.fsPath), 'node_modules');
  if (!existsSync(link)) await symlink(path.join(extension.extensionPath, 'node_modules'), link, 'junction');
}

/** Writes the input of a sample Actor, where a local run finds it. */
export async function writeInput(sample: string, input: object): Promise<void> {
  const folder = uriOf(`${sample}/storage/key_value_stores/default`).fsPath;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'INPUT.json'), JSON.stringify(input));
}

/** Items of a sample's default dataset on the disk. */
export function itemsOf(sample: string): readonly { readonly id: number }[] {
  const folder = uriOf(`${sample}/storage/datasets/default`).fsPath;
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^\d+\.json$/.test(name))
        .toSorted()
    : [];
  return files.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
}

const onDocument: vscode.Event<unknown> = (listener) =>
  vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(listener),
    vscode.workspace.onDidOpenTextDocument(listener),
  );

function verdicts(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'actor-state');
}

/** Sees what the sessions of Actors say while a test runs, and the verdict on its run. */
export class Watch {
  readonly #known = new Set(verdicts().map(({ uri }) => uri.toString()));
  readonly lines: string[] = [];
  readonly stops: vscode.DebugSession[] = [];
  readonly #changes = new vscode.EventEmitter<void>();
  #goesOn = false;
  readonly #trackers = ['apify-actor', 'pwa-node'].map((type) =>
    vscode.debug.registerDebugAdapterTrackerFactory(type, {
      createDebugAdapterTracker: (session) => ({
        onDidSendMessage: (message: unknown) => this.#hear(message, session),
      }),
    }),
  );

  /** Fulfilled when a line has been printed. */
  async until(pattern: RegExp): Promise<string> {
    const find = (): string | undefined => this.lines.find((line) => pattern.test(line));
    return await until(this.#changes.event, find, `the line ${pattern.source}`, () => this.lines.join(''));
  }

  /** Fulfilled with the session that is stopped by the debugger for the nth time, once the window shows where. */
  async stopped(times = 1): Promise<vscode.DebugSession> {
    const find = (): vscode.DebugSession | undefined => this.stops[times - 1];
    const now = (): string => this.lines.join('');
    const session = await until(this.#changes.event, find, `stop ${times} of the debugger`, now);
    const isShown = (): true | undefined => vscode.debug.activeStackItem?.session.id === session.id || undefined;
    await until(vscode.debug.onDidChangeActiveStackItem, isShown, 'the place of the stop', now);
    return session;
  }

  /**
   * Lets the stopped Actor go on, without its breakpoints. The SDK calls a listener twice: where the second call comes before
   * the debugger has taken the breakpoint away, it goes on from there too.
   */
  async goOn(): Promise<void> {
    this.#goesOn = true;
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
  }

  /** The text of the verdict on this test's run, once it says what is waited for. */
  async verdict(pattern: RegExp): Promise<string> {
    await vscode.commands.executeCommand('actorState.showVerdictAsText');
    const texts = (): readonly string[] =>
      verdicts()
        .filter(({ uri }) => !this.#known.has(uri.toString()))
        .map((document) => document.getText());
    const find = (): string | undefined => texts().find((text) => pattern.test(text));
    return await until(onDocument, find, `a verdict with ${pattern.source}`, () => texts().join('\n---\n'));
  }

  dispose(): void {
    for (const tracker of this.#trackers) tracker.dispose();
    this.#changes.dispose();
  }

  #hear(message: unknown, session: vscode.DebugSession): void {
    if (typeof message !== 'object' || message === null || !('event' in message)) return;
    const body: unknown = 'body' in message ? message.body : undefined;
    if (message.event === 'stopped') {
      this.stops.push(session);
      if (this.#goesOn && typeof body === 'object' && body !== null && 'threadId' in body)
        void session.customRequest('continue', { threadId: body.threadId });
    }
    if (message.event === 'output' && typeof body === 'object' && body !== null && 'output' in body) {
      if (!('category' in body) || body.category !== 'telemetry') this.lines.push(String(body.output));
    }
    this.#changes.fire();
  }
}

/** Starts a sample as F5 with a launch.json does, and gives the session that stays. */
export async function debugActor(
  sample: string,
  more: object = {},
  options: vscode.DebugSessionOptions = {},
): Promise<vscode.DebugSession> {
  const started = new Promise<vscode.DebugSession>((resolve) => {
    const subscription = vscode.debug.onDidStartDebugSession((session) => {
      if (session.type !== 'apify-actor') return;
      subscription.dispose();
      resolve(session);
    });
  });
  const configuration = {
    type: 'apify-actor',
    request: 'launch',
    name: sample,
    cwd: uriOf(sample).fsPath,
    graceSeconds: 5,
    ...more,
  };
  if (!(await vscode.debug.startDebugging(workspaceFolder(), configuration, options)))
    throw new Error(`${sample} was not started.`);
  return await started;
}

/** Fulfilled when a session has ended. */
export async function ended(session: vscode.DebugSession): Promise<void> {
  await new Promise<void>((resolve) => {
    const subscription = vscode.debug.onDidTerminateDebugSession(({ id }) => {
      if (id !== session.id) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** What is left of the runs of this window: processes that are marked as theirs, platforms, folders. */
export function leftovers(): readonly string[] {
  const runs = readdirSync(tmpdir())
    .filter((name) => name.startsWith('actor-state-'))
    .flatMap((name) => readdirSync(path.join(tmpdir(), name)).map((run) => path.join(name, run)));
  return [...processes(), ...runs];
}

function processes(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const [, parent] = readFileSync(`/proc/${pid}/stat`, 'latin1')
          .replace(/^.*\) /s, '')
          .split(' ');
        const isMarked = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ACTOR_STATE_RUN_FOLDER=${tmpdir()}`);
        const isPlatform = parent === String(process.pid) && command.includes('platform.cjs');
        return isMarked || isPlatform ? [`process ${pid}: ${command}`] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

/** Fulfilled when nothing of any run is left. */
export async function nothingLeft(): Promise<void> {
  const limit = Date.now() + 15_000;
  while (leftovers().length > 0) {
    if (Date.now() > limit) throw new Error(`Left behind:\n${leftovers().join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
