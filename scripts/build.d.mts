/**
 * Builds the bundles whose inputs have changed.
 *
 * @param {{ quiet?: boolean, force?: boolean, only?: string[] }} [options] `only`: names such as `platform`; all without
 * @returns {Promise<{ fresh: boolean }>} whether something was built
 * @throws {Error} with esbuild's messages when a bundle cannot be built
 */
export function build({ quiet, force, only }?: { quiet?: boolean; force?: boolean; only?: string[] }): Promise<{
  fresh: boolean;
}>;
/** The folder of the project. */
export const root: string;
/** esbuild's plugin for `import text from './x.d.ts?raw'`. */
export const rawText: import('esbuild').Plugin;
