import type { FixtureSdk } from '../actor/actor-fixture.ts';
import { exampleRunOf, isRunWord } from './example-run.ts';
import type { ExampleRun } from './example-run.ts';
import type { MarkedFiles } from './expect-reports.ts';

/**
 * An example on a rule's page: a fenced block whose info says what it is, for which SDK, in which file it would stand, and
 * what is seen of it when it is run.
 *
 *     ```js bad apify-2 main.js
 *
 * `bad` has a finding of the rule on the lines behind the file's name (`main.js:6`, `main.js:4,9`), `good` has none. The SDK is `apify-3` and the file `main.js` where they are left out. A
 * block `js with save.js` adds a file to the example before it; one in JSON only to the run.
 */
export interface PageExample {
  readonly verdict: 'bad' | 'good';
  readonly sdk: FixtureSdk;
  /** The code; the first file is the entry point. */
  readonly files: MarkedFiles;
  /** Where the rule's findings begin, as `main.js:6`. */
  readonly flagged: readonly string[];
  /** What stands beside the code when it is run, such as `.actor/pay_per_event.json`. */
  readonly assets: MarkedFiles;
  readonly run: ExampleRun | undefined;
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

const FENCE = /^```(json|js|ts|jsx|tsx) +(bad|good|with)\b *(.*)\n([\s\S]*?)^```$/gmu;

/**
 * The examples of a page, in its order.
 *
 * @throws where a fence has a word that means nothing
 */
export function examplesOf(page: string): readonly PageExample[] {
  const examples: PageExample[] = [];
  for (const { 1: language, 2: verdict, 3: info = '', 4: code = '', index } of page.matchAll(FENCE)) {
    const line = page.slice(0, index).split('\n').length;
    const words = info.split(' ').filter((word) => word !== '');
    const [named = 'main.js', ...unknown] = words.filter((word) => !(word in SDKS) && !isRunWord(word));
    const [, file = named, lines = ''] = /^(.*):([\d,]+)$/u.exec(named) ?? [];
    const flagged = lines === '' ? [] : lines.split(',').map((number) => `${file}:${number}`);
    if (unknown.length > 0)
      throw new Error(`The fence on line ${line} says "${unknown.join(' ')}", which means nothing.`);
    const before = examples.at(-1);
    if (verdict === 'bad' || verdict === 'good') {
      const sdk = words.map((word) => SDKS[word]).find((each) => each !== undefined) ?? 'apify 3';
      examples.push({ verdict, sdk, files: { [file]: code }, flagged, assets: {}, run: exampleRunOf(words), line });
    } else if (before !== undefined) {
      const added = language === 'json' ? 'assets' : 'files';
      examples[examples.length - 1] = {
        ...before,
        [added]: { ...before[added], [file]: code },
        flagged: [...before.flagged, ...flagged],
      };
    }
  }
  return examples;
}
