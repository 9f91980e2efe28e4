/** What a program finds around it: packages that record what is asked of them, and globals. */

import { shown } from './recorder.mjs';

const INPUT = {
  urls: ['https://a.test/1', 'https://a.test/2', 'https://a.test/3'],
  startUrls: [{ url: 'https://a.test/1' }, { url: 'https://a.test/2' }, { url: 'https://a.test/3' }],
  lists: ['https://a.test/l1'],
  details: ['https://a.test/d1'],
  queries: ['q', 'r'],
  people: ['a', 'b'],
  profiles: ['p', 'q'],
  places: ['here', 'there'],
  maxItems: 2,
  maxPages: 3,
};

/** The packages by name, for one run. */
export function packagesFor(recorder) {
  const sdk = sdkFor(recorder);
  const crawlee = { ...sdk.crawlee, ...sdk.shared, log: sdk.log };
  const apify = { ...sdk.shared, Actor: sdk.actor, log: sdk.log, ApifyClient: unknown(recorder, 'ApifyClient') };
  const legacy = { ...apify, ...sdk.actor, ...sdk.crawlee, events: sdk.events };
  const sleep = (delay, value) => {
    recorder.say(`sleep ${delay}`);
    return new Promise((resolve) => {
      recorder.setTimer(() => resolve(value), delay);
    });
  };
  return {
    legacy: {
      ...legacy,
      utils: { ...unknownFields(recorder, 'utils', ['requestAsBrowser', 'enqueueLinks']), sleep, log: sdk.log },
    },
    apify,
    crawlee,
    'timers/promises': { setTimeout: sleep, setImmediate: () => sleep(0) },
  };
}

/** The globals that a run replaces. */
export function globalsFor(recorder) {
  let reads = 0;
  const rows = () => {
    reads += 1;
    return reads % 4 === 0 ? [] : [1, 2].map((number) => ({ id: reads * 10 + number, price: number }));
  };
  return {
    Date: class extends Date {
      constructor(...given) {
        super(...(given.length === 0 ? [recorder.time()] : given));
      }
      static now() {
        return recorder.time();
      }
    },
    setTimeout: (callback, delay, ...given) => {
      if (typeof callback !== 'function') throw new TypeError('a timer needs a function');
      return recorder.setTimer(() => callback(...given), delay);
    },
    setInterval: (callback, delay) => recorder.setTimer(() => callback(), delay, delay),
    clearTimeout: (id) => recorder.clearTimer(id),
    clearInterval: (id) => recorder.clearTimer(id),
    fetch: (...given) => {
      const list = rows();
      const body = Object.assign([...list], { products: list, items: list, total: 4 });
      const answer = {
        ok: true,
        status: 200,
        text: () => recorder.slow('text', [], '<html>'),
        json: () => recorder.slow('json', [], body),
      };
      return recorder.slow('fetch', given, answer);
    },
    console: Object.fromEntries(
      ['log', 'info', 'warn', 'error', 'debug'].map((level) => [
        level,
        (...given) => recorder.say(`console.${level}(${given.map((each) => shown(each)).join(', ')})`),
      ]),
    ),
  };
}

