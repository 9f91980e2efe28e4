import { posix } from 'node:path';
import { ts } from 'ts-morph';

import type { Program } from './program.ts';

/** A program's trees, and which names mean the same variable. */
export class Parsed {
  readonly program: Program;
  readonly files: readonly ts.SourceFile[];
  readonly #checker: ts.TypeChecker;
  #uses: Map<ts.Symbol, ts.Identifier[]> | undefined;
  #names: Set<string> | undefined;

  constructor(program: Program) {
    this.program = program;
    const trees = new Map(
      Object.entries(program.files).map(([name, text]) => [
        `/${name}`,
        ts.createSourceFile(
          `/${name}`,
          text,
          ts.ScriptTarget.ESNext,
          true,
          isTypeScript(name) ? ts.ScriptKind.TS : ts.ScriptKind.JS,
        ),
      ]),
    );
    const compiled = ts.createProgram({
      rootNames: [...trees.keys()],
      options: { noLib: true, allowJs: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, types: [] },
      host: hostOf(trees),
    });
    this.files = [...trees.values()];
    this.#checker = compiled.getTypeChecker();
  }

  get entry(): ts.SourceFile {
    const [entry] = this.files;
    if (entry === undefined) throw new Error(`the program ${this.program.name} has no file`);
    return entry;
  }

  /** The variable, function, class or import that a name stands for; `undefined` for properties and for globals. */
  symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    const { parent } = name;
    if (ts.isPropertyAccessExpression(parent) && parent.name === name) return undefined;
    if (ts.isPropertyAssignment(parent) && parent.name === name) return undefined;
    if (ts.isBindingElement(parent) && parent.propertyName === name) return undefined;
    if (ts.isShorthandPropertyAssignment(parent) && parent.name === name)
      return this.#checker.getShorthandAssignmentValueSymbol(parent);
    if (ts.isExportSpecifier(parent)) return this.#checker.getExportSpecifierLocalTargetSymbol(parent);
    return this.#checker.getSymbolAtLocation(name);
  }

  /** Every name in the program that stands for the same as this one, its declaration too. */
  usesOf(name: ts.Identifier): readonly ts.Identifier[] {
    const symbol = this.symbolOf(name);
    this.#uses ??= this.#indexed();
    return symbol === undefined ? [] : (this.#uses.get(symbol) ?? []);
  }

  /** Makes names that occur nowhere in the program, each once. */
  naming(): (wanted: string) => string {
    this.#names ??= new Set(
      this.files.flatMap((file) =>
        nodesIn(file)
          .filter(ts.isIdentifier)
          .map(({ text }) => text),
      ),
    );
    const taken = new Set(this.#names);
    return (wanted) => {
      let name = wanted;
      for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
      taken.add(name);
      return name;
    };
  }

  #indexed(): Map<ts.Symbol, ts.Identifier[]> {
    const uses = new Map<ts.Symbol, ts.Identifier[]>();
    for (const node of this.files.flatMap((file) => nodesIn(file))) {
      if (!ts.isIdentifier(node)) continue;
      const symbol = this.symbolOf(node);
      if (symbol !== undefined) uses.set(symbol, [...(uses.get(symbol) ?? []), node]);
    }
    return uses;
  }
}

const known = new WeakMap<Program, Parsed>();

/** The trees of a program, made once. */
export function parsedOf(program: Program): Parsed {
  const parsed = known.get(program) ?? new Parsed(program);
  known.set(program, parsed);
  return parsed;
}

export function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/u.test(file);
}

/** Every node of a tree, parents first. */
export function nodesIn(root: ts.Node): readonly ts.Node[] {
  const before = visited.get(root);
  if (before !== undefined) return before;
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  if (ts.isSourceFile(root)) visited.set(root, nodes);
  return nodes;
}

const visited = new WeakMap<ts.Node, readonly ts.Node[]>();

/** Every node of a kind in all files of the program. */
export function nodesOf<T extends ts.Node>(parsed: Parsed, isKind: (node: ts.Node) => node is T): readonly T[] {
  return parsed.files.flatMap((file) => nodesIn(file).filter(isKind));
}

function hostOf(trees: ReadonlyMap<string, ts.SourceFile>): ts.CompilerHost {
  return {
    getSourceFile: (path) => trees.get(path),
    fileExists: (path) => trees.has(path),
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => '/none.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    resolveModuleNameLiterals: (specifiers, from) =>
      specifiers.map(({ text }) => ({
        resolvedModule: text.startsWith('.') ? resolved(text, from, trees) : undefined,
      })),
  };
}

function resolved(
  specifier: string,
  from: string,
  trees: ReadonlyMap<string, ts.SourceFile>,
): ts.ResolvedModuleFull | undefined {
  const target = posix.join(posix.dirname(from), specifier);
  const path = [target, `${target}.js`, `${target}.ts`, target.replace(/\.js$/u, '.ts')].find((each) =>
    trees.has(each),
  );
  if (path === undefined) return undefined;
  return { resolvedFileName: path, extension: isTypeScript(path) ? ts.Extension.Ts : ts.Extension.Js };
}
