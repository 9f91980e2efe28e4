import type { FixtureSdk } from '../model/actor-fixture.ts';
import type { MarkedFiles } from './expect-reports.ts';

/**
 * An example on a rule's page: a fenced block whose info says what it is, for which SDK, and in which file it would stand.
 *
 *     ```js bad apify-2 main.js
 *
 * `bad` has a finding of the rule, `good` has none. The SDK is `apify-3` and the file `main.js` where they are left out. A
 * block `js with save.js` adds a file to the example before it.
 */
export interface PageExample {
  readonly verdict: 'bad' | 'good';
  readonly sdk: FixtureSdk;
  readonly files: MarkedFiles;
  /** The line of the page on which it begins, from 1. */
  readonly line: number;
}

const SDKS: Readonly<Record<string, FixtureSdk>> = {
  'apify-0': 'apify 0',
  'apify-1': 'apify 1',
  'apify-2': 'apify 2',
  'apify-3': 'apify 3',
  'apify-3.6': 'apify 3.6',
  'crawlee-3': 'crawlee 3',
};

const FENCE = /^```(?:js|ts|jsx|tsx) +(bad|good|with)\b *(.*)\n([\s\S]*?)^```$/gmu;

/** The examples of a page, in its order. */
export function examplesOf(page: string): readonly PageExample[] {
  const examples: PageExample[] = [];
  for (const { 1: verdict, 2: info = '', 3: code = '', index } of page.matchAll(FENCE)) {
    const words = info.split(' ').filter((word) => word !== '');
    const file = words.find((word) => !(word in SDKS)) ?? 'main.js';
    const before = examples.at(-1);
    if (verdict === 'bad' || verdict === 'good') {
      const sdk = words.map((word) => SDKS[word]).find((each) => each !== undefined) ?? 'apify 3';
      const line = page.slice(0, index).split('\n').length;
      examples.push({ verdict, sdk, files: { [file]: code }, line });
    } else if (before !== undefined) {
      examples[examples.length - 1] = { ...before, files: { ...before.files, [file]: code } };
    }
  }
  return examples;
}
