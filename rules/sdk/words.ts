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

/** Whether a name has one of these words anywhere; several words in one entry must follow each other. */
function anyOf(...entries: readonly string[]): Speaks {
  const phrases = entries.map((entry) => ` ${entry} `);
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

const ATTEMPTS = ['try', 'tries', 'retry', 'retries', 'retried', 'retrying', 'attempt', 'attempts', 'attempted'];
const ATTEMPTS_IN_ONE_WORD = ['retrycount', 'maxretries', 'maxretry', 'numretries', 'maxattempts', 'maxtries'];

/** How often something is tried again, which a new process counts anew, and rightly so. */
export const speaksOfAttempts = anyOf(...ATTEMPTS, ...ATTEMPTS_IN_ONE_WORD);

/** A run of failures or of empty answers, which a new process counts anew too. */
export const speaksOfRow = anyOf('consecutive', 'consecutively', 'in a row');

/** Things that have failed. */
export const speaksOfFailure = anyOf('fail', 'fails', 'failed', 'failing', 'failure', 'failures');

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
  anyOf('abort controller', 'event emitter'),
);

/** Keys of records that are written to be looked at, not to be read again. */
export const isOutputKey = anyOf(
  ...['output', 'outputs', 'result', 'results', 'report', 'reports', 'summary', 'summaries', 'export', 'exports'],
  ...['stat', 'stats', 'statistic', 'statistics', 'metric', 'metrics', 'dump', 'dumps', 'debug', 'log', 'logs'],
  ...['error', 'errors', 'fail', 'fails', 'failed', 'failure', 'failures', 'screenshot', 'screenshots'],
);

const OTHER_RUNS = ['last', 'prev', 'previous', 'prior'].flatMap((which) =>
  ['run', 'runs', 'execution', 'executions'].map((run) => `${which} ${run}`),
);

/** Keys of records that one run leaves for another: `LAST_RUN`, `previousRunResults`. */
export const speaksOfAnotherRun = anyOf(...OTHER_RUNS, 'lastrun', 'prevrun', 'previousrun');

/** Keys that others write and read too: the platform, whoever starts the run, the SDK itself. */
export const isKeyOfOthers = startsWith('input', 'output', 'sdk', 'crawlee', 'apify');

/** Files whose loss costs time only, or that are of use on the container's disk alone; the SDK's own folders. */
export const isFileOfNoState = anyOf(
  ...['cache', 'caches', 'cached', 'log', 'logs', 'cookie', 'cookies', 'session', 'sessions', 'token', 'tokens'],
  ...['debug', 'download', 'downloads', 'downloaded', 'storage', 'storages', 'screenshot', 'screenshots'],
);

/** Packages that may know the SDK, and start it. */
export const mayWrapSdk = anyOf(
  ...['apify', 'actor', 'actors', 'crawl', 'crawls', 'crawler', 'crawlers', 'crawling', 'crawlee'],
);

/** Words of a comment about an error that is dropped on purpose. */
export const speaksOfErrors = anyOf(
  ...['ignore', 'ignores', 'ignored', 'ignoring', 'swallow', 'swallows', 'swallowed', 'best effort', 'purpose'],
  ...['fail', 'fails', 'failed', 'failure', 'failures', 'error', 'errors', 'throw', 'throws', 'thrown'],
);
