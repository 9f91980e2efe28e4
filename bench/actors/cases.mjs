/**
 * Public Actors, each at a commit, and what a migration must show of it by the reading of its code. The expectation was written
 * before the run.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} repository on GitHub
 * @property {string} commit
 * @property {string} folder the Actor's own, in its repository
 * @property {string} licence as its package or repository tells
 * @property {string} sdk
 * @property {readonly string[]} command
 * @property {readonly string[]} options of `actor-state migrate`: when it is migrated; a short grace period, where in ten seconds it would be done
 * @property {(site: string) => unknown} input
 * @property {Readonly<Record<string, readonly unknown[]>>} [datasets] named ones that it reads
 * @property {Readonly<{ verdict: string, comparison: string }>} expected
 * @property {string} why
 */

const RESULTS_CHECKER = {
  repository: 'metalwarrior665/actor-results-checker',
  commit: '7006d5c32e8c42ff00318e73b7e821697d35ae4a',
  folder: '.',
  licence: 'ISC',
  sdk: '1, JavaScript',
  command: ['npm', 'start'],
  input: () => ({
    apifyStorageId: 'to-check',
    functionalChecker: '() => ({ id: (id) => id % 3 !== 0 })',
    batchSize: 2,
  }),
};

/** @type {readonly Case[]} */
export const CASES = [
  {
    id: 'ts-crawlee-cheerio',
    repository: 'apify/actor-templates',
    commit: '2b5143270759dd44b0a75864da05855ad037cf6f',
    folder: 'templates/ts-crawlee-cheerio',
    licence: 'ISC',
    sdk: '3, TypeScript by tsx',
    command: ['npm', 'start'],
    options: ['--at', 'request:3'],
    input: (site) => ({ startUrls: [{ url: site }], maxRequestsPerCrawl: 100 }),
    expected: { verdict: 'resumed', comparison: 'repeats-allowed' },
    why: 'all progress is in the request queue; pages under way at the kill are pushed again',
  },
  {
    id: 'website-media-link',
    repository: 'thenetaji/apify-actors',
    commit: '06055fe35120a20ae0b5bf23baa452a4362f9d0e',
    folder: 'link-scraper/website-media-link',
    licence: 'MIT',
    sdk: '3, JavaScript',
    command: ['npm', 'start'],
    options: ['--at', 'request:3'],
    input: (site) => ({
      startUrls: [{ url: site }],
      mediaType: 'image',
      maxCrawlDepth: 3,
      maxConcurrency: 2,
      maxUrlsToCrawl: 7,
    }),
    expected: { verdict: 'resumed', comparison: 'different' },
    why: 'the count that its limit of pages is held against begins at zero again: it crawls more pages',
  },
  {
    id: 'dedup-datasets',
    repository: 'metalwarrior665/actor-dedup-datasets',
    commit: '9bc3616edd6018768228e2450610e1aaeb744648',
    folder: '.',
    licence: 'ISC',
    sdk: '2, JavaScript',
    command: ['npm', 'start'],
    options: ['--at', 'write:5'],
    datasets: { 'to-dedup': rows(40, (index) => ({ id: index % 30, from: index })) },
    input: () => ({
      datasetIds: ['to-dedup'],
      fields: ['id'],
      uploadBatchSize: 2,
      parallelPushes: 2,
      mode: 'dedup-after-load',
      output: 'unique-items',
      outputTo: 'dataset',
    }),
    expected: { verdict: 'resumed', comparison: 'same' },
    why: 'its listener stops the loop, and its position is saved and restored',
  },
  {
    id: 'shopify-scraper',
    repository: 'pocesar/actor-shopify-scraper',
    commit: '36504c8d75a618b8bcd5fe74c5ab790361f4007a',
    folder: '.',
    licence: 'Apache-2.0',
    sdk: '2, JavaScript modules',
    command: ['npm', 'start'],
    options: ['--at', 'write:6'],
    input: (site) => ({
      startUrls: [{ url: site }],
      proxyConfig: { useApifyProxy: true },
      maxConcurrency: 2,
      maxRequestsPerCrawl: 100,
    }),
    expected: { verdict: 'resumed', comparison: 'repeats-allowed' },
    why: 'its request lists are persisted with their sources, the found sitemaps by its own listener',
  },
  {
    id: 'results-checker',
    ...RESULTS_CHECKER,
    options: ['--at', 'key:STATE:3', '--grace', '1'],
    datasets: { 'to-check': checked(60) },
    expected: { verdict: 'resumed', comparison: 'same' },
    why: 'its counts and its offset are saved together after each batch, and read at the start',
  },
  {
    id: 'results-checker-end',
    ...RESULTS_CHECKER,
    options: ['--at', 'key:STATE:4', '--grace', '1.5', '--latency', '1000'],
    datasets: { 'to-check': checked(8) },
    expected: { verdict: 'resumed', comparison: 'different' },
    why: 'after the last batch it saves the counts without moving the offset: the batch is counted twice',
  },
  {
    id: 'sitemap-to-request-queue',
    repository: 'pocesar/actor-sitemap-to-request-queue',
    commit: '4269746f62122395173efe138a69b4d3c4e2eddf',
    folder: '.',
    licence: 'Apache-2.0',
    sdk: '0.21, JavaScript',
    command: ['npm', 'start'],
    options: ['--at', 'add:8', '--grace', '0.3'],
    input: (site) => ({
      startUrls: [1, 2, 3].map((part) => ({ url: `${site}/pages-${part}.xml` })),
      proxyConfig: { useApifyProxy: true },
    }),
    expected: { verdict: 'resumed', comparison: 'same' },
    why: 'a sitemap under way is read again: what was being added at the kill is added again, the rest is in the queue already',
  },
  {
    id: 'crawler-cheerio-list',
    repository: 'apify/actor-crawler-cheerio',
    commit: '695944af27eead04937220143313ef125ed24d56',
    folder: '.',
    licence: 'Apache-2.0',
    sdk: '0.9, JavaScript',
    command: ['npm', 'start'],
    options: ['--at', 'write:4', '--grace', '1'],
    input: (site) =>
      crawlerCheerio({ startUrls: Array.from({ length: 30 }, (_, index) => ({ url: `${site}/page/${index + 1}` })) }),
    expected: { verdict: 'restarted-from-zero', comparison: 'different' },
    why: 'its request list has no persistence key, so all start URLs are crawled and pushed again',
  },
  {
    id: 'crawler-cheerio-queue',
    repository: 'apify/actor-crawler-cheerio',
    commit: '695944af27eead04937220143313ef125ed24d56',
    folder: '.',
    licence: 'Apache-2.0',
    sdk: '0.9, JavaScript',
    command: ['npm', 'start'],
    options: ['--at', 'request:3', '--grace', '1'],
    input: (site) =>
      crawlerCheerio({ startUrls: [{ url: site }], useRequestQueue: true, pseudoUrls: [{ purl: `${site}[.*]` }] }),
    expected: { verdict: 'resumed', comparison: 'repeats-allowed' },
    why: 'with the queue the same Actor goes on, and its count of results comes from the dataset',
  },
];

/** Items that the checker looks at. @param {number} length */
function checked(length) {
  return rows(length, (id) => ({ id }));
}

/**
 * @template Row
 * @param {number} length
 * @param {(index: number) => Row} row
 */
function rows(length, row) {
  return Array.from({ length }, (_, index) => row(index));
}

/** What the Actor wants in its input beside what a case is about. @param {Record<string, unknown>} input */
function crawlerCheerio(input) {
  return {
    useRequestQueue: false,
    pseudoUrls: [],
    linkSelector: 'a',
    pageFunction: "async ({ $, request }) => ({ title: $('title').text(), url: request.url })",
    proxyConfiguration: {},
    debugLog: false,
    ignoreSslErrors: false,
    maxRequestRetries: 3,
    maxPagesPerCrawl: 0,
    maxResultsPerCrawl: 0,
    maxCrawlingDepth: 0,
    minConcurrency: 1,
    maxConcurrency: 1,
    pageLoadTimeoutSecs: 60,
    pageFunctionTimeoutSecs: 60,
    customData: {},
    ...input,
  };
}
