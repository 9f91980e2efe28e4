import { ts } from 'ts-morph';

import { operandAt } from '../../flow/arguments.ts';
import { isConst } from '../../flow/bindings.ts';
import { boundCallsOf, boundOperands } from '../../flow/bound-calls.ts';
import { calledGlobal } from '../../flow/call-forms.ts';
import type { Code } from '../../flow/code.ts';
import { textsOf } from '../../flow/constant-strings.ts';
import type { Call } from '../../syntax/file-index.ts';
import { visit } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import { isFileOfNoState } from '../../sdk/words.ts';
import type { Effect } from './places.ts';

/** A file of the local disk with all that reads and writes it through a path that the code names once. */
export interface DiskFile {
  readonly reads: readonly Effect[];
  readonly writes: readonly Effect[];
}

const READS = ['readFile', 'readJson', 'readJSON'].flatMap(withSync);
const WRITES = ['writeFile', 'appendFile', 'outputFile', 'writeJson', 'writeJSON', 'outputJson'].flatMap(withSync);

function withSync(name: string): readonly string[] {
  return [name, `${name}Sync`];
}

/** Node's own modules, and the one that stands in for them. */
const MODULES: ReadonlySet<string> = new Set(['fs', 'fs/promises', 'fs.promises', 'fs-extra']);

/** The files that the code both reads and writes, by a path that is known or made in one place. */
export function diskFilesOf(code: Code, files: readonly ts.SourceFile[]): readonly DiskFile[] {
  const found = new Map<string | ts.Node, { reads: Effect[]; writes: Effect[] }>();
  const add = (names: readonly string[], kind: 'reads' | 'writes'): void => {
    for (const { path, effect } of names.flatMap((name) => accessesBy(code, files, name))) {
      const known = found.get(path) ?? { reads: [], writes: [] };
      known[kind].push(effect);
      found.set(path, known);
    }
  };
  add(WRITES, 'writes');
  if (found.size === 0) return [];
  add(READS, 'reads');
  return [...found.values()].filter(({ reads, writes }) => reads.length > 0 && writes.length > 0);
}

/** What a function of the file system does to files, at the places that decide which. */
function accessesBy(
  code: Code,
  files: readonly ts.SourceFile[],
  name: string,
): readonly { readonly path: string | ts.Node; readonly effect: Effect }[] {
  return [...code.callsNamed(name)].flatMap((made) => {
    if (!files.includes(made.getSourceFile()) || !isOfDisk(code, made, name)) return [];
    const operand = operandAt(code, made, { index: 0 });
    if (operand === undefined) return [];
    const bounds = boundCallsOf(code, made, [operand.expression]);
    return bounds.flatMap((bound) => {
      const [given, ...others] = boundOperands(code, operand, bound);
      const isOne = given !== undefined && others.length === 0 && given.path.length === 0;
      const path = isOne ? pathOf(code, given.expression) : undefined;
      // Called from one place, a function deals with one file, and it says itself what comes first.
      const way = bounds.length > 1 ? bound.path : ([made] as const);
      return path === undefined ? [] : [{ path, effect: { call: way[0], made, path: way } }];
    });
  });
}

/** Whether what is called is of the file system: `fs.promises.readFile`, `readFile`. */
function isOfDisk(code: Code, call: Call, name: string): boolean {
  const called = calledGlobal(code, call) ?? '';
  return called.endsWith(`.${name}`) && MODULES.has(called.slice(0, -name.length - 1));
}

/** What stands for a path in the whole program: its text, or the one place where it is made. */
function pathOf(code: Code, path: ts.Expression): string | ts.Node | undefined {
  const { known, isAll } = textsOf(code, path);
  const [text, ...others] = isAll ? known : [];
  // A part that is made at run time may be another one elsewhere.
  if (text !== undefined && !text.text.includes('${'))
    return others.length > 0 || isFileOfNoState(text.text) ? undefined : text.text;
  const made = makingOf(code, path);
  return made === undefined || [made, ...partsOf(code, made)].some((part) => namesNoState(part)) ? undefined : made;
}

/** Whether a name or a text in what a path is made from says that the file holds no state. */
function namesNoState(part: ts.Node): boolean {
  let found = false;
  visit(part, (node) => {
    const isText = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    found ||= isText && isFileOfNoState(node.text);
    return !found;
  });
  return found;
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
