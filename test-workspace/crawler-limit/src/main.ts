/**
 * Crawls a shop's product pages and stops after a number of products that the user pays for.
 *
 * What a migration would lose: the count in routes.ts. The request queue brings the pages back, but the new process
 * counts from 0 and pushes up to `maxProducts` once more.
 */
import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { router, setLimit } from './routes.js';

interface Input {
    startUrl: string;
    maxProducts?: number;
}

await Actor.init();

const { startUrl = 'https://warehouse-theme-metal.myshopify.com/collections', maxProducts = 100 } =
    (await Actor.getInput<Input>()) ?? {};
setLimit(maxProducts);

const crawler = new CheerioCrawler({
    proxyConfiguration: await Actor.createProxyConfiguration(),
    maxConcurrency: 5,
    requestHandler: router,
});

await crawler.run([{ url: startUrl, label: 'LIST' }]);

await Actor.exit();
