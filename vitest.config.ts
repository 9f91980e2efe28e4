import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{rules,server,client,cli,bench,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/vscode/**', '.vscode-test/**', 'dist/**'],
    // Tests wait for conditions, never for a time; this limit only ends a hang.
    testTimeout: 60_000,
  },
});
