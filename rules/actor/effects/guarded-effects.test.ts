import { describe, expect, it } from 'vitest';

import { actorOf } from '../actor-fixture.ts';

/** What `known`, which a handler asks and fills, decides about. */
function decidedIn(handler: string, beside = ''): readonly string[] {
  const actor = actorOf({
    'main.js': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const known = new Set();
${beside}
const crawler = new CheerioCrawler({ async requestHandler({ request, $ }) {
  const id = $('h1').text();
  ${handler}
} });
await crawler.run(await Actor.getInput());
await Actor.exit();`,
  });
  const variables = actor.regions.flatMap((state) => state.variables);
  return [...(variables.find(({ binding }) => binding.name === 'known')?.significance.decides ?? [])].toSorted();
}

const PUSH = 'await Actor.pushData({ id });';

describe('a set of what was seen decides about items', () => {
  it.each([
    ['in an early return', `if (known.has(id)) return; known.add(id); ${PUSH}`],
    ['in an if', `if (!known.has(id)) { known.add(id); ${PUSH} }`],
    ['with the jump in the else', `if (!known.has(id)) { known.add(id); } else { return; } ${PUSH}`],
    ['with the write in the else', `if (known.has(id)) { console.log(id); } else { known.add(id); ${PUSH} }`],
    ['before an operator', `known.has(id) || await Actor.pushData({ id }); known.add(id);`],
    ['in a conditional expression', `known.add(id) && known.has(id) === false ? ${PUSH.slice(0, -1)} : undefined;`],
    ['in a variable', `const isNew = !known.has(id); known.add(id); if (!isNew) return; ${PUSH}`],
    ['in a switch', `switch (known.has(id)) { case true: return; default: known.add(id); } ${PUSH}`],
    ['in a switch over true', `switch (true) { case known.has(id): break; default: known.add(id); ${PUSH} }`],
    ['in a loop that ends at once', `while (!known.has(id)) { known.add(id); ${PUSH} }`],
    ['with a jump out of a block', `check: { if (known.has(id)) break check; known.add(id); ${PUSH} }`],
    [
      'with an error that skips',
      `try { if (known.has(id)) throw new Error(id); known.add(id); ${PUSH} } catch { console.log(id); }`,
    ],
    [
      'in a callback',
      `for (const x of $('a').get()) { known.add(x); } $('a').get().forEach((x) => { if (known.has(x)) return; Actor.pushData(x); });`,
    ],
    ['in a chain', `await fetch(id).then(async () => { if (known.has(id)) return; known.add(id); ${PUSH} });`],
    ['compared with a literal', `if (known.has(id) === true) return; known.add(id); ${PUSH}`],
    [
      'in a filter with a body',
      `const rows = $('a').get().filter((x) => { if (known.has(x)) return false; known.add(x); return true; }); await Actor.pushData(rows);`,
    ],
    [
      'in a map that leaves out',
      `const rows = $('a').get().map((x) => { if (known.has(x)) return null; known.add(x); return { x }; }).filter(Boolean); await Actor.pushData(rows);`,
    ],
  ])('%s', (_, handler) => {
    expect(decidedIn(handler)).toContain('output');
  });

  it.each([
    [
      'asked in a function',
      `if (!isNew(id)) return; ${PUSH}`,
      'function isNew(id) { if (known.has(id)) return false; known.add(id); return true; }',
    ],
    [
      'asked in a function with an else',
      `if (isNew(id)) { ${PUSH} }`,
      'const isNew = (id) => { if (!known.has(id)) { known.add(id); return true; } else { return false; } };',
    ],
    [
      'chosen in a function by its name',
      `await Actor.pushData($('a').get().filter(isNew));`,
      'function isNew(x) { const found = known.has(x); known.add(x); return !found; }',
    ],
    [
      'left out in a function that returns the rows',
      `const rows = rowsOf($('a').get()); await Actor.pushData(rows);`,
      'function rowsOf(all) { return all.map((x) => { if (known.has(x)) return; known.add(x); return x; }).filter(Boolean); }',
    ],
  ])('%s', (_, handler, beside) => {
    expect(decidedIn(handler, beside)).toContain('output');
  });
});

describe('it does not decide about items', () => {
  it.each([
    [
      'that are written on both ways',
      `if (known.has(id)) { await Actor.pushData({ id }); return; } known.add(id); ${PUSH}`,
    ],
    ['that are written before', `${PUSH} if (known.has(id)) return; known.add(id); console.log(id);`],
    [
      'that are written behind both branches',
      `if (known.has(id)) { console.log(id); } else { known.add(id); } ${PUSH}`,
    ],
    ['that come behind a check of the run', `known.add(id); if (known.size === 0) throw new Error('none'); ${PUSH}`],
    [
      'in another function of the same handler',
      `const done = () => { if (known.has(id)) return; known.add(id); }; ${PUSH}`,
    ],
    ['where it is done every so often', `known.add(id); if (known.size % 100 === 0) { console.log(id); } ${PUSH}`],
  ])('%s', (_, handler) => {
    expect(decidedIn(handler)).not.toContain('output');
  });
});
