import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';

import { CATALOGUE } from './page-of.ts';

/**
 * A rule asks queries of `flow/` and `actor/`: what a program means, not how it is written. What looks at the tree, at
 * positions or at text is a query of those layers; or it edits, and then it is in a rule's `fixes.ts` or `fixes/`.
 */
describe('a rule asks queries, and does not look at the tree itself', () => {
  /** Files that still do. The list only ever gets shorter. */
  const NOT_YET: readonly string[] = [];

  test('in every file of a rule that is neither a test nor a fix', () => {
    const looking = ruleFiles().flatMap(({ path, text }) => {
      const names = looksAtTree(text);
      return names.length === 0 ? [] : [{ path, names }];
    });
    expect(looking.filter(({ path }) => !NOT_YET.includes(path))).toEqual([]);
    expect(looking.map(({ path }) => path)).toEqual(NOT_YET);
  });

  test.each([
    ['const around = call.parent;', ['parent']],
    ['const { parent } = call;', ['parent']],
    ['const { parent: around } = call;', ['parent']],
    ['function of({ parent }: ts.Node) {}', ['parent']],
    ["const around = call['parent'];", ['parent']],
    ['const isBehind = one.pos > other.end;', ['end', 'pos']],
    ['const text = call.expression?.getText();', ['getText']],
    ['const start = call.getStart();', ['getStart']],
    ['const at = block.statements.indexOf(statement);', ['indexOf', 'statements']],
    ['const isSet = /set/iu.test(name);', ['/set/iu']],
    ["const isSet = new RegExp('set').test(name);", ['RegExp']],
    ['visit(fn, () => true);', ['visit']],
    ['ts.forEachChild(node, look); ts.findAncestor(node, ts.isBlock);', ['findAncestor', 'forEachChild']],
  ])('%s', (text, names) => {
    expect(looksAtTree(text)).toEqual(names);
  });

  test.each([
    ['the same in a comment or a text', "// call.parent\nconst message = 'its .parent: /x/';"],
    ['an index of calls', 'const calls = files.flatMap((file) => indexOf(file).calls);'],
    ['a property that a rule itself writes', 'const report = { end, parent: undefined };'],
    ['a method of the same name that is not read', 'interface Of { getText(): string }'],
  ])('%s is none of it', (_, text) => {
    expect(looksAtTree(text)).toEqual([]);
  });
});

interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/** The files of the rules without tests and fixes. */
function ruleFiles(): readonly RuleFile[] {
  const root = fileURLToPath(CATALOGUE);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return paths
    .filter(isRule)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));
}

function isRule(path: string): boolean {
  const [, ...within] = path.split('/');
  const isFix = within[0] === 'fixes.ts' || within[0] === 'fixes';
  return within.length > 0 && path.endsWith('.ts') && !path.endsWith('.test.ts') && !isFix;
}

/** What a node has around it, behind it and before it, and how it is written. */
const LOOKS: ReadonlySet<string> = new Set([
  'parent',
  'pos',
  'end',
  'getStart',
  'getEnd',
  'getFullStart',
  'getText',
  'getFullText',
  'getChildren',
  'statements',
  'indexOf',
  'forEachChild',
  'findAncestor',
]);

/** Walks over a tree, and words of fixes for texts and positions. */
const WALKS: ReadonlySet<string> = new Set(['visit', 'textOf', 'startOf', 'RegExp']);

/** By which names a file looks at the tree around a node, at positions, or at text. */
function looksAtTree(text: string): readonly string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const name = lookOf(node);
    if (name !== undefined) found.push(name);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('rule.ts', text, ts.ScriptTarget.Latest, true));
  return [...new Set(found)].toSorted();
}

function lookOf(node: ts.Node): string | undefined {
  if (ts.isRegularExpressionLiteral(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return LOOKS.has(node.name.text) ? node.name.text : undefined;
  if (ts.isElementAccessExpression(node)) return namedBy(node.argumentExpression);
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
    return namedBy(node.propertyName ?? node.name);
  const isCalled = (ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression);
  return isCalled && WALKS.has(node.expression.text) ? node.expression.text : undefined;
}

function namedBy(name: ts.Node): string | undefined {
  const text = ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : '';
  return LOOKS.has(text) ? text : undefined;
}
