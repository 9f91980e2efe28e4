/**
 * Crawls a site and pushes each page's title.
 *
 * What a migration would lose: nothing. All that this crawler knows is in its request queue, which the platform keeps.
 */
import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';

await Actor.init();

const { startUrls = [{ url: 'https://crawlee.dev' }], maxRequestsPerCrawl = 500 } = (await Actor.getInput()) ?? {};

const crawler = new CheerioCrawler({
    maxRequestsPerCrawl,
    async requestHandler({ $, request, enqueueLinks, pushData, log }) {
        const title = $('title').text();
        log.info(title, { url: request.loadedUrl });
        await pushData({ url: request.loadedUrl, title });
        await enqueueLinks();
    },
});

await crawler.run(startUrls);

await Actor.exit();
