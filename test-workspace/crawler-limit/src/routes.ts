import { createCheerioRouter, Dataset } from 'crawlee';

let limit = Infinity;
let pushedProducts = 0;

export function setLimit(maxProducts: number): void {
    limit = maxProducts;
}

export const router = createCheerioRouter();

router.addHandler('LIST', async ({ enqueueLinks, log }) => {
    if (pushedProducts >= limit) return;
    log.info('Enqueueing products and further pages');
    await enqueueLinks({ selector: '.product-item > a', label: 'PRODUCT' });
    await enqueueLinks({ selector: 'a.pagination__next', label: 'LIST' });
});

router.addHandler('PRODUCT', async ({ $, request, log }) => {
    if (pushedProducts >= limit) {
        log.info(`The limit of ${limit} products is reached, skipping ${request.url}`);
        return;
    }
    pushedProducts += 1;
    await Dataset.pushData({
        url: request.loadedUrl,
        title: $('h1').first().text().trim(),
        price: $('span.price').first().text().trim(),
    });
});
