import { ts } from 'ts-morph';

import { COMPILER_OPTIONS } from './compiler-options.ts';
import {
  declarationTrees,
  importOfSdkFile,
  isSdkFile,
  LIB_FOLDER,
  LIB_PATH,
  SDK_PATHS,
  sdkPath,
} from './sdk-declarations.ts';
import type { SdkDeclarations } from './sdk-declarations.ts';

/** Where an import leads: to a source file, to the SDK's table, or nowhere (its values are then `any`). */
export type ImportTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'sdk'; readonly declarations: SdkDeclarations };

export type ResolveImport = (specifier: string, containingFile: string) => ImportTarget | undefined;

/**
 * All the Actors of a folder for the compiler: their sources, the SDK's declarations and nothing else.
 *
 * It touches no disk: every text is handed in, every import is resolved by the caller. One program for many small Actors
 * costs a seventh of the time and under half of the memory of one program each; that it is made of plain trees, and not of
 * ts-morph's wrapped ones, takes another third off an edit.
 */
export class SourceProject {
  readonly #resolve: ResolveImport;
  readonly #trees = new Map<string, ts.SourceFile>();
  readonly #tooDeep = new Map<string, string>();
  #program: ts.Program | undefined;
  /** False after a change: then the program is made anew, from what did not change. */
  #isCurrent = false;

  constructor(resolve: ResolveImport) {
    this.#resolve = resolve;
  }

  /**
   * Gives a file its text, new or changed. Unchanged text costs nothing. A text that is nested deeper than can be followed
   * counts as empty.
   */
  setText(path: string, text: string): void {
    if ((this.#tooDeep.get(path) ?? this.#trees.get(path)?.text) === text) return;
    const tree = parse(path, text);
    if (tree === undefined) this.#tooDeep.set(path, text);
    else this.#tooDeep.delete(path);
    this.#trees.set(path, tree ?? createTree(path, ''));
    this.#isCurrent = false;
  }

  /** The files whose text is nested too deep to be analysed. */
  tooDeep(): readonly string[] {
    return [...this.#tooDeep.keys()];
  }

  /** The syntax tree of a file; `undefined` where the project does not hold it. A tree never changes: a new text has a new one. */
  sourceFile(path: string): ts.SourceFile | undefined {
    return this.#trees.get(path);
  }

  /** The file of this project that a module specifier names. */
  importedFile(specifier: ts.StringLiteralLike): ts.SourceFile | undefined {
    const target = this.#resolve(specifier.text, specifier.getSourceFile().fileName);
    return target?.kind === 'file' ? this.sourceFile(target.path) : undefined;
  }

  /** The program of all the files as they are now. */
  program(): ts.Program {
    if (this.#program === undefined || !this.#isCurrent) {
      this.#program = ts.createProgram({
        rootNames: [...SDK_PATHS, ...this.#trees.keys()],
        options: COMPILER_OPTIONS,
        host: this.#host(),
        ...(this.#program === undefined ? {} : { oldProgram: this.#program }),
      });
      this.#isCurrent = true;
    }
    return this.#program;
  }

  #host(): ts.CompilerHost {
    const declarations = declarationTrees();
    return {
      getSourceFile: (path) => this.#trees.get(path) ?? declarations.get(path),
      fileExists: (path) => this.#trees.has(path),
      readFile: () => undefined,
      writeFile: () => undefined,
      getDefaultLibFileName: () => LIB_PATH,
      getDefaultLibLocation: () => LIB_FOLDER,
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      resolveModuleNameLiterals: (specifiers, containingFile) =>
        specifiers.map(({ text }) => ({ resolvedModule: this.#resolved(text, containingFile) })),
    };
  }

  #resolved(specifier: string, containingFile: string): ts.ResolvedModuleFull | undefined {
    if (isSdkFile(containingFile)) return declared(importOfSdkFile(specifier));
    const target = this.#resolve(specifier, containingFile);
    if (target === undefined) return undefined;
    return target.kind === 'sdk'
      ? declared(target.declarations)
      : { resolvedFileName: target.path, extension: extensionOf(target.path) };
  }
}

/** Deeper than people write; some way further the compiler's own recursion ends the stack. */
const DEEPEST = 500;

function parse(path: string, text: string): ts.SourceFile | undefined {
  try {
    const tree = createTree(path, text);
    return isDeeperThan(tree, DEEPEST) ? undefined : tree;
  } catch (error) {
    // The stack's end, in the parser.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function createTree(path: string, text: string): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.ES2022, setExternalModuleIndicator: markAsModule };
  return ts.createSourceFile(path, text, options, true, scriptKindOf(path));
}

/**
 * Node runs a file without imports and exports as a module of its own too. To the compiler it would be a script, whose names
 * are global: those of two programs in one folder would meet. `true` is what the compiler's own `moduleDetection: force` sets.
 */
function markAsModule(file: ts.SourceFile): void {
  Object.assign(file, { externalModuleIndicator: file.statements.find(isOfModule) ?? true });
}

function isOfModule(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    (ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true)
  );
}

/** Goes level by level, since a recursion could itself end the stack. */
function isDeeperThan(root: ts.Node, levels: number): boolean {
  let level: ts.Node[] = [root];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1) {
    const next: ts.Node[] = [];
    for (const node of level) {
      ts.forEachChild(node, (child) => {
        next.push(child);
      });
    }
    level = next;
  }
  return level.length > 0;
}

function declared(declarations: SdkDeclarations | undefined): ts.ResolvedModuleFull | undefined {
  return declarations && { resolvedFileName: sdkPath(declarations), extension: ts.Extension.Dts };
}

const EXTENSIONS: Readonly<Record<string, { readonly extension: ts.Extension; readonly scriptKind: ts.ScriptKind }>> = {
  '.ts': { extension: ts.Extension.Ts, scriptKind: ts.ScriptKind.TS },
  '.mts': { extension: ts.Extension.Mts, scriptKind: ts.ScriptKind.TS },
  '.cts': { extension: ts.Extension.Cts, scriptKind: ts.ScriptKind.TS },
  '.tsx': { extension: ts.Extension.Tsx, scriptKind: ts.ScriptKind.TSX },
  '.js': { extension: ts.Extension.Js, scriptKind: ts.ScriptKind.JSX },
  '.mjs': { extension: ts.Extension.Mjs, scriptKind: ts.ScriptKind.JSX },
  '.cjs': { extension: ts.Extension.Cjs, scriptKind: ts.ScriptKind.JSX },
  '.jsx': { extension: ts.Extension.Jsx, scriptKind: ts.ScriptKind.JSX },
};

function extensionOf(path: string): ts.Extension {
  return EXTENSIONS[path.slice(path.lastIndexOf('.'))]?.extension ?? ts.Extension.Js;
}

function scriptKindOf(path: string): ts.ScriptKind {
  return EXTENSIONS[path.slice(path.lastIndexOf('.'))]?.scriptKind ?? ts.ScriptKind.JSX;
}
