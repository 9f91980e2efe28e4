import type { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { Code } from '../code.ts';
import { SourceProject } from '../../program/source-project.ts';
import { markedNodes } from './marked-program.ts';

/** The files of a small program; markers are unique in all of them. */
function program(files: Readonly<Record<string, string>>): { code: Code; at: (marker: string) => ts.Node } {
  const project = new SourceProject((specifier) => ({ kind: 'file', path: `/${specifier.slice(2)}` }));
  for (const [name, text] of Object.entries(files)) project.setText(`/${name}`, `${text}\nexport {};`);
  const trees = Object.keys(files).flatMap((name) => project.sourceFile(`/${name}`) ?? []);
  const finders = trees.map((tree) => markedNodes(tree));
  const at = (marker: string): ts.Node => {
    for (const [index, tree] of trees.entries()) {
      const finder = finders[index];
      if (finder !== undefined && tree.text.includes(`/*${marker}*/`)) return finder(marker);
    }
    throw new Error(`No node is marked with ${marker}`);
  };
  return { code: new Code(project, trees), at };
}

function order(files: Readonly<Record<string, string>> | string, pairs: readonly string[]): readonly string[] {
  const { code, at } = program(typeof files === 'string' ? { 'main.ts': files } : files);
  return pairs.filter(([a = '', b = '']) => code.order.alwaysRunsBefore(at(a), at(b)));
}

describe('what always runs before', () => {
  it('is seen at the call that leads to it', () => {
    const text = 'function f() { /*a*/ x(); } function g() { if (p) /*b*/ y(); } f(); g(); /*c*/ z();';
    expect(order(text, ['ab', 'ac', 'bc', 'ba', 'ca'])).toStrictEqual(['ab', 'ac']);
  });

  it('must come before each call of a function', () => {
    const text = 'function f() { /*b*/ x(); } if (p) f(); /*a*/ y(); f(); function g() { /*c*/ z(); } g(); g();';
    expect(order(text, ['ab', 'ac'])).toStrictEqual(['ac']);
  });

  it('is through with its work: an async function is waited for', () => {
    const text =
      'const f = async () => { await p; /*a*/ x(); }; const g = async () => { await p; /*b*/ y(); }; f(); await g(); /*c*/ z();';
    expect(order(text, ['ac', 'bc'])).toStrictEqual(['bc']);
  });

  it('is a method, a field, a function of another file', () => {
    const files = {
      'main.ts': "import { Store } from './store.ts'; const s = new Store(); s.open(); s.load(); /*c*/ z();",
      'store.ts':
        'export class Store { open() { this.#prepare(); } #prepare = () => { /*a*/ x(); }; load() { /*b*/ y(); } }',
    };
    expect(order(files, ['ab', 'bc', 'ac', 'ba'])).toStrictEqual(['ab', 'bc', 'ac']);
  });

  it('is the top level of a module that is imported', () => {
    const files = {
      'main.ts': "/*b*/ z(); import './setup.ts'; function f() { /*c*/ y(); }",
      'setup.ts': '/*a*/ x(); if (p) /*d*/ w();',
    };
    expect(order(files, ['ab', 'ac', 'db', 'ba'])).toStrictEqual(['ab', 'ac']);
  });

  it('is nothing for a function that nobody is known to call', () => {
    expect(order('/*a*/ x(); run(() => { /*b*/ y(); });', ['ab'])).toStrictEqual([]);
  });
});

describe('what may come between', () => {
  it('is looked for in the functions that lead from one node to the other', () => {
    const { code, at } = program({
      'main.ts':
        'async function f() { w(); /*a*/ x(); /*m*/ n1(); } function g() { /*o*/ n2(); /*b*/ y(); n5(); } n6(); await f(); if (p) n3(); g(); n4();',
    });
    const between = code.order.between(at('a'), at('b'), (node) => /^n\d\(\)$/u.test(node.getText()));
    expect(between.map((node) => node.getText()).toSorted()).toStrictEqual(['n1()', 'n2()', 'n3()']);
  });

  it('is another round only where the first node does not come again', () => {
    const { code, at } = program({
      'main.ts': 'for (;;) { f(); g(); } function f() { /*a*/ x(); } function g() { /*b*/ y(); while (p) /*c*/ z(); }',
    });
    expect(code.order.mayRepeatWithout(at('a'), at('b'))).toBe(false);
    expect(code.order.mayRepeatWithout(at('a'), at('c'))).toBe(true);
    expect(code.order.mayRunBefore(at('b'), at('a'))).toBe(true);
    expect(code.order.mayRunBefore(at('b'), at('a'), { sameRound: true })).toBe(false);
  });
});

describe('a function that always ends the process', () => {
  it('is followed by nothing', () => {
    const { code, at } = program({
      'main.ts':
        'function stop() { log(); process.exit(1); } function maybe() { if (p) process.exit(1); } /*a*/ x(); maybe(); /*b*/ y(); stop(); /*c*/ z();',
    });
    const graph = code.graphAround(at('a'));
    expect(['b', 'c'].map((each) => graph.canReach(at('a'), at(each)))).toStrictEqual([true, false]);
  });
});
