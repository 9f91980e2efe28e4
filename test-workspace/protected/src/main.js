/**
 * Reads a product API page by page and sums up the stock, and keeps all of its progress in `useState`.
 *
 * What a migration would lose: nothing. The state object is saved before the process ends and comes back in the next.
 */
import { Actor } from 'apify';

await Actor.init();

const { apiUrl = 'https://dummyjson.com/products', pageSize = 20 } = (await Actor.getInput()) ?? {};

const state = await Actor.useState('PROGRESS', { page: 1, products: 0, inStock: 0 });

while (true) {
    const response = await fetch(`${apiUrl}?limit=${pageSize}&skip=${(state.page - 1) * pageSize}`);
    if (!response.ok) throw new Error(`Page ${state.page} answered ${response.status}`);
    const { products: items } = await response.json();
    if (items.length === 0) break;

    await Actor.pushData(items.map(({ id, title, price, stock }) => ({ id, title, price, stock })));
    state.products += items.length;
    state.inStock += items.filter((item) => item.stock > 0).length;
    state.page += 1;
}

await Actor.setValue('OUTPUT', { products: state.products, inStock: state.inStock });

await Actor.exit();
