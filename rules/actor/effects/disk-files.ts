import { ts } from 'ts-morph';

import { isConst } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { textsOf } from '../../flow/constant-strings.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { visit } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import { isFileOfNoState } from '../../sdk/words.ts';

/** A file of the local disk with all that reads and writes it through a path that the code names once. */
export interface DiskFile {
  readonly reads: readonly ts.CallExpression[];
  readonly writes: readonly ts.CallExpression[];
}

const READS = ['readFile', 'readJson', 'readJSON'].flatMap(withSync);
const WRITES = ['writeFile', 'appendFile', 'outputFile', 'writeJson', 'writeJSON', 'outputJson'].flatMap(withSync);

function withSync(name: string): readonly string[] {
  return [name, `${name}Sync`];
}

/** Node's own modules, and the one that stands in for them. */
const MODULES = /^(?:(?:node:)?fs(?:\/promises)?|fs-extra)$/u;

/** The files that the code both reads and writes, by a path that is known or made in one place. */
export function diskFilesOf(code: Code, files: readonly ts.SourceFile[]): readonly DiskFile[] {
  const found = new Map<string | ts.Node, { reads: ts.CallExpression[]; writes: ts.CallExpression[] }>();
  const add = (names: readonly string[], kind: 'reads' | 'writes'): void => {
    for (const call of files.flatMap((file) => names.flatMap((name) => indexOf(file).callsByName.get(name) ?? []))) {
      const path = ts.isCallExpression(call) && isOfDisk(code, call) ? pathOf(code, call.arguments[0]) : undefined;
      if (path === undefined || !ts.isCallExpression(call)) continue;
      const known = found.get(path) ?? { reads: [], writes: [] };
      known[kind].push(call);
      found.set(path, known);
    }
  };
  add(WRITES, 'writes');
  if (found.size === 0) return [];
  add(READS, 'reads');
  return [...found.values()].filter(({ reads, writes }) => reads.length > 0 && writes.length > 0);
}

/** Whether what is called came by an import of the file system: `fs.promises.readFile`, `readFile`. */
function isOfDisk(code: Code, { expression }: ts.CallExpression): boolean {
  let root = awaited(expression);
  while (ts.isPropertyAccessExpression(root)) root = awaited(root.expression);
  const symbol = ts.isIdentifier(root) ? code.checker.getSymbolAtLocation(root) : undefined;
  return (symbol?.declarations ?? []).some((declaration) => MODULES.test(moduleOf(declaration) ?? ''));
}

/** The module that a name is imported or required from. */
function moduleOf(declaration: ts.Node): string | undefined {
  for (let node = declaration; !ts.isStatement(node); node = node.parent) {
    if (ts.isImportClause(node)) return textOf(node.parent.moduleSpecifier);
    if (ts.isVariableDeclaration(node)) return node.initializer && requiredBy(node.initializer);
    if (ts.isSourceFile(node)) return undefined;
  }
  return undefined;
}

function requiredBy(initializer: ts.Expression): string | undefined {
  const load = awaited(initializer);
  if (ts.isPropertyAccessExpression(load)) return requiredBy(load.expression);
  const isRequire = ts.isCallExpression(load) && /^(?:require|import)$/u.test(load.expression.getText());
  return isRequire ? textOf(load.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** What stands for a path in the whole program: its text, or the one place where it is made. */
function pathOf(code: Code, argument: ts.Expression | undefined): string | ts.Node | undefined {
  if (argument === undefined) return undefined;
  const { known, isAll } = textsOf(code, argument);
  const [text, ...others] = isAll ? known : [];
  // A part that is made at run time may be another one elsewhere.
  if (text !== undefined && !text.text.includes('${'))
    return others.length > 0 || isFileOfNoState(text.text) ? undefined : text.text;
  const made = makingOf(code, argument);
  return made === undefined || [made, ...partsOf(code, made)].some((part) => isFileOfNoState(part.getText()))
    ? undefined
    : made;
}

/** The constant that a path is, or the one expression that makes it. */
function makingOf(code: Code, argument: ts.Expression): ts.Node | undefined {
  const path = awaited(argument);
  const symbol = ts.isIdentifier(path) ? code.symbolOf(path) : undefined;
  const declaration = symbol?.valueDeclaration;
  if (declaration !== undefined && ts.isVariableDeclaration(declaration))
    return isConst(declaration) && declaration.initializer !== undefined ? declaration : undefined;
  const [value, ...others] = code.valuesOf(path);
  return others.length === 0 && value !== undefined && ts.isCallExpression(value) ? value : undefined;
}

/** The declarations of what a path is put together from. */
function partsOf(code: Code, path: ts.Node): readonly ts.Node[] {
  const parts: ts.Node[] = [];
  visit(path, (node) => {
    if (ts.isIdentifier(node))
      parts.push(...(code.symbolOf(node)?.declarations ?? []).filter(ts.isVariableDeclaration));
  });
  return parts;
}
