import type { ChildProcess } from 'node:child_process';
import { vi } from 'vitest';

/** A process of the Actor, and what it prints. */
export class ActorProcess {
  readonly process: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  output = '';

  constructor(child: ChildProcess) {
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  }

  /** Fulfilled when the text was printed. */
  async printed(text: string): Promise<void> {
    await vi.waitFor(
      () => {
        if (!this.output.includes(text)) throw new Error(`"${text}" was not printed, but:\n${this.output}`);
      },
      { timeout: 30_000, interval: 5 },
    );
  }

  /** The value that it printed as JSON, on a line that begins with the name. */
  async value(name: string): Promise<unknown> {
    const line = new RegExp(`^${name} (.*)\\n`, 'm');
    const text = await vi.waitFor(
      () => {
        const found = line.exec(this.output)?.[1];
        if (found === undefined) throw new Error(`${name} was not printed, but:\n${this.output}`);
        return found;
      },
      { timeout: 30_000, interval: 5 },
    );
    return JSON.parse(text);
  }
}
