import { defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        include: ['{rules,server,client,cli,bench,test}/**/*.test.ts'],
        exclude: ['**/node_modules/**', 'test/vscode/**', '.vscode-test/**', 'dist/**'],
        // The unit tests wait for conditions, never for a time; the limit only ends a hang.
        testTimeout: 60_000,
    },
    plugins: [
        {
            // The SDK's declarations are text to the analysis, as esbuild's text loader gives them in the bundle.
            name: 'declarations-as-text',
            enforce: 'pre',
            transform: (code, id) => (id.endsWith('.d.ts') ? `export default ${JSON.stringify(code)};` : undefined),
        },
    ],
});
