/**
 * Watches a feed for articles that it has not seen yet.
 *
 * What a migration would lose: the page is saved and restored, the set of seen articles beside it is not. After a
 * migration the articles that come up on several pages are pushed again.
 */
import { Actor } from 'apify';

await Actor.init();

const { feedUrl = 'https://dev.to/api/articles', maxPages = 200 } = (await Actor.getInput()) ?? {};

const saved = await Actor.getValue('FEED-POSITION');
let page = saved?.page ?? 1;
const seen = new Set();

const savePosition = async () => {
    await Actor.setValue('FEED-POSITION', { page });
};
Actor.on('migrating', savePosition);
Actor.on('persistState', savePosition);

while (page <= maxPages) {
    const response = await fetch(`${feedUrl}?page=${page}&per_page=30`);
    const articles = await response.json();
    if (articles.length === 0) break;

    for (const { id, title, url } of articles) {
        if (seen.has(id)) continue; // articles move on to the next page while new ones come in
        seen.add(id);
        await Actor.pushData({ id, title, url });
    }
    page += 1;
}

await Actor.exit();
