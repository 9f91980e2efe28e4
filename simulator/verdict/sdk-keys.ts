/**
 * Keys under which the SDK keeps what is its own: statistics, sessions, request lists (`@crawlee/core` 3.18:
 * `SDK_CRAWLER_STATISTICS_0`, `SDK_SESSION_POOL_STATE`, `SDK_…-REQUEST_LIST_STATE`, `SITEMAP_REQUEST_LIST_STATE`). What
 * becomes of them is the SDK's business.
 *
 * `APIFY_GLOBAL_STATE`, `CRAWLEE_GLOBAL_STATE` and `CRAWLEE_STATE` are not among them: they hold what the user put into
 * `useState`.
 */
export function isSdkKey(key: string): boolean {
  return key.startsWith('SDK_') || key.startsWith('__') || /(?:^|-)(?:SITEMAP_)?REQUEST_LIST_\w+$/.test(key);
}

/** Where Crawlee keeps what is done of a request list, and what is in progress. */
export function isRequestListState(key: string): boolean {
  return key.endsWith('REQUEST_LIST_STATE');
}
