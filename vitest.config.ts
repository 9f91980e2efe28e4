import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{rules,simulator,server,client,cli,bench,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/vscode/**', '.vscode-test/**', 'dist/**'],
    globalSetup: ['test/temporary-folder.ts'],
    // Tests wait for conditions, never for a time; this limit only ends a hang.
    testTimeout: 180_000,
    // What a test needs may have to be installed first, and once.
    hookTimeout: 180_000,
    // The compiler is loaded once for each worker and not for each file; no test changes what another one could see. All
    // cores work: many tests wait for a process.
    pool: 'threads',
    isolate: false,
    maxWorkers: '100%',
    // Of those in one file that wait for processes at the same time.
    maxConcurrency: 3,
  },
});
