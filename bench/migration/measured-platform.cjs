/** The platform's process as it is, which beside its work notes what it holds before each migration. */
const { appendFileSync } = require('node:fs');
const path = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

process.on('message', (/** @type {{ call?: string }} */ { call }) => {
  if (call !== 'sendMigrating') return;
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  appendFileSync(process.env['MEMORY_FILE'] ?? '', `${JSON.stringify({ heapUsed, rss })}\n`);
});

// No name that the compiler follows: it is built.
require(path.join(__dirname, '../../dist/platform.cjs'));
