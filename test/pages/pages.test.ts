import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ruleList } from '../../rules/catalogue/index.ts';
import { examplesOf } from '../../rules/catalogue/page-examples.ts';
import { pageOf } from '../../rules/catalogue/page-of.ts';
import { webSite, type WebSite } from '../../simulator/testing/web-site.ts';
import { runExample } from './example-actor.ts';

let site: WebSite;
beforeAll(async () => {
  site = await webSite({ delayMs: 20 });
});
afterAll(async () => await site.close());

const examples = ruleList.flatMap(({ id }) =>
  examplesOf(pageOf(id)).flatMap((example) => {
    const { run, verdict, sdk, line } = example;
    return run === undefined
      ? []
      : [{ name: `${id}: the ${verdict} example on line ${line}, ${sdk}`, example: { ...example, run } }];
  }),
);

/** Where a page says that something is lost, its examples are run, and it is seen: of the bad one, and not of the good one. */
describe.concurrent('an example shows what its page says of', () => {
  test.each(examples)('$name', async ({ example }) => {
    const { seen, output } = await runExample(example, site.url);
    expect(seen, output).toEqual(example.run.seen);
  });
});
