import { INPUT } from './input.mjs';
import { unknown } from './unknown.mjs';

/** Crawlers that hand a few requests to their handler, one after the other. */
export function crawlersFor(recorder, useState, dataset, log) {
  class Crawler {
    constructor(options = {}) {
      recorder.say(`new crawler ${Object.keys(options).toSorted().join(' ')}`);
      this.options = options;
      this.requests = [];
      this.autoscaledPool = { abort: () => recorder.slow('pool.abort', []) };
    }
    async addRequests(all) {
      await recorder.slow('crawler.addRequests', [all]);
      this.requests.push(...all);
    }
    useState(initial) {
      return useState('CRAWLEE_STATE', initial);
    }
    teardown() {
      return recorder.slow('teardown', []);
    }
    async run(given) {
      await recorder.slow('run', [given]);
      const all = [...(Array.isArray(given) ? given : INPUT.urls), ...this.requests];
      for (const each of all.slice(0, 4)) await this.handle(typeof each === 'string' ? { url: each } : each);
      await recorder.slow('crawler is done', []);
    }
    async handle(request) {
      const { requestHandler, handlePageFunction, handleRequestFunction, preNavigationHooks = [] } = this.options;
      const context = contextFor(
        recorder,
        this,
        { loadedUrl: request.url, userData: {}, ...request },
        useState,
        dataset,
        log,
      );
      try {
        for (const hook of preNavigationHooks) await hook(context, {});
        await (requestHandler ?? handlePageFunction ?? handleRequestFunction ?? (() => undefined))(context);
      } catch (error) {
        recorder.say(`handler failed: ${error.message}`);
      }
    }
  }
  const kinds = ['Basic', 'Http', 'Cheerio', 'JSDOM', 'Puppeteer', 'Playwright', 'LinkeDOM'];
  return {
    ...Object.fromEntries(
      kinds.flatMap((kind) => [
        [`${kind}Crawler`, Crawler],
        [`create${kind}Router`, createRouter],
      ]),
    ),
    Router: { create: createRouter },
    openRequestList: (...given) => recorder.slow('openRequestList', given, {}),
  };
}

function createRouter() {
  const handlers = new Map();
  const router = async (context) => {
    await (handlers.get(context.request.label) ?? handlers.get(undefined) ?? (() => undefined))(context);
  };
  return Object.assign(router, {
    addHandler: (label, one) => handlers.set(label, one),
    addDefaultHandler: (one) => handlers.set(undefined, one),
    use: () => undefined,
  });
}

function contextFor(recorder, crawler, request, useState, dataset, log) {
  const found = {
    text: () => `text of ${request.url}`,
    attr: (name) => `/${name}`,
    toArray: () => [1, 2],
    map: (one) => [1, 2].map((each, index) => one(index, each)),
    get: () => [1, 2],
  };
  return {
    request,
    crawler,
    log,
    $: () => found,
    json: { posts: [] },
    page: unknown(recorder, 'page'),
    response: { status: 200 },
    pushData: dataset.pushData,
    enqueueLinks: (...given) => recorder.slow('enqueueLinks', given),
    addRequests: (...given) => recorder.slow('addRequests', given),
    sendRequest: () => recorder.slow('sendRequest', [], { body: 'body' }),
    useState: (initial) => useState('CRAWLEE_STATE', initial),
  };
}
