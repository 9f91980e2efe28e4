import type { Writable } from 'node:stream';

/** A stream to print on; `process.stdout` is one. */
export type Output = Writable & { readonly isTTY?: boolean | undefined };

/** What the command line knows of the process around it, handed in so that a test needs no process. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The working directory: paths are resolved against it and printed relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
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

/** A reader that leaves early (`| head`) is no fault: what it does not want is dropped quietly. */
export function endQuietlyOnBrokenPipe(output: Output): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
