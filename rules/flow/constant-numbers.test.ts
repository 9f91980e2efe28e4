import { describe, expect, it } from 'vitest';

import { codeOf, markedIn } from './code-fixture.ts';
import { numberOf } from './constant-numbers.ts';

const programs: Readonly<Record<string, string>> = {
  'a literal and what is computed of it': `use(/*= 15000 */ 15 * 1_000); use(/*= 7 */ (1 + 6)); use(/*= 2 */ 4 / 2);`,
  'a constant': `const SECOND = 1000; const PAUSE = 5 * SECOND; use(/*= 5000 */ PAUSE);`,
  'a property of a constant': `const WAIT = { ms: 3000 }; use(/*= 3000 */ WAIT.ms);`,
  'a property that is changed': `const wait = { ms: 3000 }; wait.ms = input(); use(/*= ? */ wait.ms);`,
  'a part of a constant': `const { ms } = { ms: 3000 }; use(/*= 3000 */ ms);`,
  'a part that is changed': `const wait = { ms: 3000 }; wait.ms = input(); const { ms } = wait; use(/*= ? */ ms);`,
  'a variable that is assigned': `let ms = 1; if (x) ms = 2; use(/*= ? */ ms);`,
  'the smallest that callers give': `function f(ms) { use(/*= 2 */ ms); } f(5); f(2);`,
  'a caller that gives what is not known': `function f(ms) { use(/*= ? */ ms); } f(5); f(input());`,
  'a default': `function f(ms = 8) { use(/*= 8 */ ms); } f();`,
  'an option': `function f({ ms }) { use(/*= 8 */ ms); } f({ ms: 8 });`,
  'a function that is handed out': `function f(ms) { use(/*= ? */ ms); } f(5); other(f);`,
  'a value made of itself': `const f = (n) => { use(/*= ? */ n); f(n + 1); }; f(1);`,
};

describe('the number that an expression is for sure', () => {
  it.each(Object.entries(programs))('%s', (_, text) => {
    const { code, trees } = codeOf({ 'main.js': text });
    const marked = markedIn(trees);
    expect(marked.length).toBeGreaterThan(0);
    const found = marked.map(({ expression }) => String(numberOf(code, expression) ?? '?'));
    expect(found).toEqual(marked.map(({ expected }) => expected));
  });
});