function sdkFor(recorder) {
  const listeners = [];
  const emit = (event) => {
    recorder.say(`event ${event}`);
    for (const each of listeners.filter((one) => one.event === event))
      each.listener({ isMigrating: event === 'migrating' });
  };
  for (const [event, at] of [
    ['persistState', 6],
    ['migrating', 13],
    ['persistState', 21],
  ])
    recorder.setTimer(() => emit(event), at);
  const events = {
    on(event, listener) {
      recorder.say(`on ${event}`);
      listeners.push({ event, listener });
    },
    off(event, listener) {
      recorder.say(`off ${event}`);
      const index = listeners.findIndex(
        (each) => each.event === event && (listener === undefined || each.listener === listener),
      );
      if (index !== -1) listeners.splice(index, 1);
    },
  };
  const end =
    (how) =>
    (...given) => {
      recorder.say(`${how}(${given.map((each) => shown(each)).join(', ')})`);
      recorder.isOver = true;
      return new Promise(() => undefined);
    };
  const storeNamed = (name) => ({
    getValue: (key, otherwise = null) =>
      recorder.slow('getValue', [name, key], () =>
        recorder.records.has(`${name}/${key}`) ? JSON.parse(recorder.records.get(`${name}/${key}`)) : otherwise,
      ),
    setValue: (key, value) =>
      recorder.slow('setValue', [name, key, value], () => {
        recorder.records.set(`${name}/${key}`, JSON.stringify(value) ?? 'null');
      }),
    forEachKey: async () => undefined,
    drop: () => recorder.slow('drop', [name]),
  });
  const datasetNamed = (name) => ({
    pushData: (rows) => recorder.slow('pushData', [name, rows]),
    getInfo: () => recorder.slow('getInfo', [name], { itemCount: 1 }),
    getData: () => recorder.slow('getData', [name], { items: [] }),
    forEach: async () => undefined,
  });
  const queueNamed = (name) => {
    const waiting = INPUT.startUrls.map((each) => ({ ...each, userData: {} }));
    return {
      addRequest: (request) => recorder.slow('addRequest', [name, request], {}),
      addRequests: (all) => recorder.slow('addRequests', [name, all], {}),
      fetchNextRequest: () => recorder.slow('fetchNextRequest', [name], () => waiting.shift() ?? null),
      markRequestHandled: (request) => recorder.slow('markRequestHandled', [name, request]),
      reclaimRequest: (request) => recorder.slow('reclaimRequest', [name, request]),
      isFinished: () => recorder.slow('isFinished', [name], () => waiting.length === 0),
      isEmpty: () => recorder.slow('isEmpty', [name], () => waiting.length === 0),
      drop: () => recorder.slow('drop', [name]),
    };
  };
  const opened =
    (make) =>
    (name = 'default') =>
      recorder.slow('open', [name], () => make(name ?? 'default'));
  const states = new Map();
  const useState = (key = 'CRAWLEE_STATE', initial = {}, options = {}) =>
    recorder.slow('useState', [key, initial, options], () => {
      if (!states.has(key)) states.set(key, initial);
      return states.get(key);
    });
  const store = storeNamed('default');
  const dataset = datasetNamed('default');
  const log = Object.fromEntries(
    ['info', 'debug', 'warning', 'error', 'exception', 'setLevel'].map((level) => [
      level,
      (...given) => recorder.say(`log.${level}(${given.map((each) => shown(each)).join(', ')})`),
    ]),
  );
  const actor = {
    ...unknownFields(recorder, 'Actor', [
      'init',
      'charge',
      'call',
      'start',
      'addWebhook',
      'setStatusMessage',
      'newClient',
      'createProxyConfiguration',
      'openRequestList',
      'callTask',
      'abort',
      'getChargingManager',
    ]),
    ...events,
    getInput: () => recorder.slow('getInput', [], () => structuredClone(INPUT)),
    getValue: store.getValue,
    setValue: store.setValue,
    pushData: dataset.pushData,
    useState,
    openKeyValueStore: opened(storeNamed),
    openDataset: opened(datasetNamed),
    openRequestQueue: opened(queueNamed),
    exit: end('exit'),
    fail: end('fail'),
    reboot: end('reboot'),
    metamorph: end('metamorph'),
    getEnv: () => ({ actorRunId: 'run' }),
    isAtHome: () => false,
    apifyClient: { run: () => ({ charge: (given) => recorder.slow('run.charge', [given]) }) },
    async main(program) {
      await actor.init();
      try {
        await program();
      } catch (error) {
        recorder.fail(error);
        return;
      }
      await actor.exit();
    },
  };
  actor.getDefaultInstance = () => actor;
  const shared = {
    KeyValueStore: { open: opened(storeNamed), ...store },
    Dataset: { open: opened(datasetNamed), ...dataset },
    RequestQueue: { open: opened(queueNamed) },
    RequestList: { open: (...given) => recorder.slow('RequestList.open', given, {}) },
    Configuration: unknownClass(recorder, 'Configuration'),
    ProxyConfiguration: unknownClass(recorder, 'ProxyConfiguration'),
    MemoryStorage: unknownClass(recorder, 'MemoryStorage'),
    useState,
    sleep: (delay) =>
      new Promise((resolve) => {
        recorder.setTimer(resolve, delay);
      }),
  };
  return { actor, events, log, shared, crawlee: crawlersFor(recorder, useState, dataset, log) };
}

function crawlersFor(recorder, useState, dataset, log) {
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

function unknownFields(recorder, name, fields) {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      (...given) => recorder.slow(`${name}.${field}`, given, { body: '{"products":[],"total":3}' }),
    ]),
  );
}

function unknownClass(recorder, name) {
  return class {
    constructor(...given) {
      recorder.say(`new ${name}(${given.map((each) => shown(each)).join(', ')})`);
    }
    static useStorageClient(...given) {
      recorder.say(`${name}.useStorageClient(${given.map((each) => shown(each)).join(', ')})`);
    }
    static set(...given) {
      recorder.say(`${name}.set(${given.map((each) => shown(each)).join(', ')})`);
    }
    static getGlobalConfig() {
      return { set: (...given) => recorder.say(`config.set(${given.map((each) => shown(each)).join(', ')})`) };
    }
  };
}

/** Something of which only the calls are known. */
export function unknown(recorder, name) {
  const target = (...given) => recorder.slow(name, given, {});
  return new Proxy(target, {
    get: (_, field) => {
      if (typeof field === 'symbol' || field === 'then') return undefined;
      if (field in Function.prototype && field !== 'name') return Reflect.get(target, field);
      return unknown(recorder, `${name}.${field}`);
    },
    construct: (_, given) => {
      recorder.say(`new ${name}(${given.map((each) => shown(each)).join(', ')})`);
      return unknown(recorder, name);
    },
  });
}
