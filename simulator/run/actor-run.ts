import type { RecordedEvent, Recording, RestartCause, SuddenCause, Time, WindowEnd } from '../recording.ts';
import { Deferred } from './deferred.ts';
import { Migrations } from './migrations.ts';
import { PlatformLost } from './platform-process.ts';
import { ProcessLife, type Turn } from './process-life.ts';
import { RunProcesses, type RunParts } from './run-processes.ts';
import { problem, problemOf } from './run-end.ts';
import type { ActorRun, ProblemKind, RunEnd, RunState } from './run.ts';
import { endedEarly, neverConnected, RESTARTED_ITSELF, silenceOf } from './silent-actor.ts';

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
  readonly #migrations: Migrations;
  #state: RunState = { state: 'starting', process: 1 };
  #life: ProcessLife;
  /** The next process has been launched, or there will be none. */
  #nextLaunch = new Deferred<void>();
  #pausedSince: Time | undefined;
  /** Why the run ends, once something has said so. */
  #end: RunEnd | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.id = parts.recording.runId;
    this.#processes = new RunProcesses(parts);
    this.#migrations = new Migrations(parts, {
      onWindow: ({ number: process }, remainingMs) =>
        this.#setState({ state: 'window', process, remainingMs, paused: this.#pausedSince !== undefined }),
      onCancelled: ({ number: process }) => this.#setState({ state: 'running', process }),
      restart: async (life, by) => await this.#restart(life, by),
    });
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
    const lived = await this.#liveOn().catch((error: unknown) => this.#end ?? problemOf(error));
    this.#endWith(lived);
    // What cannot be cleared away is told, unless there is worse to tell.
    const clearing = await this.#processes.end().then(() => undefined, problemOf);
    const end = lived.how === 'problem' ? lived : (clearing ?? lived);
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
      this.#migrations.close(life.windowEnd ?? 'exit');
      if (life.isFollowed) this.#setState({ state: 'restarting', process: life.number });
      await this.#processes.leave(life, turn);
      if (turn.turn === 'exit' && !life.isFollowed) return await this.#endByExit(life, turn);
      if (turn.turn === 'end') return turn.end;
      if (this.#end !== undefined) return this.#end;
      this.#life = this.#newLife(life.number + 1);
      this.#setState({ state: 'starting', process: this.#life.number });
    }
  }

  async #endByExit(life: ProcessLife, { exit }: Turn & { turn: 'exit' }): Promise<RunEnd> {
    if (life.called || life.number > 1) return { how: 'exit', exit };
    return problem('ended-early', endedEarly(exit, await silenceOf(this.#parts, life)));
  }

  async #restart(life: ProcessLife, why: RestartCause): Promise<void> {
    const launched = this.#nextLaunch.promise;
    life.end({ turn: 'restart', why });
    await launched;
  }

  /** Takes an event of the platform, which has been recorded. */
  onEvent(event: RecordedEvent): void {
    const life = this.#life;
    if (event.process !== life.number) return;
    if (event.kind === 'first-call') this.#heard(life);
    else if (event.kind === 'connected') this.#connected(life, event.restartedItself === true);
    else if (event.kind === 'frame-sent') this.#migrations.frameSent(life, event);
    else if (event.kind === 'reboot-requested') {
      if (this.#migrations.hasWindow) this.#migrations.close('reboot');
      else life.end({ turn: 'restart', why: 'reboot' });
    } else if (event.kind === 'abort-requested') {
      if (event.gracefully) setTimeout(() => this.#endWith(STOPPED), ABORT_MS).unref();
      else this.#endWith(STOPPED);
    }
  }

  /** The run cannot go on, and ends. */
  fail(kind: ProblemKind, sentence: string): void {
    this.#endWith(problem(kind, sentence));
  }

  #heard(life: ProcessLife): void {
    life.heard();
    // What it restores at its start it has read by now, and not yet written.
    if (life.number > 1) this.#tell(this.#processes.lookAtDisk(life));
  }

  #connected(life: ProcessLife, restartedItself: boolean): void {
    this.#heard(life);
    life.listens = true;
    if (restartedItself) this.fail('watcher', RESTARTED_ITSELF);
    else if (this.#state.state === 'starting') this.#setState({ state: 'running', process: life.number });
  }

  async migrate({ graceMs }: { readonly graceMs: number }): Promise<WindowEnd> {
    return await this.#migrations.migrate(this.#life, { by: 'migration', graceMs });
  }

  async abortGracefully({ graceMs }: { readonly graceMs: number }): Promise<WindowEnd> {
    return await this.#migrations.migrate(this.#life, { by: 'graceful-abort', graceMs });
  }

  async endAtOnce(by: SuddenCause): Promise<void> {
    if (this.#life.over || this.#migrations.hasWindow) return;
    await this.#restart(this.#life, by);
  }

  endWindow(): void {
    this.#migrations.close('user');
  }

  cancelWindow(): void {
    if (!this.#life.isAborted) this.#migrations.close('cancelled');
  }

  pause(): void {
    if (this.#pausedSince !== undefined || this.#state.state === 'ended') return;
    this.#pausedSince = this.#parts.recording.now();
    this.#life.pause();
    this.#holdTime(true, { kind: 'paused', until: undefined }, this.#pausedSince);
  }

  resume(): void {
    const since = this.#pausedSince;
    if (since === undefined || this.#state.state === 'ended') return;
    this.#pausedSince = undefined;
    this.#life.resume();
    this.#holdTime(false, { kind: 'paused', until: this.#parts.recording.now() }, since);
  }

  #holdTime(paused: boolean, event: { kind: 'paused'; until: Time | undefined }, since: Time): void {
    this.#parts.recording.record(this.#life.number, event, since);
    this.#migrations.setPaused(this.#life, paused);
    this.#tell(this.#parts.platform.call(paused ? 'pause' : 'resume'));
  }

  appendLog(text: string): void {
    this.#processes.log(this.#life, text);
  }

  async stop(): Promise<void> {
    this.#endWith(STOPPED);
    await this.ended;
  }

  /** What nobody waits for: when the platform is gone, that ends the run anyway. */
  #tell(done: Promise<void>): void {
    done.catch((error: unknown) => {
      if (!(error instanceof PlatformLost)) this.#endWith(problemOf(error));
    });
  }

  #endWith(end: RunEnd): void {
    this.#end ??= end;
    this.#life.end({ turn: 'end', end: this.#end });
  }

  #newLife(number: number): ProcessLife {
    const limitMs = this.#parts.options.startLimitMs ?? START_LIMIT_MS;
    const paused = this.#pausedSince !== undefined;
    return new ProcessLife(number, limitMs, paused, (life) => void this.#silent(life, limitMs));
  }

  async #silent(life: ProcessLife, limitMs: number): Promise<void> {
    this.fail('never-connected', neverConnected(limitMs, await silenceOf(this.#parts, life)));
  }

  #setState(state: RunState): void {
    this.#state = state;
    this.#parts.options.onState?.(state);
  }
}
