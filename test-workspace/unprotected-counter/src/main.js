/**
 * Reads a product API page by page and sums up the stock.
 *
 * What a migration would lose: `page`, `products` and `inStock` live in memory only. A new process starts at page 1
 * again, pushes the products of all pages a second time, and its totals count nothing of the first process.
 */
import { Actor } from 'apify';

await Actor.init();

const { apiUrl = 'https://dummyjson.com/products', pageSize = 20 } = (await Actor.getInput()) ?? {};

let page = 1;
let products = 0;
let inStock = 0;

while (true) {
    const response = await fetch(`${apiUrl}?limit=${pageSize}&skip=${(page - 1) * pageSize}`);
    if (!response.ok) throw new Error(`Page ${page} answered ${response.status}`);
    const { products: items, total } = await response.json();
    if (items.length === 0) break;

    await Actor.pushData(items.map(({ id, title, price, stock }) => ({ id, title, price, stock })));
    products += items.length;
    inStock += items.filter((item) => item.stock > 0).length;
    console.log(`Page ${page}: ${products} of ${total} products`);
    page += 1;
}

await Actor.setValue('OUTPUT', { products, inStock });

await Actor.exit();
