#!/usr/bin/env node
/**
 * Measures the language server beside TypeScript's own, tsserver, as an editor meets them, on the same files in one run: from
 * the start to the first findings of an opened file, from an edit to the findings after it, and the memory that they hold.
 *
 *   node bench/server/run.mjs [--files 1000] [--edits 200] [--runs 3] [--only actor-state]
 *
 * `--edits 10000 --runs 1 --only actor-state` shows whether memory stays flat. Build first.
 */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { median, memoryOf, percentile } from '../measure.mjs';
import { EDITED_FILE, writeSyntheticActors } from '../synthetic-actors.mjs';
import { table } from '../table.mjs';
import { startLanguageServer } from './language-server.mjs';
import { startTsserver } from './tsserver.mjs';

/** @typedef {import('./language-server.mjs').Editor} Editor */
/** @typedef {{ first: number, edits: readonly number[], memory: readonly (number | undefined)[] }} Session in ms and MB */

/** Edits that are made one more mistake each, before the file is as it was: so that a text does not grow without end. */
const ROUND = 50;
/** How often memory is looked at in a session. */
const LOOKS = 10;

/** @type {Readonly<Record<string, (folder: string, file: string) => Promise<Editor>>>} */
const SERVERS = { 'actor-state': startLanguageServer, tsserver: startTsserver };

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    edits: { type: 'string', default: '200' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
});
const { files, edits, runs } = { files: Number(values.files), edits: Number(values.edits), runs: Number(values.runs) };

/**
 * @param {(folder: string, file: string) => Promise<Editor>} start
 * @param {string} folder
 * @param {number} count
 * @returns {Promise<Session>}
 */
const session = async (start, folder, count) => {
  const original = readFileSync(join(folder, EDITED_FILE), 'utf8');
  const started = performance.now();
  const editor = await start(folder, EDITED_FILE);
  try {
    const none = await editor.open(original);
    const first = performance.now() - started;
    await editor.settled();
    const times = [];
    const memory = [];
    const each = (await editor.change(original + mistake(0))) - none;
    for (let edit = 0; edit < count; edit += 1) {
      const mistakes = edit % ROUND;
      const text = original + Array.from({ length: mistakes }, (_, index) => mistake(index)).join('');
      const before = performance.now();
      const found = await editor.change(text);
      times.push(performance.now() - before);
      if (each < 1 || found !== none + mistakes * each) {
        throw new Error(
          `After edit ${edit} there are ${found} findings, not ${none + mistakes * each}: times say nothing.`,
        );
      }
      if ((edit + 1) % Math.ceil(count / LOOKS) === 0) memory.push(memoryOf(editor.pid));
    }
    return { first, edits: times, memory };
  } finally {
    await editor.close();
  }
};

/** A mistake for both: a write that nobody waits for, and a name that is nowhere. @param {number} index */
const mistake = (index) =>
  `router.addHandler('E${index}', async ({ pushData }) => {\n  pushData({ edit: missing${index} });\n});\n`;

/** @param {string} name @param {readonly Session[]} sessions */
const row = (name, sessions) => {
  const times = sessions.flatMap((each) => each.edits);
  const last = sessions.map(({ memory }) => memory.at(-1)).filter((megabytes) => megabytes !== undefined);
  return [
    name,
    median(sessions.map(({ first }) => first)).toFixed(0),
    median(times).toFixed(1),
    percentile(times, 0.95).toFixed(1),
    last.length === 0 ? '–' : median(last).toFixed(0),
  ];
};

/** Without it tsserver would take every file for a project of its own, and say nothing of JavaScript. @param {string} folder */
const writeProject = (folder) => {
  const compilerOptions = {
    allowJs: true,
    checkJs: true,
    module: 'preserve',
    target: 'es2022',
    noEmit: true,
    types: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*'] }));
};

if (![files, edits, runs].every((each) => Number.isInteger(each)) || files < 4 || edits < 1 || runs < 1) {
  console.error('--files takes a whole number from 4, --edits and --runs one from 1.');
  process.exitCode = 2;
} else {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'actor-state-server-bench-')));
  try {
    const written = writeSyntheticActors(workspace, files);
    writeProject(workspace);
    const servers = Object.entries(SERVERS).filter(([name]) => values.only === undefined || values.only === name);
    /** @type {Map<string, Session[]>} */
    const sessions = new Map(servers.map(([name]) => [name, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const [name, start] of servers) sessions.get(name)?.push(await session(start, workspace, edits));
    }
    console.log(`${written} files, ${edits} edits, ${runs} runs in turns, Node ${process.version}\n`);
    const heading = ['server', 'first findings ms', 'edit ms, median', '95th percentile', 'MB'];
    console.log(table([heading, ...[...sessions].map(([name, each]) => row(name, each))]).join('\n'));
    for (const [name, [each]] of sessions) {
      console.log(
        `\n${name}: MB on the way ${each?.memory.map((megabytes) => megabytes?.toFixed(0) ?? '–').join(' ')}`,
      );
    }
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
