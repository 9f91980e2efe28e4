#!/usr/bin/env node
'use strict';
// The program `actor-state`: the language server when it is started as one, else the command line.
// It is a file of its own so that a cache of compiled code is on before the large one is compiled.
const { enableCompileCache } = require('node:module');
const path = require('node:path');
const { requireCompiled } = require('./compiled.cjs');

const SERVER_ARGUMENTS = /^(?:server$|--stdio$|--node-ipc$|--(?:socket|pipe)(?:=|$))/;

enableCompileCache?.();
const { run, serve } =
  enableCompileCache === undefined ? requireCompiled(path.join(__dirname, 'core.cjs')) : require('./core.cjs');
const [first = ''] = process.argv.slice(2);

if (SERVER_ARGUMENTS.test(first)) serve();
else run(__dirname);
