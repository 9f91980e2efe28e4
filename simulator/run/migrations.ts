import type { AnnouncedCause, FrameSent, WindowEnd } from '../recording.ts';
import { GraceWindow } from './grace-window.ts';
import { PlatformLost } from './platform-process.ts';
import type { ProcessLife } from './process-life.ts';
import type { RunParts } from './run-processes.ts';
import { RunProblem } from './run.ts';

/** What the Actor is told, and how long it has. */
export interface Announcement {
  readonly by: AnnouncedCause;
  readonly graceMs: number;
}

export interface MigrationFollower {
  /** The window has opened, or a second of it has passed. */
  onWindow(life: ProcessLife, remainingMs: number): void;
  /** The window was called off: the process lives on. */
  onCancelled(life: ProcessLife): void;
  /** Kills the process and starts the next; fulfilled when that is launched, or when the run has ended. */
  restart(life: ProcessLife, by: AnnouncedCause): Promise<void>;
}

/** The migrations and graceful aborts of a run, one at a time: the frame, the window, and what the window's end leads to. */
export class Migrations {
  readonly #parts: RunParts;
  readonly #follower: MigrationFollower;
  #underWay: Promise<WindowEnd> | undefined;
  #window: GraceWindow | undefined;
  /** Until its frame has been sent. */
  #announced: Announcement | undefined;
  #paused = false;

  constructor(parts: RunParts, follower: MigrationFollower) {
    this.#parts = parts;
    this.#follower = follower;
  }

  /** @throws {RunProblem} `never-connected` where no process listens for events */
  async migrate(life: ProcessLife, announcement: Announcement): Promise<WindowEnd> {
    this.#underWay ??= this.#migrateOnce(life, announcement).finally(() => (this.#underWay = undefined));
    return await this.#underWay;
  }

  async #migrateOnce(life: ProcessLife, announcement: Announcement): Promise<WindowEnd> {
    const { recording, platform } = this.#parts;
    const { by } = announcement;
    if (!life.listens || life.over) throw new RunProblem('never-connected', NOT_LISTENING);
    this.#announced = announcement;
    await this.#announce(announcement).catch((error: unknown) => {
      this.#announced = undefined;
      const isPlatformThere = !(error instanceof PlatformLost);
      if (isPlatformThere && !life.over) recording.record(life.number, { kind: 'no-listener', by });
      throw new RunProblem('never-connected', error instanceof Error ? error.message : NOT_LISTENING);
    });
    // The frame's event came before the answer to the call, and has opened it.
    const endedBy = (await this.#window?.over) ?? 'aborted';
    this.#window = undefined;
    recording.record(life.number, { kind: 'window-closed', endedBy });
    if (endedBy === 'cancelled') {
      await platform.call('refuseReboots');
      this.#follower.onCancelled(life);
    } else if (endedBy === 'reboot' || endedBy === 'deadline' || endedBy === 'user') {
      await this.#follower.restart(life, by);
    }
    return endedBy;
  }

  async #announce({ by, graceMs }: Announcement): Promise<void> {
    const { platform } = this.#parts;
    await (by === 'migration' ? platform.call('sendMigrating', { graceMs }) : platform.call('sendAborting'));
  }

  /** The platform has sent the frame: now the window opens. */
  frameSent(life: ProcessLife, { at }: FrameSent): void {
    // An Actor that aborts its own run is told so too: that opens no window.
    if (this.#announced === undefined) return;
    const { by, graceMs } = this.#announced;
    this.#announced = undefined;
    life.isAborted = by === 'graceful-abort';
    this.#parts.recording.record(life.number, { kind: 'window-opened', by, graceMs }, at);
    const window = new GraceWindow(graceMs, this.#paused, () => this.#tell(life, window));
    this.#window = window;
    // The process may have ended while its frame was on the way.
    if (life.windowEnd !== undefined) window.end(life.windowEnd);
    this.#tell(life, window);
  }

  get hasWindow(): boolean {
    return this.#window !== undefined;
  }

  /** Ends the open window, if there is one. */
  close(by: WindowEnd): void {
    this.#window?.end(by);
  }

  setPaused(life: ProcessLife, paused: boolean): void {
    this.#paused = paused;
    if (this.#window === undefined) return;
    this.#window[paused ? 'pause' : 'resume']();
    this.#tell(life, this.#window);
  }

  #tell(life: ProcessLife, window: GraceWindow): void {
    this.#follower.onWindow(life, window.remainingMs);
  }
}

const NOT_LISTENING =
  'The Actor does not listen for events, so it cannot be migrated now. Wait until it has come past `await Actor.init()`, or to `Apify.main` before SDK 3.';
