import { readFile } from 'node:fs/promises';

/**
 * What the suites in VS Code tell, one JSON a line in a file: the one way out of VS Code that every host has.
 * test/vscode/suite/events.ts writes them.
 *
 * @typedef {{ event: 'suite', title: string, depth: number }
 *   | { event: 'start', title: string }
 *   | { event: 'passed', title: string, fullTitle: string, depth: number, milliseconds: number }
 *   | { event: 'skipped', title: string, fullTitle: string, depth: number }
 *   | { event: 'failed', title: string, fullTitle: string, depth: number, error: string }
 *   | { event: 'end' }} SuiteEvent
 */

/**
 * Prints the events of a file while they come.
 *
 * @param {string} file
 * @param {import('./leaving.mjs').Defer} defer
 * @returns {() => Promise<readonly SuiteEvent[]>} reads the rest and gives all of them
 */
export function followEvents(file, defer) {
  /** @type {SuiteEvent[]} */
  const events = [];
  const readOn = async () => {
    const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
    for (const line of lines.slice(events.length)) {
      /** @type {SuiteEvent} */
      const event = JSON.parse(line);
      events.push(event);
      print(event);
    }
    return events;
  };
  let reading = Promise.resolve(/** @type {readonly SuiteEvent[]} */ (events));
  const readInTurn = () => (reading = reading.then(readOn));
  const timer = setInterval(() => void readInTurn().catch(() => clearInterval(timer)), 200);
  defer(() => clearInterval(timer));
  return readInTurn;
}

/** @param {SuiteEvent} event */
function print(event) {
  if (event.event === 'start' || event.event === 'end') return;
  const indent = '  '.repeat(event.depth);
  if (event.event === 'suite') console.log(`${indent}${event.title}`);
  else if (event.event === 'passed') console.log(`${indent}✔ ${event.title} (${event.milliseconds} ms)`);
  else if (event.event === 'skipped') console.log(`${indent}- ${event.title} (skipped)`);
  else console.log(`${indent}✘ ${event.title}\n${event.error.replaceAll(/^/gm, `${indent}    `)}`);
}

/**
 * @param {readonly SuiteEvent[]} events
 * @returns {string} what was going on when the events stopped
 */
export function lastThing(events) {
  const last = events.at(-1);
  if (last === undefined) return 'before the first test';
  return last.event === 'start' ? `in "${last.title}"` : `after "${'title' in last ? last.title : 'the end'}"`;
}
