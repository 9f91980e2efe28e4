/**
 * Words that mean something in a name. A name is taken apart into its words, and a word counts as a whole: `entries` is not
 * `tries`, and `catalog` is no `log`.
 */

/** Between the words of a name: `pageCount`, `page_count`, `PAGE-COUNT`, `HTMLParser`, `page2`. */
const BOUNDARY =
  /[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

/** The words of a name or a key, in lower case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .split(BOUNDARY)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

type Speaks = (name: string) => boolean;

/**
 * Whether a name has one of these words anywhere, or its plural.
 *
 * @param entries separated by commas; several words in one entry must follow each other
 */
function anyOf(entries: string): Speaks {
  const phrases = entries.split(', ').flatMap((entry) => [` ${entry} `, ` ${entry}s `]);
  return (name) => {
    const words = ` ${wordsOf(name).join(' ')} `;
    return phrases.some((phrase) => words.includes(phrase));
  };
}

/** Whether a name's last word is one of these. */
function endsWith(...words: readonly string[]): Speaks {
  return (name) => words.includes(wordsOf(name).at(-1) ?? '');
}

/** Whether a name's first word is one of these. */
function startsWith(...words: readonly string[]): Speaks {
  return (name) => words.includes(wordsOf(name)[0] ?? '');
}

/** Whether all of a name's words are of these, the first of them of those that must be there. */
function onlyOf(first: readonly string[], others: readonly string[]): Speaks {
  return (name) => {
    const [word = '', ...rest] = wordsOf(name).filter((each) => !others.includes(each));
    return first.includes(word) && rest.every((each) => first.includes(each));
  };
}

function either(...ways: readonly Speaks[]): Speaks {
  return (name) => ways.some((speaks) => speaks(name));
}

/** How often something is tried again, which a new process counts anew, and rightly so. */
export const speaksOfAttempts = anyOf(
  'try, tries, retry, retries, retried, retrying, attempt, attempted, retrycount, maxretries, maxattempt',
);

/** A run of failures or of empty answers, which a new process counts anew too. */
export const speaksOfRow = anyOf('consecutive, consecutively, in a row');

/** Things that have failed. */
export const speaksOfFailure = anyOf('fail, failed, failing, failure');

/** A function that only waits: `sleep`, `delayMs`, `waitForTimeout`. `waitForSelector` waits for something, `waitUntil` is an option. */
export const isSleepName = onlyOf(
  ['sleep', 'delay', 'wait', 'pause', 'timeout'],
  ['set', 'for', 'a', 'ms', 'millis', 'milliseconds', 'sec', 'secs', 'seconds', 'random', 'randomly', 'async', 'while'],
);

/** What a log is called: `console`, `log`, `myLogger`. */
export const isLogName = endsWith('console', 'log', 'logger', 'logging');

/** Methods of a log that say that something has gone wrong. */
export const isErrorLogName = startsWith('error', 'exception', 'fatal', 'critical');

/** Classes whose objects are worth nothing in another process: connections, and what is under way. */
export const isFleetingClass = either(
  endsWith('agent', 'browser', 'client', 'crawler', 'pool', 'promise', 'server', 'socket', 'stream', 'transport'),
  anyOf('abort controller, event emitter'),
);

/** Keys of records that are written to be looked at, not to be read again. */
export const isOutputKey = anyOf(
  'output, result, report, stat, statistic, summary, summaries, dump, debug, error, fail, failed, failure, log, metric, screenshot, export',
);

/** Keys of records that one run leaves for another: `LAST_RUN`, `previousRunResults`. */
export const speaksOfAnotherRun = anyOf(
  'last run, prev run, previous run, prior run, last execution, prev execution, previous execution, prior execution, lastrun',
);

/** Keys that others write and read too: the platform, whoever starts the run, the SDK itself. */
export const isKeyOfOthers = startsWith('input', 'output', 'sdk', 'crawlee', 'apify');

/** Files whose loss costs time only, or that are of use on the container's disk alone; the SDK's own folders. */
export const isFileOfNoState = anyOf(
  'cache, cached, log, cookie, session, token, debug, download, downloaded, storage, screenshot',
);

/** The SDK's own packages, of which none starts it unasked. */
export function isSdkPackage(specifier: string): boolean {
  const known = [
    'apify',
    'apify-client',
    'crawlee',
    '@apify/log',
    '@apify/consts',
    '@apify/utilities',
    '@apify/timeout',
  ];
  return known.includes(specifier) || specifier.startsWith('@crawlee/');
}

/** Packages that may know the SDK, and start it. */
export const mayWrapSdk = anyOf('apify, actor, crawl, crawler, crawling, crawlee');

/** Words of a comment about an error that is dropped on purpose. */
export const speaksOfErrors = anyOf(
  'ignore, ignored, ignoring, swallow, swallowed, best effort, purpose, fail, failed, failure, error, throw, thrown',
);
