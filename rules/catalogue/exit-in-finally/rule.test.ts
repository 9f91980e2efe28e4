import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { exitInFinally } from './rule.ts';

const HEAD = `import { Actor } from 'apify';\nawait Actor.init();\n`;

describe('it finds an exit in a finally', () => {
  it.each([
    ['without a catch', `try {\n  await crawl();\n} finally {\n  await /*~*/Actor.exit();\n}`],
    [
      'with a catch that throws',
      `try {\n  await crawl();\n} catch (error) {\n  console.error(error);\n  throw error;\n} finally {\n  await /*~*/Actor.exit();\n}`,
    ],
    [
      'through a function',
      `const stop = async () => {\n  await Actor.exit();\n};\ntry {\n  await crawl();\n} finally {\n  await /*~*/stop();\n}`,
    ],
    ['by an element access', `try {\n  await crawl();\n} finally {\n  await /*~*/Actor['exit']();\n}`],
    [
      'with a catch that throws through a function',
      `function again(error) {\n  throw error;\n}\ntry {\n  await crawl();\n} catch (error) {\n  again(error);\n} finally {\n  await /*~*/(Actor.exit)();\n}`,
    ],
    ['called another way', `try {\n  await crawl();\n} finally {\n  await /*~*/Actor.exit.apply(Actor, []);\n}`],
    [
      'through a function that hands on nothing',
      `const leave = (...given) => Actor.exit(...given);\ntry {\n  await crawl();\n} finally {\n  await /*~*/leave();\n}`,
    ],
    ['under a condition', `try {\n  await crawl();\n} finally {\n  if (done) {\n    await /*~*/Actor.exit();\n  }\n}`],
    [
      'in a function, in CommonJS',
      `async function main() {\n  try {\n    await crawl();\n  } finally {\n    await /*~*/Actor.exit();\n  }\n}\nmain();`,
    ],
  ])('%s', (_, code) => {
    expectReports(exitInFinally, `${HEAD}${code}\n`);
  });
});

describe('it is quiet', () => {
  it.each([
    [
      'where a function hands on a code',
      `const leave = (...given) => Actor.exit(...given);\ntry {\n  await crawl();\n} finally {\n  await leave({ exitCode: code });\n}`,
    ],
    [
      'where a catch deals with it',
      `try {\n  await crawl();\n} catch (error) {\n  await report(error);\n} finally {\n  await Actor.exit();\n}`,
    ],
    [
      'where it says how it went',
      `let code = 1;\ntry {\n  await crawl();\n  code = 0;\n} finally {\n  await Actor.exit({ exitCode: code });\n}`,
    ],
    [
      'in the try, through a function',
      `const stop = () => Actor.exit();\ntry {\n  await stop();\n} finally {\n  close();\n}`,
    ],
    ['in the try', `try {\n  await Actor.exit();\n} finally {\n  close();\n}`],
    ['behind it', `try {\n  await crawl();\n} finally {\n  close();\n}\nawait Actor.exit();`],
    [
      'in a callback that the finally makes',
      `try {\n  await crawl();\n} finally {\n  later(async () => {\n    await Actor.exit();\n  });\n}`,
    ],
    ['on a failure', `try {\n  await crawl();\n} finally {\n  await Actor.fail();\n}`],
    ['in broken code', `try {\n  await crawl();\n} finally {\n  await Actor.`],
  ])('%s', (_, code) => {
    expectReports(exitInFinally, `${HEAD}${code}\n`);
  });
});

describe('the fix "move"', () => {
  it('moves it behind the try, with its comment', () => {
    expect(
      applyAllFixes(
        exitInFinally,
        `${HEAD}try {\n  await crawl();\n} finally {\n  close();\n  // End\n  await Actor.exit();\n}\nconsole.log(1);\n`,
      )['main.js'],
    ).toBe(
      `${HEAD}try {\n  await crawl();\n} finally {\n  close();\n}\n// End\nawait Actor.exit();\nconsole.log(1);\n`,
    );
  });

  it('is not offered where nothing else is in the finally', () => {
    const reports = reportsOf(exitInFinally, `${HEAD}try {\n  await crawl();\n} finally {\n  await Actor.exit();\n}\n`);
    expect(reports).toHaveLength(1);
    expect(reports.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
