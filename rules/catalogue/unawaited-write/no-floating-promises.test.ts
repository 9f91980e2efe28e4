import { describe, expect, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import { unawaitedWrite } from './rule.ts';

/**
 * The situations in the suite of typescript-eslint's `no-floating-promises`, with a write in the place of its promises. Left out
 * is what is about types alone: thenables, subclasses and intersections of `Promise`, tagged templates, its lists of safe calls.
 *
 * The tables say what the peer does with its default options; that was seen in runs of version 8.73.0 on these rows, with types.
 */
type Row = readonly [situation: string, code: string];

const SAVE = `Actor.setValue('STATE', items)`;
/** A write that is reported. */
const FOUND = `/*~*/${SAVE}`;

/** Code inside an async function of an Actor that goes on afterwards. */
function inRun(code: string): string {
  return `import { Actor, log } from 'apify';
await Actor.init();
const store = await Actor.openKeyValueStore();
export async function run(items, page) {
${code}
await page.goto('https://example.com');
}
await run([], undefined);
await Actor.exit();
`;
}

const BOTH_REPORT: readonly Row[] = [
  ['a statement', `${FOUND};`],
  ['a statement behind a comment', `/* later */ ${FOUND};`],
  ['a statement in parentheses', `(${FOUND});`],
  ['then with one callback', `${FOUND}.then(() => {});`],
  ['then with something else for the second', `${FOUND}.then(() => {}, undefined);`],
  ['then with a number for the second', `${FOUND}.then(() => {}, 3);`],
  ['then with what may be no callback', `${FOUND}.then(...[], () => {});`],
  ['catch without a callback', `${FOUND}.catch();`],
  ['catch with null', `${FOUND}.catch(null);`],
  ['finally', `${FOUND}.finally(() => {});`],
  ['catch and a finally that throws it again', `${FOUND}.catch().finally(() => {});`],
  ['an async function that is called at once', `/*~*/(async () => { await ${SAVE}; })();`],
  ['an async function with a name that is called at once', `/*~*/(async function save() { await ${SAVE}; })();`],
  ['a function that was written before', `async function save() { await ${SAVE}; }\n/*~*/save();`],
  ['a function that returns the promise', `const save = () => ${SAVE};\n/*~*/save();`],
  [
    'a function in objects that may not be there',
    `const deps = { store: { save: () => ${SAVE} } };\n/*~*/deps.store?.save?.();`,
  ],
  ['a method of what may not be there', `/*~*/store?.setValue('STATE', items);`],
  ['one side of a condition', `Math.random() > 0.5 ? ${FOUND} : null;`],
  ['the other side of a condition', `Math.random() > 0.5 ? null : ${FOUND};`],
  ['the first of a comma', `(${FOUND}, 123);`],
  ['the last of a comma', `(123, ${FOUND});`],
  ['the middle of a comma', `(123, ${FOUND}, 123);`],
  ['the right of &&', `items.length > 0 && ${FOUND};`],
  ['the right of ||', `items.length > 0 || ${FOUND};`],
  ['the right of ??', `items.find(Boolean) ?? ${FOUND};`],
  ['the left of ||', `${FOUND} || log.info('none');`],
  ['a variable that is only named', `const saved = ${FOUND};\nsaved;`],
  ['a listener with a block body', `document.addEventListener('click', () => { ${FOUND}; });`],
  ['the array of a map', `/*~*/items.map(async (item) => { await Actor.pushData(item); });`],
  ['a property that is only named', `const work = { saved: ${FOUND} };\nwork.saved;`],
  ['an array that is only named', `[${FOUND}, page.close()];`],
  ['an array in a variable that is only named', `const saved = [${FOUND}, page.close()];\nsaved;`],
  ['Promise.all', `/*~*/Promise.all([${SAVE}, page.close()]);`],
  ['Promise.allSettled over a map', `/*~*/Promise.allSettled(items.map((item) => Actor.pushData(item)));`],
  ['an executor', `new Promise((resolve) => { /*~*/(async () => { await ${SAVE}; resolve(); })(); });`],
  ['a loop', `for (const item of items) /*~*/Actor.pushData(item);`],
];

const BOTH_QUIET: readonly Row[] = [
  ['await', `await ${SAVE};`],
  ['return', `return ${SAVE};`],
  ['await of then', `await ${SAVE}.then(() => {});`],
  ['await of catch without a callback', `await ${SAVE}.catch();`],
  ['await of finally', `await ${SAVE}.finally(() => {});`],
  ['return of catch', `return ${SAVE}.catch(() => {});`],
  ['await of an async function that is called at once', `await (async () => { await ${SAVE}; })();`],
  ['await of a function', `async function save() { await ${SAVE}; }\nawait save();`],
  ['await of what may not be there', `await store?.setValue('STATE', items);`],
  ['await of a function that may not be there', `const deps = { save: () => ${SAVE} };\nawait deps?.save?.();`],
  ['await of &&', `await (items.length > 0 && ${SAVE});`],
  ['&& of await', `items.length > 0 && (await ${SAVE});`],
  ['await of a condition', `await (Math.random() > 0.5 ? ${SAVE} : 0);`],
  ['a variable that is awaited', `const saved = ${SAVE};\nawait saved;`],
  ['a variable that may be a number', `const saved = items.length > 0 ? ${SAVE} : 0;\nawait saved;`],
  ['a property that is awaited', `const work = { saved: ${SAVE} };\nawait work.saved;`],
  ['Promise.all that is awaited', `await Promise.all([${SAVE}, page.close()]);`],
  ['Promise.race that is returned', `return Promise.race([${SAVE}, page.close()]);`],
  ['yield', `function* each() { yield ${SAVE}; }\nfor (const saved of each()) await saved;`],
  ['an arrow function that nobody calls here', `return () => ${SAVE};`],
];

/**
 * We differ on purpose: to the peer a promise is in order once its rejection is handled, or somebody said `void`. To a run that
 * ends, or is migrated, that makes no difference: the write is cut.
 */
const ONLY_OURS: readonly Row[] = [
  ['void', `void ${FOUND};`],
  ['void of &&', `void (items.length > 0 && ${FOUND});`],
  ['&& of void', `items.length > 0 && void ${FOUND};`],
  ['void in an array', `[1, 2, void ${FOUND}, 3];`],
  ['catch', `${FOUND}.catch(() => {});`],
  ['void of catch', `void ${FOUND}.catch(() => {});`],
  ['catch of what may not be there', `/*~*/store?.setValue('STATE', items)?.catch(() => {});`],
  ['then with two callbacks', `${FOUND}.then(() => {}, () => {});`],
  ['then and catch', `${FOUND}.then(() => {}).catch(() => {});`],
  ['then, catch and finally', `${FOUND}.then(() => {}).catch(() => {}).finally(() => {});`],
  ['catch and several finally', `${FOUND}.catch(() => {}).finally(() => {}).finally(() => {});`],
  ['catch on one side of a condition', `Math.random() > 0.5 ? ${FOUND}.catch(() => {}) : null;`],
  ['catch on both sides of ||', `${FOUND}.catch(() => {}) || ${FOUND}.then(() => {}, () => {});`],
  ['catch behind a comma', `(123, ${FOUND}.catch(() => {}));`],
  ['catch on a variable', `const saved = ${FOUND};\nconst then = saved.then(() => {});\nthen.catch(() => {});`],
  ['catch on a function', `async function save() { await ${SAVE}; }\n/*~*/save().catch(() => {});`],
  ['a variable that nobody uses', `const saved = ${FOUND};`],
  ['forEach with an async callback', `/*~*/items.forEach(async (item) => { await Actor.pushData(item); });`],
];

/**
 * We say less on purpose. Which function a parameter is depends on who calls; what an object keeps, or an executor is handed, may be
 * waited for where it is not seen.
 */
const ONLY_THEIRS: readonly Row[] = [
  ['a function as a parameter', `const end = (save) => { save(); };\nend(() => ${SAVE});`],
  ['a function as a parameter that may not be there', `const end = (save) => { save?.(); };\nend(() => ${SAVE});`],
  ['what resolves a promise that is awaited', `await new Promise((resolve) => { ${SAVE}.then(resolve); });`],
  ['a new promise that a write resolves', `new Promise((resolve) => { ${SAVE}.then(resolve); });`],
];

describe("in the situations of typescript-eslint's no-floating-promises", () => {
  it.each(BOTH_REPORT)('both report %s', (_, code) => {
    expect(expectReports(unawaitedWrite, inRun(code)).length).toBeGreaterThan(0);
  });

  it.each(BOTH_QUIET)('both are quiet on %s', (_, code) => {
    expectReports(unawaitedWrite, inRun(code));
  });

  it.each(ONLY_THEIRS)('only the peer reports %s', (_, code) => {
    expectReports(unawaitedWrite, inRun(code));
  });

  it.each(ONLY_OURS)('only ours reports %s', (_, code) => {
    expect(expectReports(unawaitedWrite, inRun(code)).length).toBeGreaterThan(0);
  });
});
