import { createServer } from 'node:http';

/** Of each kind, so many: few enough for a run of seconds, enough to be migrated in the middle. */
const PAGES = 30;
const PRODUCTS = 8;
const URLS_OF_SITEMAP = 20;

/**
 * A web site on this machine in the shapes that the Actors of the bench ask for: linked pages with a media file on each, sitemaps
 * and their index, robots.txt and products as a shop of Shopify has them.
 *
 * @param {number} delayMs until an answer
 */
export async function serveSite(delayMs) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const answer = pageAt(path, `http://${request.headers.host ?? ''}`);
    setTimeout(() => {
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': typeOf(path) });
      response.end(answer ?? 'There is no such page.');
    }, delayMs);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The web site has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * @param {string} path
 * @param {string} site
 */
function pageAt(path, site) {
  const [, kind = '', number = ''] = /^\/(page|products|sitemap_products_|pages-)\/?(\d+)/u.exec(path) ?? [];
  if (path === '/') return page('Start', numbers(PAGES));
  if (kind === 'page') return Number(number) > PAGES ? undefined : page(`Page ${number}`, [Number(number) + 1]);
  if (path === '/robots.txt') return `# we use Shopify as our ecommerce platform\nSitemap: ${site}/sitemap.xml\n`;
  if (path === '/sitemap.xml')
    return sitemap('sitemap', [
      `${site}/sitemap_products_1.xml`,
      ...numbers(3).map((part) => `${site}/pages-${part}.xml`),
    ]);
  if (kind === 'sitemap_products_')
    return sitemap(
      'url',
      numbers(PRODUCTS).map((id) => `${site}/products/${id}`),
    );
  if (kind === 'pages-')
    return sitemap(
      'url',
      numbers(URLS_OF_SITEMAP).map((id) => `${site}/page/${number}${id}`),
    );
  if (kind === 'products') return JSON.stringify({ product: product(Number(number), site) });
  return undefined;
}

/** @param {string} path */
function typeOf(path) {
  if (path.endsWith('.xml')) return 'application/xml';
  if (path.endsWith('.json')) return 'application/json';
  return path === '/robots.txt' ? 'text/plain' : 'text/html; charset=utf-8';
}

/**
 * @param {string} title
 * @param {readonly number[]} links
 */
function page(title, links) {
  const anchors = links.map((number) => `<a href="/page/${number}">Page ${number}</a>`);
  return `<title>${title}</title><h1>${title}</h1><img src="/images/${title.replace(' ', '-')}.png">${anchors.join('\n')}`;
}

/**
 * @param {'url' | 'sitemap'} entry
 * @param {readonly string[]} urls
 */
function sitemap(entry, urls) {
  const root = entry === 'url' ? 'urlset' : 'sitemapindex';
  const entries = urls.map((url) => `<${entry}><loc>${url}</loc><lastmod>2024-01-01</lastmod></${entry}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${entries.join('\n')}</${root}>`;
}

/**
 * @param {number} id
 * @param {string} site
 */
function product(id, site) {
  const image = { id, src: `${site}/images/${id}.png`, variant_ids: [] };
  const variant = { id: id * 10, title: 'Red', option1: 'Red', price: `${id}.50`, sku: `SKU-${id}`, image_id: id };
  const words = {
    title: `Product ${id}`,
    body_html: `<p>Product ${id}</p>`,
    vendor: 'A maker',
    product_type: 'Thing',
    tags: 'a, b',
  };
  return { id, ...words, options: [{ name: 'Color' }], variants: [variant], images: [image], image };
}

/** From 1 to the number. @param {number} last */
function numbers(last) {
  return Array.from({ length: last }, (_, index) => index + 1);
}
