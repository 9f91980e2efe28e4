/** Lets work go on that nobody waits for. That it fails is a fault of ours: the log of the extension host has it. */
export function inBackground(work: Thenable<unknown>): void {
  work.then(undefined, (error: unknown) => console.error('Actor State:', error));
}
