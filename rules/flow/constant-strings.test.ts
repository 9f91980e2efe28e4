import { describe, expect, it } from 'vitest';

import { codeOf, markedIn } from './code-fixture.ts';
import { textsOf } from './constant-strings.ts';

describe('the texts that an expression may have', () => {
  it.each([
    `const K = 'a'; use(/*= a */ K);`,
    `const K = 'a'; use(/*= a-b */ K + '-b');`,
    'const K = `a`; use(/*= a-b */ `${K}-b`);',
    `const K = 'a'; use(/*= A */ K.toUpperCase());`,
    `const K = 'A'; use(/*= a */ K['toLowerCase']());`,
    `use(/*= a-b */ ['a', 'b'].join('-'));`,
    `use(/*= ab */ 'a'.concat('b'));`,
    `for (const key of ['a', 'b']) use(/*= a | b */ key);`,
    `['a', 'b'].forEach((key) => use(/*= a | b */ key));`,
    `const E = { A: 'a', B: 'b' }; for (const key of Object.values(E)) use(/*= a | b */ key);`,
    `const E = Object.freeze({ A: 'a' }); use(/*= a */ E.A);`,
    `const E = { A: 'a' }; const { A } = E; use(/*= a */ A);`,
    `function f(key) { use(/*= a | b */ key); } f('a'); f('b');`,
    `function f(key) { use(/*= a | ? */ key); } f('a'); f(input());`,
    `const f = (...all) => g(...all); const g = (key) => use(/*= a */ key); f('a');`,
    `const name = (part) => part + '-STATE'; use(/*= a-STATE */ name('a'));`,
    `const { key = 'a' } = input(); use(/*= a | ? */ key);`,
    `let key = 'a'; key += 'b'; use(/*= ? */ key);`,
    `class K { static A = 'a'; } use(/*= a */ K.A);`,
  ])('%s', (text) => {
    const { code, trees } = codeOf({ 'main.js': text });
    const found = markedIn(trees).map(({ expected, expression }) => {
      const { known, isAll } = textsOf(code, expression);
      const words = [...known.map((each) => each.text), ...(isAll ? [] : ['?'])];
      return { expected, words: words.join(' | ') };
    });
    expect(found.map(({ words }) => words)).toEqual(found.map(({ expected }) => expected));
  });
});
