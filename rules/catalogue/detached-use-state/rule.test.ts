import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { detachedUseState } from './rule.ts';

/** Code of an Actor of the SDK 3 that is initialised. */
function inActor(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
${code}
await Actor.exit();
`;
}

const LET = `let state = await Actor.useState('S', { page: 1, items: [] });\n`;

describe('it finds', () => {
  it.each([
    ['another object', `${LET}/*~*/state = { page: 2, items: [] };`],
    ['a copy with a change', `${LET}/*~*/state = { ...state, page: 2 };`],
    ['what a function gives', `${LET}/*~*/state = await fetch('https://example.com');`],
    ['a number', `let page = await Actor.useState('PAGE', 1);\n/*~*/page += 1;`],
    ['a number that is counted', `let page = await Actor.useState('PAGE', 1);\n/*~*/page++;`],
    ['another array', `let list = await Actor.useState('L', []);\n/*~*/list = [...list, 1];`],
    ['a part that is taken out', `let { /*~*/page } = await Actor.useState('S', { page: 1 });\npage += 1;`],
    ['a part under another name', `let { /*~*/page: n } = await Actor.useState('S', { page: 1 });\nn = 5;`],
    ['a spread', `const state = /*~*/{ ...(await Actor.useState('S', { page: 1 })) };\nstate.page = 2;`],
    ['a clone', `const state = /*~*/structuredClone(await Actor.useState('S', { page: 1 }));\nstate.page += 2;`],
    [
      'a variable that is declared before',
      `let state;\nstate = await Actor.useState('S', { page: 1 });\n/*~*/state = { ...state, page: 2 };`,
    ],
    ['a change in a listener', `${LET}Actor.on('migrating', () => { /*~*/state = { page: 9 }; });`],
    [
      'a default in the SDK 3 with a type',
      `let state = (await Actor.useState('S', { page: 1 })) ?? {};\n/*~*/state = {};`,
    ],
  ])('%s', (_, code) => {
    expectReports(detachedUseState, inActor(code));
  });

  it("a field of a class, and Crawlee's own useState", () => {
    const [report] = expectReports(
      detachedUseState,
      {
        'main.ts': `import { CheerioCrawler, useState } from 'crawlee';
class Crawl {
  private state: { page: number } = { page: 0 };
  async start() {
    this.state = await useState('S', { page: 1 });
    /*~*/this.state = { ...this.state, page: 2 };
  }
}
await new Crawl().start();
await new CheerioCrawler().run();`,
      },
      'crawlee 3',
    );
    expect(report?.message).toBe(
      '`state` gets another value here, but the SDK goes on saving the one that it gave: what is new is lost in a migration',
    );
  });

  it('a state of a crawler, and names where it is changed', () => {
    const [report] = expectReports(
      detachedUseState,
      `import { CheerioCrawler } from 'crawlee';
const crawler = new CheerioCrawler({
  requestHandler: async ({ useState }) => {
    let { /*~*/count } = await useState({ count: 0 });
    count += 1;
  },
});
await crawler.run();`,
      'crawlee 3',
    );
    expect(report?.related.map(({ message }) => message)).toEqual([
      'the SDK saves the object that this gives',
      'it is replaced here',
    ]);
  });
});

describe('it is quiet on', () => {
  it.each([
    ['a change in place', `${LET}state.page = 2;\nstate.items.push(1);\nObject.assign(state, { page: 3 });`],
    ['an array that grows in place', `const list = await Actor.useState('L', []);\nlist.push(1);`],
    [
      'a part that is only read',
      `const { page, items } = await Actor.useState('S', { page: 1, items: [] });\nitems.push(page);`,
    ],
    [
      'a copy that is only read',
      `const before = { ...(await Actor.useState('S', { page: 1 })) };\nconsole.log(before.page);`,
    ],
    [
      'a copy that goes out',
      `const state = await Actor.useState('S', { page: 1 });\nconst out = { ...state };\nout.page = 2;\nawait Actor.pushData(out);`,
    ],
    ['the object again', `${LET}state = await Actor.useState('S', { page: 1 });`],
    [
      'the object, or a first value',
      `let state = { page: 1 };\nif (Actor.isAtHome()) state = await Actor.useState('S', { page: 1 });\nelse state = { page: 5 };`,
    ],
    [
      'a function that gives the object back',
      `const checked = (state) => { state.page ??= 1; return state; };\n${LET}state = checked(state);`,
    ],
    ['nothing, at the end', `${LET}state = undefined;\nstate = null;`],
    ['a default', `${LET}state ??= { page: 1 };\nstate ||= { page: 1 };`],
    [
      'a variable of the same name',
      `${LET}function f() { let state = {}; state = { a: 1 }; return state; }\nf(state);`,
    ],
    [
      'a useState of another library',
      `import { useState } from 'react';\nlet [page] = useState(1);\npage = 2;\nlet s = useState();\ns = {};`,
    ],
    ['a record that is read', `let state = await Actor.getValue('S');\nstate = { ...state, page: 1 };`],
    ['broken code', `let state = await Actor.useState('S', {`],
  ])('%s', (_, code) => {
    expectReports(detachedUseState, inActor(code));
  });
});

describe('the fixes', () => {
  it.each([
    [
      'in-place: an object',
      `${LET}state = { ...state, page: state.page + 1 }; // next`,
      `${LET}Object.assign(state, { page: state.page + 1 }); // next`,
    ],
    [
      'in-place: an object on lines',
      `${LET}state = {\n  ...state,\n  page: 2, // the second\n};`,
      `${LET}Object.assign(state, {\n  page: 2, // the second\n});`,
    ],
    [
      'in-place: an array',
      `let list = await Actor.useState('L', []);\nlist = [...list, 1, 2];`,
      `let list = await Actor.useState('L', []);\nlist.push(1, 2);`,
    ],
    [
      'same-object: a spread',
      `const state = { ...(await Actor.useState('S', { page: 1 })) };\nstate.page = 2;`,
      `const state = await Actor.useState('S', { page: 1 });\nstate.page = 2;`,
    ],
    [
      'same-object: a clone',
      `const state = structuredClone(await Actor.useState('S', { page: 1 }));\nstate.page = 2;`,
      `const state = await Actor.useState('S', { page: 1 });\nstate.page = 2;`,
    ],
    [
      'through-object',
      `let { page, items: all } = await Actor.useState('S', { page: 1, items: [] }); // state
while (page < 9) {
  all.push({ page });
  page += 1;
}`,
      `const state = await Actor.useState('S', { page: 1, items: [] }); // state
while (state.page < 9) {
  state.items.push({ page: state.page });
  state.page += 1;
}`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(detachedUseState, inActor(before))).toEqual({ 'main.js': inActor(after) });
  });

  it.each([
    ['another object', `${LET}state = { page: 2 };`],
    ['a number', `let page = await Actor.useState('PAGE', 1);\npage += 1;`],
    ['a part with a first value', `let { page = 1 } = await Actor.useState('S', {});\npage += 1;`],
    ['a copy whose value is used', `${LET}console.log((state = { ...state, page: 2 }));`],
  ])('none is offered for %s', (_, code) => {
    const [report] = reportsOf(detachedUseState, inActor(code));
    expect(report?.fixes).toEqual([]);
  });
});
