import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports } from '../expect-reports.ts';
import { swallowedSaveError } from './rule.ts';

const HEAD = `import { Actor, log } from 'apify';\nawait Actor.init();\nconst state = { page: 1 };\n`;

describe('it finds a save whose error is dropped', () => {
  it.each([
    ['by catch', `await /*~*/Actor.setValue('STATE', state).catch(() => {});`],
    ['by catch with a function', `/*~*/Actor.pushData(state).catch(function () {});`],
    [
      'by a listener that returns it',
      `Actor.on('migrating', () => /*~*/Actor.setValue('STATE', state).catch(() => {}));`,
    ],
    ['by then with a second function', `await /*~*/Actor.setValue('A', 1).then(() => log.info('saved'), () => {});`],
    ['by a function with a name', `const noop = () => {};\nawait /*~*/Actor.setValue('A', 1).catch(noop);`],
    [
      'by a method of an object',
      `const handlers = { quiet() {} };\nawait /*~*/Actor.setValue('A', 1).catch(handlers.quiet);`,
    ],
    ['by a function that returns nothing', `await /*~*/Actor.setValue('A', 1).catch(() => undefined);`],
    ['by an element access', `await /*~*/Actor['setValue']('A', 1)['catch'](() => { return; });`],
    ['at the end of a chain', `await /*~*/Actor.setValue('A', 1).then(() => log.info('saved')).catch(() => {});`],
    ['through a variable', `const saved = /*~*/Actor.setValue('A', 1);\nawait saved.catch(() => {});`],
    [
      'by a block that calls what does nothing',
      `function noop() {}\ntry {\n  await /*~*/Actor.setValue('A', 1);\n} catch (e) {\n  noop(e);\n}`,
    ],
    ['in parentheses', `try {\n  (await (/*~*/Actor.setValue('A', 1)));\n} catch {}`],
    [
      'through a function',
      `async function save() {\n  await Actor.setValue('A', 1);\n}\ntry {\n  await /*~*/save();\n} catch {}`,
    ],
    [
      'through a function that returns it',
      `const save = (value) => Actor.setValue('A', value);\nawait /*~*/save(1).catch(() => {});`,
    ],
    ['by an empty block', `try {\n  await /*~*/Actor.setValue('STATE', state);\n} catch {}`],
    ['by a block with a name', `try {\n  await /*~*/Actor.charge({ eventName: 'page' });\n} catch (e) {\n}`],
    [
      'of an opened store',
      `const store = await Actor.openKeyValueStore('s');\ntry {\n  if (state.page > 1) await /*~*/store.setValue('A', 1);\n} catch (_) {}`,
    ],
  ])('%s', (_, code) => {
    expectReports(swallowedSaveError, `${HEAD}${code}\n`);
  });

  it('in TypeScript and in CommonJS of the SDK 2', () => {
    expectReports(swallowedSaveError, {
      'main.ts': `import { Actor } from 'apify';\nexport const save = async (page: number): Promise<void> => {\n  await /*~*/Actor.setValue('P', page).catch(() => {});\n};\nawait save(1);\n`,
    });
    expectReports(
      swallowedSaveError,
      `const Apify = require('apify');\nApify.main(async () => {\n  try { await /*~*/Apify.setValue('P', 1); } catch (e) {}\n});\n`,
      'apify 2',
    );
  });

  it('with Crawlee alone', () => {
    expectReports(
      swallowedSaveError,
      `import { Dataset } from 'crawlee';\nawait /*~*/Dataset.pushData({ a: 1 }).catch(() => {});\n`,
      'crawlee 3',
    );
  });
});

describe('it is quiet', () => {
  it.each([
    ['on an error that is logged', `await Actor.setValue('A', 1).catch((e) => log.error(e));`],
    ['on a block that throws again', `try {\n  await Actor.setValue('A', 1);\n} catch (e) {\n  throw e;\n}`],
    ['on a comment in the block', `try {\n  await Actor.setValue('A', 1);\n} catch {\n  // best effort\n}`],
    ['on a comment behind', `await Actor.setValue('A', 1).catch(() => {}); // may fail`],
    ['on a comment above', `// Ignore errors\nawait Actor.setValue('A', 1).catch(() => {});`],
    [
      'on a value that is used',
      `const q = await Actor.openRequestQueue();\nconst r = await q.addRequest({ url: 'x' }).catch(() => {});\nlog.info(r);`,
    ],
    ['on a function that logs', `const tell = (e) => log.error(e);\nawait Actor.setValue('A', 1).catch(tell);`],
    ['on a function that is not known', `import { noop } from 'x';\nawait Actor.setValue('A', 1).catch(noop);`],
    ['on a block that counts', `let failed = 0;\ntry {\n  await Actor.setValue('A', 1);\n} catch {\n  failed += 1;\n}`],
    [
      'on a block that leaves the function',
      `async function save() {\n  try {\n    await Actor.setValue('A', 1);\n  } catch {\n    return;\n  }\n  await Actor.pushData({});\n}\nawait save();`,
    ],
    [
      'where one of two callers hears of it',
      `async function save() {\n  await Actor.setValue('A', 1);\n}\nawait save();`,
    ],
    ['on an inner function', `try {\n  await Promise.all([fetch('x'), Actor.setValue('A', 1)]);\n} catch {}`],
    ['on a read', `await Actor.getValue('A').catch(() => {});\ntry {\n  await Actor.getValue('B');\n} catch {}`],
    ['on a record that is removed', `await Actor.setValue('A', null).catch(() => {});`],
    [
      'where the try is about other work',
      `try {\n  const r = await fetch('x');\n  await Actor.pushData({ ok: r.ok });\n} catch {}`,
    ],
    ['where the promise is not awaited in the try', `try {\n  Actor.setValue('A', 1);\n} catch {}`],
    ['in a function inside the try', `try {\n  run(async () => { await Actor.setValue('A', 1); });\n} catch {}`],
    ['on what is not the SDK', `await db.setValue('A', 1).catch(() => {});`],
    ['in broken code', `try {\n  await Actor.setValue('A', 1`],
  ])('%s', (_, code) => {
    expectReports(swallowedSaveError, `${HEAD}${code}\n`);
  });
});

describe('the fix "log"', () => {
  it.each([
    [
      'in a catch',
      `await Actor.setValue('A', 1).catch(() => {});`,
      `await Actor.setValue('A', 1).catch((error) => console.error(error));`,
    ],
    [
      'in a block without a name',
      `try {\n  await Actor.setValue('A', 1);\n} catch {}`,
      `try {\n  await Actor.setValue('A', 1);\n} catch (error) { console.error(error); }`,
    ],
    [
      'in a block with a name',
      `try {\n  await Actor.setValue('A', 1);\n} catch (e) {}`,
      `try {\n  await Actor.setValue('A', 1);\n} catch (e) { console.error(e); }`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(swallowedSaveError, `${HEAD}${before}\n`)['main.js']).toBe(`${HEAD}${after}\n`);
  });
});
