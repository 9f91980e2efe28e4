import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Analysis, Finding, TextEdit } from '../../rules/index.ts';
import type { Engine } from '../folder-analysis.ts';

/** A finding for what a test is not about. */
export function finding(file: string, more: Partial<Finding> = {}): Finding {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
  return { file, ruleId: 'a-rule', severity: 'warning', message: 'Lost.', range, related: [], fixes: [], ...more };
}

/** An analysis that finds each text that says "lost", and does so in as many steps as it is told. */
export class FakeEngine implements Engine {
  readonly texts = new Map<string, string>();
  readonly calls: string[] = [];
  disposed = false;
  /** An engine that is past its last look at the signal. */
  noticesAbort = true;
  /** Set to hold the next analysis until `release` is called. */
  held: Promise<void> | undefined;

  setDocument(file: string, text: string): void {
    this.calls.push(`text ${file}`);
    this.texts.set(file, text);
  }

  closeDocument(file: string): void {
    this.calls.push(`close ${file}`);
    this.texts.delete(file);
  }

  filesChanged(paths: readonly string[]): void {
    this.calls.push(`changed ${paths.join(' ')}`);
  }

  async analyse(_settings: unknown, signal?: AbortSignal): Promise<Analysis> {
    this.calls.push('analyse');
    await (this.held ?? nextTurn());
    if (this.noticesAbort) signal?.throwIfAborted();
    const files = [...this.texts.keys()];
    const findings = files.filter((file) => this.texts.get(file)?.includes('lost')).map((file) => finding(file));
    if ([...this.texts.values()].includes('fault')) throw new Error('a fault of the analysis');
    return { actors: [], findings, suppressed: [], unfixed: [], notices: [], files };
  }

  edit({ file, range }: Finding): readonly TextEdit[] {
    return [{ file, range, newText: 'kept' }];
  }

  suppress({ file, range }: Finding): TextEdit {
    return { file, range: { start: range.start, end: range.start }, newText: '// meant to be\n' };
  }

  textOf(file: string): string | undefined {
    return this.texts.get(file);
  }

  dispose(): void {
    this.disposed = true;
  }

  /** Holds the analyses from now on. @returns what lets them go on */
  hold(): () => void {
    const gate = new EventEmitter();
    this.held = once(gate, 'open').then(() => undefined);
    return () => {
      this.held = undefined;
      gate.emit('open');
    };
  }
}
