#!/usr/bin/env node
'use strict';
// The program `actor-state`: the language server when it is started as one, else the command line.
// It is a file of its own so that Node's compile cache (22.1 and later) is on before the large one is compiled.
require('node:module').enableCompileCache?.();

const SERVER_ARGUMENTS = /^(?:server$|--stdio$|--node-ipc$|--(?:socket|pipe)(?:=|$))/;

const { run, serve } = require('./core.cjs');
const [first = ''] = process.argv.slice(2);

if (SERVER_ARGUMENTS.test(first)) serve();
else run(__dirname);
