import { Project } from 'ts-morph';
import type { ts } from 'ts-morph';

import apify3 from '../sdk/apify-3.d.ts?raw';
import apifyClient from '../sdk/apify-client.d.ts?raw';
import apifyLegacy from '../sdk/apify-legacy.d.ts?raw';
import crawlee3 from '../sdk/crawlee-3.d.ts?raw';
import { COMPILER_OPTIONS } from './compiler-options.ts';

const SDK_FOLDER = '/.actor-state/sdk';

const TEXTS = {
  'apify-3': apify3,
  'apify-legacy': apifyLegacy,
  'apify-client': apifyClient,
  'crawlee-3': crawlee3,
} as const;

/** Which of our own declarations stands for a package: an SDK is read from its table, never from an Actor's node_modules. */
export type SdkDeclarations = keyof typeof TEXTS;

/** What the declarations import of each other, by package name. */
const IMPORTS: Readonly<Record<string, SdkDeclarations>> = {
  apify: 'apify-3',
  'apify-client': 'apify-client',
  crawlee: 'crawlee-3',
};

export const SDK_PATHS: readonly string[] = Object.keys(TEXTS).map((name) => `${SDK_FOLDER}/${name}.d.ts`);

export function sdkPath(declarations: SdkDeclarations): string {
  return `${SDK_FOLDER}/${declarations}.d.ts`;
}

/** Whether a file is one of our declarations of the SDK. */
export function isSdkFile(path: string): boolean {
  return path.startsWith(SDK_FOLDER);
}

/** Whether a node stands in one of our declarations of the SDK. */
export function isSdkNode(node: ts.Node): boolean {
  return isSdkFile(node.getSourceFile().fileName);
}

/** The declarations that one of our declarations means by a package's name. */
export function importOfSdkFile(specifier: string): SdkDeclarations | undefined {
  return IMPORTS[specifier];
}

let trees: ReadonlyMap<string, ts.SourceFile> | undefined;

/**
 * The syntax trees of the SDK's declarations and of JavaScript's own, by path. They are parsed once for the life of the
 * process and shared by all programs, as a language service shares them: they never change.
 */
export function declarationTrees(): ReadonlyMap<string, ts.SourceFile> {
  trees ??= parseDeclarations();
  return trees;
}

function parseDeclarations(): ReadonlyMap<string, ts.SourceFile> {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    compilerOptions: COMPILER_OPTIONS,
  });
  for (const [name, text] of Object.entries(TEXTS)) project.createSourceFile(`${SDK_FOLDER}/${name}.d.ts`, text);
  const files = project.getProgram().compilerObject.getSourceFiles();
  return new Map(files.map((file) => [file.fileName, file]));
}
