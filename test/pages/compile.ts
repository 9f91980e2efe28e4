import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repository } from '../../simulator/testing/installed-sdk.ts';

/** The files of a small Actor, by name, and the folder whose `node_modules` has its SDK with its types. */
export interface TypedActor {
  readonly files: Readonly<Record<string, string>>;
  readonly sdkFolder: string;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  typeRoots: [join(repository, 'node_modules', '@types')],
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  strict: false,
};

/**
 * Compiles small Actors with the types that their SDK really has: TypeScript at its strictest, JavaScript as the compiler
 * checks it by default.
 *
 * @returns the compiler's errors of each Actor, in the order of the Actors
 */
export function typeErrorsOf(actors: readonly TypedActor[]): readonly (readonly string[])[] {
  const typed = actors.filter(isTyped);
  const plain = actors.filter((actor) => !isTyped(actor));
  const errors = new Map([...errorsOf(typed, { ...OPTIONS, strict: true }), ...errorsOf(plain, OPTIONS)]);
  return actors.map((actor) => errors.get(actor) ?? []);
}

function isTyped({ files }: TypedActor): boolean {
  return Object.keys(files).some((name) => name.endsWith('.ts'));
}

/** One program for all: the SDK's types are read once. */
function errorsOf(
  actors: readonly TypedActor[],
  options: ts.CompilerOptions,
): readonly (readonly [TypedActor, readonly string[]])[] {
  const texts = new Map<string, string>();
  const paths = actors.map(({ files, sdkFolder }, index) => {
    const folder = join(sdkFolder, `actor-${index}`);
    return Object.entries(files).map(([name, text]) => {
      const path = join(folder, name).replaceAll('\\', '/');
      texts.set(path, text);
      return path;
    });
  });
  const folders = new Set([...texts.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (path, ...rest) => {
      const text = texts.get(path);
      return text === undefined
        ? disk.getSourceFile(path, ...rest)
        : ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    },
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    directoryExists: (path) => folders.has(path) || existsSync(path),
  };
  const program = ts.createProgram({ rootNames: paths.flat(), options, host });
  return actors.map((actor, index) => [
    actor,
    (paths[index] ?? []).flatMap((path) => {
      const file = program.getSourceFile(path);
      const diagnostics =
        file === undefined ? [] : [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    }),
  ]);
}
