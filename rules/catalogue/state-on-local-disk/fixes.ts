import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import { mayHoldAwait } from '../../fixes/await-places.ts';
import { styleOf } from '../../fixes/file-style.ts';
import { freeKey } from '../../fixes/free-names.ts';
import { allowsTopLevelAwait } from '../../fixes/top-level-await.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { DiskFile } from '../../actor/effects/disk-files.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isAsync, unitOf, visit } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import { BeforeInit } from '../../actor/effects/init-order.ts';
import type { Change, Fix } from '../../fixes/changes.ts';

/** A place that asks for the file, and what asks the store for the record instead. */
interface Place {
  readonly node: ts.Expression;
  readonly text: (sdk: string, key: string) => string;
}

/**
 * Keeps the file's content in the default key-value store. Offered in JavaScript, where the file is read and written as JSON alone,
 * each place is understood and may wait, and all of them stand in the file that starts the SDK.
 */
export function keyValueStoreFixes(actor: ActorModel, disk: DiskFile): readonly Fix[] {
  const before = new BeforeInit(actor);
  const { start } = before;
  const sdk = start === undefined ? undefined : /^(?:Actor|Apify)(?=\.)/u.exec(start.expression.getText())?.[0];
  const file = start?.getSourceFile();
  if (start === undefined || file === undefined || sdk === undefined || styleOf(file).isTypeScript) return [];
  const made = [...disk.writes, ...disk.reads];
  const [writes, reads] = [callsIn(disk.writes), callsIn(disk.reads)];
  const places = [...writes.map(writePlace), ...reads.map(readPlace)];
  const known = places.filter((place) => place !== undefined);
  const calls = [...writes, ...reads];
  const isSafe =
    known.length === made.length &&
    known.every(({ node }) => node.getSourceFile() === file && mayWait(node)) &&
    !calls.some((call) => before.has(call)) &&
    namesPathIn(file, calls).every((name) => known.some(({ node }) => node.pos <= name.pos && name.end <= node.end));
  if (!isSafe) return [];
  return [
    {
      id: 'key-value-store',
      title: 'Keep it in the key-value store, which comes along',
      safe: false,
      changes: () => {
        const { quote } = styleOf(file);
        const key = `${quote}${freeKey(actor)}${quote}`;
        return known.map(({ node, text }): Change => replacement(file, startOf(node), node.end, text(sdk, key)));
      },
    },
  ];
}

/** The calls that name the file themselves. */
function callsIn(effects: DiskFile['reads']): readonly ts.CallExpression[] {
  return effects.flatMap(({ made, path }) => (path.length === 1 && ts.isCallExpression(made) ? [made] : []));
}

/** `writeFileSync(path, JSON.stringify(value))`, awaited where it is none of the Sync ones. */
function writePlace(call: ts.CallExpression): Place | undefined {
  const [, content] = call.arguments;
  const value = content && jsonArgument(content, 'stringify');
  const whole = ts.isAwaitExpression(call.parent) ? call.parent : call;
  if (value === undefined || /append/iu.test(textOf(call.expression)) || !ts.isExpressionStatement(whole.parent))
    return undefined;
  return { node: whole, text: (sdk, key) => `await ${sdk}.setValue(${key}, ${textOf(value)})` };
}

/** `existsSync(path) ? JSON.parse(readFileSync(path)).page : 1`, by which the first start has its value. */
function readPlace(call: ts.CallExpression): Place | undefined {
  const read = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const parse = read.parent;
  if (!ts.isCallExpression(parse) || jsonArgument(parse, 'parse') !== read) return undefined;
  const access = ts.isPropertyAccessExpression(parse.parent) ? parse.parent : undefined;
  const value = access ?? parse;
  const choice = value.parent;
  if (!ts.isConditionalExpression(choice) || choice.whenTrue !== value) return undefined;
  const test = awaited(choice.condition);
  const isPresent = ts.isCallExpression(test) && /(?:^|\.)existsSync$/u.test(textOf(test.expression));
  if (!isPresent || textOf(test.arguments[0] ?? test) !== textOf(call.arguments[0] ?? call)) return undefined;
  const part = access === undefined ? '' : `?.${access.name.text}`;
  const first = isPlain(choice.whenFalse) ? textOf(choice.whenFalse) : `(${textOf(choice.whenFalse)})`;
  return { node: choice, text: (sdk, key) => `(await ${sdk}.getValue(${key}))${part} ?? ${first}` };
}

/** What needs no parentheses behind `??`. */
function isPlain(value: ts.Expression): boolean {
  return !ts.isBinaryExpression(value) && !ts.isConditionalExpression(value) && !ts.isArrowFunction(value);
}

function jsonArgument(node: ts.Expression, method: 'parse' | 'stringify'): ts.Expression | undefined {
  return ts.isCallExpression(node) && textOf(node.expression) === `JSON.${method}` ? node.arguments[0] : undefined;
}

/** Whether `await` may stand in a place's function, where no `catch` waits for the error of a file that is not there. */
function mayWait(node: ts.Node): boolean {
  const unit = unitOf(node);
  if (ts.findAncestor(node, (each) => each === unit || ts.isTryStatement(each)) !== unit) return false;
  return ts.isSourceFile(unit) ? allowsTopLevelAwait(unit) : isAsync(unit) && mayHoldAwait(node, unit);
}

/** All that names the path of these calls, but the declaration of its name. */
function namesPathIn(file: ts.SourceFile, calls: readonly ts.CallExpression[]): readonly ts.Node[] {
  const [path] = calls.flatMap((call) => call.arguments[0] ?? []);
  if (path === undefined) return [];
  const uses = ts.isIdentifier(path) ? (indexOf(file).identifiers.get(path.text) ?? []) : [];
  const declaration = uses.map(({ parent }) => parent).find(ts.isVariableDeclaration);
  const [literal] = literalsIn(declaration?.initializer ?? path);
  const same = literalsIn(file).filter(
    ({ text }) => literal !== undefined && plainPath(text) === plainPath(literal.text),
  );
  return [...uses, ...same].filter(
    (name) => declaration === undefined || name.pos < declaration.pos || name.end > declaration.end,
  );
}

function literalsIn(root: ts.Node): readonly ts.StringLiteralLike[] {
  const literals: ts.StringLiteralLike[] = [];
  visit(root, (node) => {
    if (ts.isStringLiteralLike(node)) literals.push(node);
    return true;
  });
  return literals;
}

function plainPath(path: string): string {
  return path.replace(/^\.\//u, '');
}
