// Runs what is tested in a real VS Code, on the extension as it is now: `node scripts/vscode-host/main.mjs [--only part]`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { parseArgs } from 'node:util';
import { root } from './places.mjs';
import { testInVsCode } from './test-in-vscode.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    extension: { type: 'string', default: root },
    workspace: { type: 'string', default: join(root, 'test-workspace') },
  },
});
if (values.extension === root)
  execFileSync(execPath, [join(root, 'scripts/build.mjs'), '--quiet'], { stdio: 'inherit' });
const { passed, failed, skipped } = await testInVsCode({
  only: values.only,
  extensionPath: values.extension,
  workspacePath: values.workspace,
});
for (const what of skipped) console.log(`Skipped: ${what}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
