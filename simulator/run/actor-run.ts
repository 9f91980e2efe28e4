import { toldProcesses } from '../platform/processes.ts';
import type { FrameSent, RecordedEvent, Recording, Time, WindowEnd } from '../recording.ts';
import { Deferred } from './deferred.ts';
import { GraceWindow } from './grace-window.ts';
import { PlatformLost } from './platform-process.ts';
import { ProcessLife, type Turn } from './process-life.ts';
import { RunProcesses, type RunParts } from './run-processes.ts';
import { RunProblem, type ActorRun, type ProblemKind, type RunEnd, type RunState } from './run.ts';
import { endedEarly, neverConnected, type Silence } from './silent-actor.ts';

const START_LIMIT_MS = 60_000;
/** How long an Actor may take to end that has aborted its run gracefully. */
const ABORT_MS = 30_000;
const STOPPED: RunEnd = { how: 'stopped' };

/** The life of a run: process after process, each until something ends it; see {@link ActorRun}. */
export class SteppedRun implements ActorRun {
  readonly id: string;
  /** Fulfilled when the first process has been launched, or when the run has ended without. */
  readonly begun: Promise<void>;
  readonly ended: Promise<RunEnd>;
  readonly #parts: RunParts;
  readonly #processes: RunProcesses;
  #state: RunState = { state: 'starting', process: 1 };
  #life: ProcessLife;
  #window: GraceWindow | undefined;
  #migration: Promise<WindowEnd> | undefined;
  /** The next process has been launched, or there will be none. */
  #nextLaunch = new Deferred<void>();
  #graceMs = 0;
  #paused = false;
  #pausedSince: Time = 0;
  /** Why the run ends, once something has said so. */
  #end: RunEnd | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.id = parts.recording.runId;
    this.#processes = new RunProcesses(parts);
    this.#life = this.#newLife(1);
    this.begun = this.#nextLaunch.promise;
    this.ended = this.#live();
  }

  get state(): RunState {
    return this.#state;
  }

  recording(): Recording {
    return this.#parts.recording.recording();
  }

  async #live(): Promise<RunEnd> {
    const end = await this.#liveOn().catch((error: unknown) => this.#end ?? problemOf(error));
    this.#life.end({ turn: 'end', end });
    this.#window?.end('aborted');
    await this.#processes.end();
    this.#setState({ state: 'ended', process: this.#life.number, end });
    this.#nextLaunch.resolve();
    return end;
  }

  async #liveOn(): Promise<RunEnd> {
    for (;;) {
      const life = this.#life;
      await this.#processes.launch(life);
      this.#nextLaunch.resolve();
      this.#nextLaunch = new Deferred();
      const turn = await life.turn;
      this.#window?.end(life.windowEnd ?? 'exit');
      if (turn.turn === 'restart') this.#setState({ state: 'restarting', process: life.number });
      await this.#processes.leave(life, turn);
      if (turn.turn === 'exit') return await this.#endByExit(life, turn);
      if (turn.turn === 'end') return turn.end;
      if (this.#end !== undefined) return this.#end;
      this.#life = this.#newLife(life.number + 1);
      this.#setState({ state: 'starting', process: this.#life.number });
    }
  }

  async #endByExit(life: ProcessLife, { exit }: Turn & { turn: 'exit' }): Promise<RunEnd> {
    if (life.called || life.number > 1) return { how: 'exit', exit };
    return problem('ended-early', endedEarly(exit, await this.#silence(life)));
  }

  /** Takes an event of the platform, which has been recorded. */
  onEvent(event: RecordedEvent): void {
    const life = this.#life;
    if (event.process !== life.number) return;
    if (event.kind === 'first-call') life.heard();
    else if (event.kind === 'connected') this.#connected(life, event.restartedItself === true);
    else if (event.kind === 'frame-sent' && event.name === 'migrating') this.#openWindow(life, event);
    else if (event.kind === 'reboot-requested') {
      if (this.#window === undefined) life.end({ turn: 'restart', why: 'reboot' });
      else this.#window.end('reboot');
    } else if (event.kind === 'abort-requested') {
      if (event.gracefully) setTimeout(() => this.#endWith(STOPPED), ABORT_MS).unref();
      else this.#endWith(STOPPED);
    }
  }

  /** The platform cannot go on. */
  onTrouble(sentence: string): void {
    this.#fail('storage', sentence);
  }

  onLost(lost: Error): void {
    this.#fail('platform-lost', lost.message);
  }

  #connected(life: ProcessLife, restartedItself: boolean): void {
    life.heard();
    life.listens = true;
    if (restartedItself)
      this.#fail(
        'watcher',
        'The Actor was restarted by something else than this run, such as a watcher or a process manager: after a kill nobody could tell whose restart it is. Start it with a command that runs it once.',
      );
    else if (this.#state.state === 'starting') this.#setState({ state: 'running', process: life.number });
  }

  async migrate({ graceMs }: { readonly graceMs: number }): Promise<WindowEnd> {
    this.#migration ??= this.#migrateOnce(graceMs).finally(() => (this.#migration = undefined));
    return await this.#migration;
  }

  async #migrateOnce(graceMs: number): Promise<WindowEnd> {
    const life = this.#life;
    const { platform, recording } = this.#parts;
    if (!life.listens || life.over)
      throw new RunProblem(
        'never-connected',
        'The Actor does not listen for events, so it cannot be migrated now. Wait until it has come past `await Actor.init()`.',
      );
    this.#graceMs = graceMs;
    await platform.call('sendMigrating', { graceMs }).catch((error: unknown) => {
      throw new RunProblem('never-connected', error instanceof Error ? error.message : String(error));
    });
    const endedBy = (await this.#window?.over) ?? 'aborted';
    this.#window = undefined;
    recording.record(life.number, { kind: 'window-closed', endedBy });
    if (endedBy === 'cancelled') {
      await platform.call('refuseReboots');
      this.#setState({ state: 'running', process: life.number });
    } else if (endedBy === 'reboot' || endedBy === 'deadline' || endedBy === 'user') {
      const launched = this.#nextLaunch.promise;
      life.end({ turn: 'restart', why: 'migration' });
      await launched;
    }
    return endedBy;
  }

  #openWindow(life: ProcessLife, { at }: FrameSent): void {
    const graceMs = this.#graceMs;
    this.#parts.recording.record(life.number, { kind: 'window-opened', graceMs }, at);
    this.#window = new GraceWindow(graceMs, this.#paused, () => this.#tellWindow());
    // The process may have ended while its frame was on the way.
    if (life.windowEnd !== undefined) this.#window.end(life.windowEnd);
    this.#tellWindow();
  }

  endWindow(): void {
    this.#window?.end('user');
  }

  cancelWindow(): void {
    this.#window?.end('cancelled');
  }

  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#setPaused(false);
  }

  #setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    const { platform, recording } = this.#parts;
    const since = paused ? recording.now() : this.#pausedSince;
    this.#pausedSince = since;
    recording.record(this.#life.number, { kind: 'paused', until: paused ? undefined : recording.now() }, since);
    const act = paused ? 'pause' : 'resume';
    this.#life[act]();
    this.#window?.[act]();
    this.#tell(platform.call(act));
    this.#tellWindow();
  }

  appendLog(text: string): void {
    this.#life.printed = true;
    this.#tell(this.#parts.platform.call('appendLog', { text }));
  }

  async stop(): Promise<void> {
    this.#endWith(STOPPED);
    await this.ended;
  }

  /** A call that nobody waits for: when the platform is gone, that ends the run anyway. */
  #tell(call: Promise<void>): void {
    call.catch((error: unknown) => {
      if (!(error instanceof PlatformLost)) this.#endWith(problemOf(error));
    });
  }

  #endWith(end: RunEnd): void {
    this.#end ??= end;
    this.#window?.end('aborted');
    this.#life.end({ turn: 'end', end: this.#end });
  }

  #fail(kind: ProblemKind, sentence: string): void {
    this.#endWith(problem(kind, sentence));
  }

  #newLife(number: number): ProcessLife {
    const limitMs = this.#parts.options.startLimitMs ?? START_LIMIT_MS;
    const life: ProcessLife = new ProcessLife(number, limitMs, this.#paused, () => void this.#silent(life, limitMs));
    return life;
  }

  async #silent(life: ProcessLife, limitMs: number): Promise<void> {
    this.#fail('never-connected', neverConnected(limitMs, await this.#silence(life)));
  }

  async #silence({ printed }: ProcessLife): Promise<Silence> {
    const { folder, options } = this.#parts;
    const nodeRan = (await toldProcesses(folder.path)).length > 0;
    return { actorFolder: options.actorFolder, printed, nodeRan };
  }

  #tellWindow(): void {
    const { number: process } = this.#life;
    const remainingMs = this.#window?.remainingMs;
    if (remainingMs !== undefined) this.#setState({ state: 'window', process, remainingMs, paused: this.#paused });
  }

  #setState(state: RunState): void {
    this.#state = state;
    this.#parts.options.onState?.(state);
  }
}

function problem(kind: ProblemKind, sentence: string): RunEnd {
  return { how: 'problem', problem: new RunProblem(kind, sentence) };
}

/** An error that is no problem of the Actor's came from the platform, and says so itself. */
function problemOf(error: unknown): RunEnd {
  if (error instanceof RunProblem) return { how: 'problem', problem: error };
  return problem('platform-lost', error instanceof Error ? error.message : String(error));
}
