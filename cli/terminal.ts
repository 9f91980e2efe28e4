import type { Writable } from 'node:stream';
import type { ProgramFiles } from '../simulator/index.ts';

/** A stream to print on; `process.stdout` is one. */
export type Output = Writable & { readonly isTTY?: boolean | undefined };

/** What the command line knows of the process around it, handed in so that a test needs no process. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The working directory: paths are resolved against it and printed relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Makes the process end with 2, though the command has returned: what it printed did not arrive. */
  readonly fail: () => void;
  /** What a migration starts beside the Actor. */
  readonly programs: ProgramFiles;
  /**
   * Calls back when the person presses Ctrl+C, in place of ending the process; a second time ends it all the same.
   *
   * @returns stops listening
   */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/**
 * Whether to colour what goes to `output`. FORCE_COLOR wins over NO_COLOR, as in Node itself; without either, colours
 * are for people at a terminal that knows them.
 */
export function wantsColour(output: Output, env: Terminal['env']): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return output.isTTY === true && terminal !== 'dumb';
}

/**
 * Says when output cannot be written, once. A reader that leaves early (`| head`) is no fault: what it does not want is
 * dropped quietly.
 *
 * @param failed called with a sentence when something else is the matter, such as a full disk
 */
export function watchOutput(output: Output, failed: (sentence: string) => void): void {
  let isSaid = false;
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || isSaid) return;
    isSaid = true;
    failed(`the output could not be written (${error.message}): make room, or write it elsewhere`);
  });
}
