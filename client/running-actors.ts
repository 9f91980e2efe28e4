import * as vscode from 'vscode';

/** A run that is debugged, as far as others than its session care. */
export interface RunningActor {
  /** The Actor's folder, absolute. */
  readonly folder: string;
  readonly hasVerdict: boolean;
}

/** Which Actors run: told by the debugging part, once it is loaded, to those that were there before. */
export class RunningActors {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  #running: readonly RunningActor[] = [];
  #known = '[]';

  of(folder: string): RunningActor | undefined {
    return this.#running.find((actor) => actor.folder === folder);
  }

  set(running: readonly RunningActor[]): void {
    const known = JSON.stringify(running);
    if (known === this.#known) return;
    this.#known = known;
    this.#running = running;
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
