'use strict';
// Starts VS Code's server out of an older code-server, which took the part that starts it away from server-main.js.
// Takes the arguments of VS Code's own.

const events = require('node:events');
const { createServer } = require('node:http');
const { loadCodeWithNls } = require('./server-main.js');

async function start() {
  const code = await loadCodeWithNls();
  const commands = ['--version', '--install-extension', '--list-extensions'];
  if (commands.some((command) => process.argv.includes(command))) {
    await code.spawnCli();
    return;
  }
  const http = createServer();
  http.listen(0, '127.0.0.1');
  await events.once(http, 'listening');
  const address = http.address();
  const server = await code.createServer(address);
  http.on('request', (request, response) => server.handleRequest(request, response));
  http.on('upgrade', (request, socket) => server.handleUpgrade(request, socket));
  console.log(`Extension host agent listening on ${address.port}`);
}

start().catch((error) => {
  console.error(error);
  process.exit(1);
});
