import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { argumentAt, givenFor, takersOf } from './arguments.ts';
import { codeOf } from './code-fixture.ts';
import { calledGlobal } from './call-forms.ts';
import { indexOf } from '../syntax/file-index.ts';
import type { Call } from '../syntax/file-index.ts';
import { declaredNames } from '../syntax/patterns.ts';

/** The calls of a program that stand behind a comment `here`. */
function marked(text: string): { readonly code: ReturnType<typeof codeOf>['code']; readonly calls: readonly Call[] } {
  const { code, trees } = codeOf({ 'main.js': text });
  const calls = trees.flatMap((tree) => indexOf(tree).calls.filter((call) => call.getFullText().includes('/*here*/')));
  return { code, calls: calls.filter((call) => call.getFullText().trimStart().startsWith('/*here*/')) };
}

/** What the marked call gives for each name among the parameters of `f`: `name=expression.path`, `?` where it may be more. */
function boundIn(text: string): string {
  const { code, calls } = marked(text);
  return calls
    .flatMap((call) =>
      code.calledFunctions(call).flatMap((fn) =>
        fn.parameters
          .flatMap(({ name }) => declaredNames(name))
          .map((name) => {
            const declaration = name.parent;
            if (!ts.isParameter(declaration) && !ts.isBindingElement(declaration)) return name.text;
            const { operands, isAll } = givenFor(code, declaration, call);
            const words = operands.map(({ expression, path }) => [expression.getText(), ...path].join('.'));
            return `${name.text}=${[...words, ...(isAll ? [] : ['?'])].join('|')}`;
          }),
      ),
    )
    .join(' ');
}

describe('what a call gives for the parameters', () => {
  it.each([
    ['function f(a, b) {} /*here*/ f(x, y);', 'a=x b=y'],
    ['function f(a, b) {} /*here*/ f(x);', 'a=x b=?'],
    ['function f(a, b = 1) {} /*here*/ f(x);', 'a=x b=1'],
    ['function f(a = 1) {} /*here*/ f(x);', 'a=x|1'],
    ["function f(a = 1) {} /*here*/ f('x');", "a='x'"],
    ['function f({ a, b: { c } }) {} /*here*/ f({ a: x, b: { c: y } });', 'a=x c=y'],
    ['function f({ a }) {} /*here*/ f(options);', 'a=options.a'],
    ["function f({ 'a': c }) {} /*here*/ f({ ['a']: x });", 'c=x'],
    ['function f({ a = 1 } = {}) {} /*here*/ f();', 'a=1|{}.a'],
    ['function f([a, b]) {} /*here*/ f([x, y]);', 'a=x b=y'],
    ['function f(a, ...more) {} /*here*/ f(x, y);', 'a=x more=?'],
    ['function f(a, ...[b, c]) {} /*here*/ f(x, y, z);', 'a=x b=y c=z'],
    ['function f(a, b) {} /*here*/ f(...[x, y]);', 'a=x b=y'],
    ['function f(a, b) {} const list = [x, y]; /*here*/ f(...list);', 'a=x b=y'],
    ['function f(a, b) {} /*here*/ f(x, ...list());', 'a=x b=list().0'],
    ['function f(a, b, c) {} /*here*/ f(x, ...list(), z);', 'a=x b=? c=?'],
    ['function f(a, b) {} const g = (...given) => /*here*/ f(...given); g(x, y);', 'a=x b=y'],
    ['function f(a) {} /*here*/ f.call(this, x);', 'a=x'],
    ['function f(a, b) {} /*here*/ f.apply(this, [x, y]);', 'a=x b=y'],
    ['function f(a, b) {} /*here*/ Reflect.apply(f, this, [x, y]);', 'a=x b=y'],
    ['function f(a, b) {} /*here*/ f.bind(this, x)(y);', 'a=x b=y'],
    ['function f(a, b) {} const g = f.bind(this, x); /*here*/ g(y);', 'a=x b=y'],
    ['class C { constructor(a) {} } /*here*/ new C(x);', 'a=x'],
    ['class C { constructor(a) {} } /*here*/ Reflect.construct(C, [x]);', 'a=x'],
    ['const o = { f(a) {} }; /*here*/ o?.["f"]?.(x);', 'a=x'],
  ])('%s', (text, expected) => expect(boundIn(text)).toBe(expected));
});

