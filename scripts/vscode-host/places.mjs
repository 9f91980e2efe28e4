import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** What is downloaded for the tests (git-ignored, the folder that `@vscode/test-electron` uses too). */
export const downloads = join(root, '.vscode-test');

/** Compiled suites (git-ignored). Inside the repository, so that they find mocha in its node_modules. */
export const compiledSuites = join(root, '.build', 'vscode-suites');

/** Screenshots of the user scripts (git-ignored). */
export const screenshots = join(root, '.screenshots');
