import { crawlersFor } from './crawlers.mjs';
import { INPUT } from './input.mjs';
import { shown } from './recorder.mjs';
import { unknownClass, unknownFields } from './unknown.mjs';

/** The SDK of one run: its storages are in memory, and it emits a few events. */
export function sdkFor(recorder) {
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
