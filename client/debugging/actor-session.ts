import * as vscode from 'vscode';
import { startRun, RunProblem } from '../../simulator/index.ts';
import type {
  ActorRun,
  ProgramFiles,
  RecordedEvent,
  Recording,
  RunEnd,
  RunState,
  WindowEnd,
} from '../../simulator/index.ts';
import { inBackground } from '../background.ts';
import { tell } from '../notice.ts';
import { ChildSessions } from './child-sessions.ts';
import type { ActorConfiguration } from './configuration.ts';
import { consoleLineOf, endLineOf } from './console-lines.ts';
import { actorEnvironment } from './environment.ts';
import { ParentAdapter, type ParentSession } from './parent-adapter.ts';
import { SessionLauncher } from './session-launcher.ts';

/** A run in a debug session: what stays while its processes come and go. */
export class ActorSession implements ParentSession {
  readonly debugSession: vscode.DebugSession;
  readonly configuration: ActorConfiguration;
  readonly adapter: ParentAdapter;
  readonly children: ChildSessions;
  readonly #programs: ProgramFiles;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Whenever its state or its recording has changed. */
  readonly onDidChange = this.#changes.event;
  /** It has been through a migration; one that was called off, or that a stop cut short, is none. */
  wasMigrated = false;
  #state: RunState = { state: 'starting', process: 1 };
  #recording: Recording | undefined;
  #run: ActorRun | undefined;
  #starting: Promise<void> | undefined;
  #stopping = false;

  constructor(debugSession: vscode.DebugSession, configuration: ActorConfiguration, programs: ProgramFiles) {
    this.debugSession = debugSession;
    this.configuration = configuration;
    this.#programs = programs;
    this.adapter = new ParentAdapter(this);
    this.children = new ChildSessions(debugSession.id, {
      onPause: () => this.#run?.pause(),
      onResume: () => this.#run?.resume(),
      onPrinted: (text) => this.#run?.appendLog(text),
    });
  }

  get name(): string {
    return this.configuration.actorName;
  }

  get state(): RunState {
    return this.#state;
  }

  /** All that was recorded until now; of a run that has ended, all that there ever was. */
  get recording(): Recording | undefined {
    return this.#run?.recording() ?? this.#recording;
  }

  launch(): void {
    this.#starting = this.#start();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#starting;
    await this.#run?.stop();
  }

  /** What is asked of the parent in the Debug Console is about the youngest process: the Actor's own, not npm's. */
  async ask(command: string, argument: unknown): Promise<unknown> {
    const youngest = this.children.running.at(-1);
    return youngest === undefined ? undefined : await youngest.customRequest(command, argument);
  }

  /**
   * Migrates once; a call while the window is open joins it.
   *
   * @throws {RunProblem} where nothing listens
   */
  async migrate(): Promise<WindowEnd> {
    if (this.#run === undefined) throw new RunProblem('never-connected', `${this.name} has not been started yet.`);
    return await this.#run.migrate({ graceMs: this.configuration.graceSeconds * 1000 });
  }

  endWindow(): void {
    this.#run?.endWindow();
  }

  cancelWindow(): void {
    this.#run?.cancelWindow();
  }

  dispose(): void {
    this.#changes.dispose();
    this.adapter.dispose();
    this.children.dispose();
  }

  async #start(): Promise<void> {
    const { cwd, env, latencyMs, storage, startNote } = this.configuration;
    if (startNote !== undefined) this.adapter.print(startNote);
    try {
      const run = await startRun({
        programs: this.#programs,
        actorFolder: cwd,
        storage: { kind: 'project', folder: storage },
        launcher: new SessionLauncher(this.debugSession, this.configuration, this.children),
        environment: actorEnvironment(process.env, env),
        latencyMs,
        onEvent: (event) => this.#happened(event),
        onState: (state) => this.#become(state),
      });
      this.#run = run;
      this.#become(run.state);
      inBackground(run.ended.then((end) => this.#ended(end)));
      if (this.children.isPaused) run.pause();
      if (this.#stopping) await run.stop();
    } catch (error) {
      this.#ended({ how: 'problem', problem: problemOf(error) });
    }
  }

  #happened(event: RecordedEvent): void {
    const line = consoleLineOf(event);
    if (line !== undefined) this.adapter.print(line);
    if (event.kind === 'window-closed' && event.endedBy !== 'cancelled' && event.endedBy !== 'aborted')
      this.wasMigrated = true;
    this.#changes.fire();
  }

  #become(state: RunState): void {
    // What is said of a run that has ended does not bring it back.
    if (this.#state.state === 'ended') return;
    this.#state = state;
    this.#changes.fire();
  }

  #ended(end: RunEnd): void {
    this.#recording = this.#run?.recording();
    this.#become({ state: 'ended', process: this.#state.process, end });
    this.adapter.print(endLineOf(end), end.how === 'problem' ? 'stderr' : 'console');
    if (end.how === 'problem') tell('error', `${this.name}: ${end.problem.message}`);
    this.adapter.end();
  }
}

function problemOf(error: unknown): RunProblem {
  if (error instanceof RunProblem) return error;
  return new RunProblem('not-started', error instanceof Error ? error.message : String(error));
}
