import { appendFileSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import Mocha from 'mocha';

/**
 * Tells what happens in the file that ACTOR_STATE_SUITE_EVENTS names, one JSON a line.
 * scripts/vscode-host/suite-events.mjs reads and prints it.
 */
export class EventReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env['ACTOR_STATE_SUITE_EVENTS'];
    if (file === undefined) throw new Error('ACTOR_STATE_SUITE_EVENTS names no file.');
    // The root suite, which has no title, is level 0.
    let depth = -1;
    const tell = (event: object): void => appendFileSync(file, `${JSON.stringify(event)}\n`);
    const of = (test: Mocha.Runnable): object => ({
      title: test.title,
      fullTitle: test.fullTitle(),
      depth: depth + 1,
    });

    runner.on('suite', ({ title }) => {
      depth += 1;
      if (title !== '') tell({ event: 'suite', title, depth });
    });
    runner.on('suite end', () => {
      depth -= 1;
    });
    runner.on('test', (test) => tell({ event: 'start', title: test.fullTitle() }));
    runner.on('pass', (test) => tell({ event: 'passed', ...of(test), milliseconds: test.duration ?? 0 }));
    runner.on('pending', (test) => tell({ event: 'skipped', ...of(test) }));
    runner.on('fail', (test, error: unknown) => tell({ event: 'failed', ...of(test), error: textOf(error) }));
    runner.on('end', () => tell({ event: 'end' }));
  }
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return inSource(stripVTControlCharacters(text));
}

/** Names the suites' own files and lines instead of their bundles': VS Code replaces what Node has for that. */
function inSource(stack: string): string {
  return stack.replaceAll(
    /\(([^()]+\.suite\.cjs):(\d+):(\d+)\)/g,
    (place, file: string, line: string, column: string) => {
      const entry = findSourceMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
      if (entry === undefined || !('originalSource' in entry)) return place;
      return `(${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1})`;
    },
  );
}
