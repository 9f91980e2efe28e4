'use strict';
// Stands in for the native module @vscode/native-watchdog of VS Code's server, so that the test host needs no C++
// compiler. The real one ends an extension host whose server died, even when its event loop is blocked; VS Code checks
// the same every second in JavaScript, and the test host ends the whole process group.

exports.start = () => {};
exports.exit = (code) => process.exit(code ?? 0);
