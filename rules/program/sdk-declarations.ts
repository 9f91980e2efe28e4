import { ts } from 'ts-morph';

import apify3 from '../sdk/apify-3.d.ts?raw';
import apifyClient from '../sdk/apify-client.d.ts?raw';
import apifyLegacy from '../sdk/apify-legacy.d.ts?raw';
import crawlee3 from '../sdk/crawlee-3.d.ts?raw';
import { javaScriptDeclarations } from './javascript-declarations.ts';

const SDK_FOLDER = '/.actor-state/sdk';

/** Where the compiler looks for JavaScript's own declarations; they are handed to it from memory. */
export const LIB_FOLDER = '/node_modules/typescript/lib';
/** The one file of them; it has the name that the compiler asks for. */
export const LIB_PATH = `${LIB_FOLDER}/lib.es2022.d.ts`;

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
  const { ParseAll, ParseNone } = ts.JSDocParsingMode;
  // The SDK's table keeps what it knows in comments; JavaScript's own declarations have none that anyone asks for.
  const ofSdk = Object.entries(TEXTS).map(([name, text]) => parse(`${SDK_FOLDER}/${name}.d.ts`, text, ParseAll));
  return new Map([...ofSdk, parse(LIB_PATH, javaScriptDeclarations(), ParseNone)].map((tree) => [tree.fileName, tree]));
}

function parse(path: string, text: string, jsDocParsingMode: ts.JSDocParsingMode): ts.SourceFile {
  return ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode }, true);
}
