import { describe, expect, it } from 'vitest';

import * as words from './words.ts';

describe('the words of a name', () => {
  it.each([
    ['pageCount', ['page', 'count']],
    ['page_count', ['page', 'count']],
    ['PAGE-COUNT', ['page', 'count']],
    ['page.count is 3', ['page', 'count', 'is', '3']],
    ['HTMLParser', ['html', 'parser']],
    ['parseHTML', ['parse', 'html']],
    ['failedInARow', ['failed', 'in', 'a', 'row']],
    ['page2', ['page', '2']],
    ['überPrüfung', ['über', 'prüfung']],
    ['_private$', ['private']],
    ['', []],
  ])('%s', (name, expected) => {
    expect(words.wordsOf(name)).toEqual(expected);
  });
});

describe.each([
  [
    'speaksOfAttempts',
    words.speaksOfAttempts,
    ['maxRetries', 'retry_count', 'attempt < 3', 'ATTEMPTS', 'tries2', 'retrycount'],
    ['entries.length', 'countries', 'retrieve', 'industry', 'attemptive'],
  ],
  [
    'speaksOfRow',
    words.speaksOfRow,
    ['failedInARow', 'consecutiveErrors', 'empty_in_a_row'],
    ['row', 'inARowboat', 'arrow'],
  ],
  [
    'isSleepName',
    words.isSleepName,
    ['sleep', 'delay', 'delayMs', 'setTimeout', 'waitForTimeout', 'randomDelay', 'sleep_seconds', 'wait'],
    ['waitUntil', 'waitForSelector', 'awaiter', 'sleepy', 'pauseQueue', 'set', 'for', ''],
  ],
  [
    'isLogName',
    words.isLogName,
    ['console', 'log', 'logger', 'myLog', 'crawlerLogger'],
    ['catalog', 'blog', 'dialog', 'login', 'logs', 'logout'],
  ],
  ['isErrorLogName', words.isErrorLogName, ['error', 'exception', 'fatal'], ['info', 'terror', 'errorless']],
  [
    'isFleetingClass',
    words.isFleetingClass,
    ['ApifyClient', 'WebSocket', 'AbortController', 'EventEmitter', 'HttpsProxyAgent', 'Promise', 'CheerioCrawler'],
    ['Clients', 'Agenda', 'Map', 'Carpool', 'Upstream', 'PoolTable'],
  ],
  [
    'isOutputKey',
    words.isOutputKey,
    ['OUTPUT', 'my-report', 'runStats', 'STATISTICS', 'failed_urls', 'debug-page'],
    ['STATE', 'PROGRESS', 'catalog', 'statement', 'expected', 'reporter'],
  ],
  [
    'speaksOfAnotherRun',
    words.speaksOfAnotherRun,
    ['LAST_RUN', 'previousRunResults', 'last-run-at', 'PRIOR_EXECUTION'],
    ['LAST_RUNE', 'lastPage', 'runLast', 'BLAST_RUN'],
  ],
  [
    'isKeyOfOthers',
    words.isKeyOfOthers,
    ['INPUT', 'INPUT_SCHEMA', 'SDK_STATE', 'CRAWLEE_STATE', 'apify-x'],
    ['INPUTS', 'MY_INPUT', 'PUT', 'STATE'],
  ],
  [
    'isFileOfNoState',
    words.isFileOfNoState,
    ['./cache.json', 'app.log', 'session-1.json', './storage/x'],
    ['./catalog.json', './state.json', 'obsession.json', 'progress.json'],
  ],
  [
    'mayWrapSdk',
    words.mayWrapSdk,
    ['my-apify-tools', '@acme/actor-kit', 'crawler'],
    ['factory', 'react', 'refactor', 'scrawl'],
  ],
  [
    'speaksOfErrors',
    words.speaksOfErrors,
    ['// best-effort', '// Ignore errors', 'may fail'],
    ['// save the state', 'terrors', 'prefail'],
  ],
] as const)('%s', (_, speaks, yes, no) => {
  it.each([...yes])('%s', (name) => {
    expect(speaks(name)).toBe(true);
  });

  it.each([...no])('not %s', (name) => {
    expect(speaks(name)).toBe(false);
  });
});
