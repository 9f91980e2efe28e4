/**
 * Follows a search through its result pages, written for the second generation of the SDK.
 *
 * What a migration would lose: the listener starts a save and drops its promise, so that nobody waits for it, and what
 * it saves is never read again. The pages are pushed without waiting as well.
 */
const Apify = require('apify');

const { log } = Apify.utils;

Apify.events.on('migrating', () => {
    Apify.setValue('my-crawling-state', { foo: 'bar' });
});

Apify.main(async () => {
    const { query = 'migration', maxPages = 50 } = (await Apify.getInput()) || {};

    for (let page = 1; page <= maxPages; page++) {
        const results = await searchPage(query, page);
        if (results.length === 0) break;
        Apify.pushData(results);
        log.info(`Page ${page}: ${results.length} results`);
    }

    Apify.setValue('OUTPUT', { query, finishedAt: new Date().toISOString() });
});

async function searchPage(query, page) {
    const { body } = await Apify.utils.requestAsBrowser({
        url: `https://hn.algolia.com/api/v1/search?query=${encodeURIComponent(query)}&page=${page}`,
        json: true,
    });
    return body.hits.map(({ objectID, title, url }) => ({ objectID, title, url }));
}