describe('who gets an argument', () => {
  it.each([
    ['function f(a) {} /*here*/ f(x);', 'a'],
    ['function f({ p }) {} /*here*/ f(x);', 'p of .p'],
    ['function f({ p }) {} /*here*/ f({ p: x });', 'p'],
    ['function f({ p, q }) {} /*here*/ f({ q: x });', 'q'],
    ['function f(options) {} /*here*/ f({ p: x });', 'options has .p'],
    ['function f(...all) {} /*here*/ f(1, x);', 'all has .1'],
    ['function f(a) {} /*here*/ f.call(this, x);', 'a'],
    ['function f(a) {} /*here*/ f((x));', 'a'],
    ['function f(a) {} /*here*/ f(...list, x);', ''],
  ])('%s', (text, expected) => {
    const { code, calls } = marked(text);
    const found = calls.flatMap((call) => {
      const uses = indexOf(call.getSourceFile()).identifiers.get('x') ?? [];
      return uses.flatMap((use) => takersOf(code, use, call));
    });
    const words = found.map(({ name, taken, within }) => {
      const part = taken.length > 0 ? ` of .${taken.join('.')}` : '';
      return `${name.text}${part}${within.length > 0 ? ` has .${within.join('.')}` : ''}`;
    });
    expect(words.join(' ')).toBe(expected);
  });
});

describe('the argument that a role names', () => {
  it.each([
    ['/*here*/ run({ key: x });', 'x'],
    ["/*here*/ run({ 'key': x });", 'x'],
    ['const options = { key: x }; /*here*/ run(options);', 'x'],
    ['const options = () => ({ key: x }); /*here*/ run(options());', 'x'],
    ['class Options { key = x; } /*here*/ run(new Options());', 'x'],
    ['class Options { key = x; constructor() { this.key = y; } } /*here*/ run(new Options());', undefined],
    ['class Options { constructor() { this.key = x; } } /*here*/ run(new Options());', undefined],
    ['/*here*/ run(Object.assign({}, { key: y }, { key: x }));', 'x'],
    ['/*here*/ run(Object.assign({ key: x }, { other: y }));', 'x'],
    ['/*here*/ run(Object.assign({ key: x }, given()));', undefined],
    ['/*here*/ run({ key: 1, ...{ key: x } });', undefined],
    ['/*here*/ run({ ...defaults, key: x });', 'x'],
    ['/*here*/ run(...[{ key: x }]);', 'x'],
    ['/*here*/ run(input);', undefined],
  ])('%s', (text, expected) => {
    const { code, calls } = marked(text);
    const [call] = calls;
    expect(call && argumentAt(code, call, { index: 0, property: 'key' })?.getText()).toBe(expected);
  });
});

describe("JavaScript's own functions, by what they are", () => {
  it.each([
    ['/*here*/ JSON.stringify(x);', 'JSON.stringify'],
    ['const { stringify: s } = JSON; /*here*/ s(x);', 'JSON.stringify'],
    ['const s = JSON.stringify; /*here*/ s(x);', 'JSON.stringify'],
    ["/*here*/ JSON['stringify'](x);", 'JSON.stringify'],
    ['/*here*/ globalThis.process.exit(1);', 'process.exit'],
    ["import process from 'node:process'; /*here*/ process.exit(1);", 'process.exit'],
    ["import { exit as leave } from 'process'; /*here*/ leave(1);", 'process.exit'],
    ["const { exit } = require('node:process'); /*here*/ exit(1);", 'process.exit'],
    ['export {}; const JSON = { stringify() {} }; /*here*/ JSON.stringify(x);', undefined],
    ['function setTimeout() {} /*here*/ setTimeout(x);', undefined],
    ['/*here*/ setTimeout(x);', 'setTimeout'],
  ])('%s', (text, expected) => {
    const { code, calls } = marked(text);
    const [call] = calls;
    expect(call && calledGlobal(code, call)).toBe(expected);
  });
});
