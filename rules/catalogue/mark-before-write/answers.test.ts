import { describe, expect, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import { markBeforeWrite } from './rule.ts';

/** An Actor whose loop asks a function that marks what it has seen. */
function asking(round: string, mark = '/*~*/'): string {
  return `import { Actor } from 'apify';
await Actor.init();
const { urls } = await Actor.getInput();
const seen = new Set(await Actor.getValue('SEEN'));
Actor.on('persistState', async () => { await Actor.setValue('SEEN', [...seen]); });
function isNew(url) {
  if (seen.has(url)) return false;
  ${mark}seen.add(url);
  return true;
}
for (const url of urls) {
  const { price } = await (await fetch(url)).json();
  ${round}
}
await Actor.exit();
`;
}

describe('a function that marks, and says whether to write', () => {
  it.each([
    ['in the branch', `if (isNew(url)) await Actor.pushData({ url, price });`],
    ['in a block', `if (isNew(url)) {\n    await Actor.pushData({ url, price });\n  }`],
    ['behind a jump', `if (!isNew(url)) continue;\n  await Actor.pushData({ url, price });`],
  ])('%s', (_, round) => {
    const [report] = expectReports(markBeforeWrite, asking(round));
    expect(report?.message).toContain('`seen` moves on before the items are written');
    expect(report?.fixes).toEqual([]);
  });

  it.each([
    [
      'asked in two places',
      `if (isNew(url)) await Actor.pushData({ url });\n  if (isNew(price)) await Actor.pushData({ price });`,
    ],
    ['behind the write', `await Actor.pushData({ url, price });\n  if (isNew(url)) console.log(url);`],
    ['where nothing is written', `if (isNew(url)) console.log(price);`],
    [
      'where another write follows',
      `if (price > 1) {
    const fresh = isNew(url);
    if (fresh) await Actor.pushData({ url });
    await Actor.pushData({ price });
  }`,
    ],
    ['asked in a write', `await Actor.pushData({ url, isNew: isNew(url) });`],
  ])('it is quiet %s', (_, round) => {
    expectReports(markBeforeWrite, asking(round, ''));
  });
});
