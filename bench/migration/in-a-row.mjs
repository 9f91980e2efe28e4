import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { median } from '../measure.mjs';
import { table } from '../table.mjs';
import { ACTOR } from './actor.mjs';
import { restartsOf } from './restarts.mjs';

const { actorFolder } = await tsImport('../../simulator/testing/actor-folder.ts', import.meta.url);
const { programs } = await tsImport('../../simulator/testing/migrate-actor.ts', import.meta.url);

/**
 * Migrates one Actor so many times and prints what is lost, left and grown.
 *
 * @param {number} migrations
 * @returns whether nothing is lost and nothing left
 */
export async function inARow(migrations) {
  const acknowledged = new Set();
  const server = createServer((request, response) => {
    acknowledged.add((request.url ?? '').slice(1));
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const actor = await actorFolder({ files: { 'src/main.js': ACTOR } });
  const notes = mkdtempSync(join(tmpdir(), 'memory-'));
  const file = join(notes, 'memory.jsonl');
  // The platform inherits it.
  process.env['MEMORY_FILE'] = file;
  const { took, left, output } = await restartsOf(actor.path, ['node', 'src/main.js'], migrations, {
    environment: { ACKNOWLEDGED: `http://127.0.0.1:${port}/` },
    programs: { ...programs(), platform: join(import.meta.dirname, 'measured-platform.cjs') },
  });
  server.close();
  const storage = join(actor.path, 'storage');
  const stored = new Set(jsonIn(join(storage, 'datasets', 'default')).map(({ item }) => item));
  const lost = [...acknowledged].filter((item) => !stored.has(item)).length;
  const { processes } = JSON.parse(readFileSync(join(storage, 'key_value_stores', 'default', 'STATE.json'), 'utf8'));
  const forgotten = migrations + 1 - processes;
  const memory = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  await actor.remove();
  rmSync(notes, { recursive: true, force: true });

  console.log(`\n${took.length} migrations in a row of one Actor, restart ${median(took).toFixed(0)} ms (median)`);
  console.log(`acknowledged items  ${acknowledged.size}, lost ${lost}`);
  console.log(`state               saved at ${migrations} migrations, lost ${forgotten}`);
  console.log(`left behind         ${left.length === 0 ? 'no process, no folder' : left.join(', ')}`);
  const logged = (output.length / migrations / 1024).toFixed(2);
  console.log(
    "\nWhat the platform's process holds after a garbage collection, before a migration (MB), and how it grows in the last",
  );
  console.log(`quarter (kB a migration, of which the run's log, which is kept, is ${logged}):\n`);
  const rows = [
    ['', 'first', '1/4', '1/2', '3/4', 'last', 'growth'],
    growth(
      'heap',
      memory.map(({ heapUsed }) => heapUsed),
    ),
    growth(
      'resident',
      memory.map(({ rss }) => rss),
    ),
  ];
  for (const line of table(rows)) console.log(line);
  return lost === 0 && forgotten === 0 && left.length === 0 && took.length === migrations;
}

/** @param {string} folder */
function jsonIn(folder) {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('__'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/**
 * A row of the table. The growth is that of the last quarter: before, code is compiled, and V8 makes room for young objects in
 * steps of some megabytes.
 *
 * @param {string} name
 * @param {readonly number[]} bytes of each migration
 */
function growth(name, bytes) {
  const shown = [0, 0.25, 0.5, 0.75, 1].map((part) => bytes[Math.round(part * (bytes.length - 1))]);
  return [
    name,
    ...shown.map((value = Number.NaN) => (value / 2 ** 20).toFixed(1)),
    (slope(bytes.slice(Math.floor(bytes.length * 0.75))) / 1024).toFixed(2),
  ];
}

/** Of the straight line that fits best. @param {readonly number[]} values */
function slope(values) {
  const meanX = (values.length - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [over, under] = values.reduce(
    ([above, below], value, x) => [above + (x - meanX) * (value - meanY), below + (x - meanX) ** 2],
    [0, 0],
  );
  return over / under;
}
