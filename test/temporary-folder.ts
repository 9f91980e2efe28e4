import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives all tests of a run one temporary folder, and takes it away after the last: whatever a test leaves, also one that
 * failed, goes with it. Workers and the processes that tests start inherit it.
 */
export default function temporaryFolder(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'actor-state-tests-')));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
