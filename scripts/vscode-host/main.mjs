// Runs what is tested in a real VS Code, on the extension as it is now: `node scripts/vscode-host/main.mjs [--only part]`.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../build.mjs';
import { root } from './places.mjs';
import { testInVsCode } from './test-in-vscode.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    extension: { type: 'string', default: root },
    workspace: { type: 'string', default: join(root, 'test-workspace') },
  },
});
if (values.extension === root) await build({ quiet: true });
const { passed, failed, skipped } = await testInVsCode({
  only: values.only,
  extensionPath: values.extension,
  workspacePath: values.workspace,
});
for (const what of skipped) console.log(`Skipped: ${what}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
