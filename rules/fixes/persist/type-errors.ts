import { Project, ts } from 'ts-morph';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import apify3 from '../../sdk/apify-3.d.ts?raw';
import apifyClient from '../../sdk/apify-client.d.ts?raw';
import apifyLegacy from '../../sdk/apify-legacy.d.ts?raw';
import crawlee3 from '../../sdk/crawlee-3.d.ts?raw';

const GLOBALS = `
declare const console: { log(...values: any[]): void };
interface Response { ok: boolean; status: number; json(): Promise<any>; text(): Promise<string> }
declare function fetch(url: string): Promise<Response>;
declare function setTimeout(callback: (value?: any) => void, milliseconds: number): any;
declare function require(name: string): any;
`;

/** For tests: what TypeScript, at its strictest, says of a small Actor; of JavaScript what it says by default. */
export function typeErrorsOf(files: Readonly<Record<string, string>>, sdk: FixtureSdk): readonly string[] {
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: {
      strict: Object.keys(files).some((name) => name.endsWith('.ts')),
      allowJs: true,
      checkJs: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
      module: ts.ModuleKind.Preserve,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
      skipLibCheck: true,
    },
  });
  const generation = sdk.startsWith('apify 3') || sdk.startsWith('crawlee') ? apify3 : apifyLegacy;
  const packages = { apify: generation, 'apify-client': apifyClient, crawlee: crawlee3 };
  for (const [name, text] of Object.entries(packages)) {
    project.createSourceFile(`/node_modules/${name}/index.d.ts`, text);
  }
  project.createSourceFile('/actor/globals.d.ts', GLOBALS);
  const sources = Object.entries(files).map(([name, text]) => project.createSourceFile(`/actor/${name}`, text));
  return sources.flatMap((source) =>
    source
      .getPreEmitDiagnostics()
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, '\n')),
  );
}
