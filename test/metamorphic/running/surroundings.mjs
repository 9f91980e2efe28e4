/** What a program finds around it: packages that record what is asked of them, and globals. */

import { shown } from './recorder.mjs';
import { sdkFor } from './sdk.mjs';
import { unknown, unknownFields } from './unknown.mjs';

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
