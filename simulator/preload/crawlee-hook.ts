/**
 * Listens in on Crawlee where no SDK connects the Actor to a platform: tells each call of its local storage, and does what the
 * SDK does when a `migrating` frame comes. Nothing that Crawlee gives back is changed.
 */
import Module, { createRequire } from 'node:module';

import { TOLD_METHODS, type StorageKind, type Told } from './crawlee-protocol.ts';

/** The classes of the local storage, by what their module is required as. */
const STORAGE_CLASSES: readonly (readonly [RegExp, string, StorageKind])[] = [
  [/(?:^|\/)key-value-store$/, 'KeyValueStoreClient', 'key-value-store'],
  [/(?:^|\/)dataset$/, 'DatasetClient', 'dataset'],
  [/(?:^|\/)request-queue$/, 'RequestQueueClient', 'request-queue'],
];
const READS = new Set(['getRecord', 'getRequest']);

type AnyFunction = (this: unknown, ...args: readonly unknown[]) => unknown;

/** @param address `<port> <secret>` of whoever is told */
export function hookCrawlee(address: string): void {
  const load: unknown = Reflect.get(Module, '_load');
  if (!isFunction(load)) return;
  const hook = new CrawleeHook(address);
  const hooked: AnyFunction = function (...args) {
    const exported = Reflect.apply(load, this, args);
    hook.see(String(args[0]), exported, args[1]);
    return exported;
  };
  Reflect.set(Module, '_load', hooked);
}

class CrawleeHook {
  readonly #address: string;
  readonly #hooked = new WeakSet();
  readonly #managers = new Set<unknown>();
  #tell: ((line: string) => void) | undefined;
  /** Of `@apify/utilities`, as Crawlee itself has it. */
  #clearInterval: unknown;
  #calls = 0;

  constructor(address: string) {
    this.#address = address;
  }

  /** A module was required; one that is still loading has not exported its class yet, and comes again. */
  see(request: string, exported: unknown, parent: unknown): void {
    if (request.endsWith('local_event_manager')) {
      const prototype = prototypeOf(exported, 'LocalEventManager');
      if (prototype !== undefined) this.#hookEvents(prototype, parent);
      return;
    }
    for (const [pattern, name, kind] of STORAGE_CLASSES) {
      const prototype = pattern.test(request) ? prototypeOf(exported, name) : undefined;
      if (prototype !== undefined) this.#hookStorage(prototype, kind);
    }
  }

  #isNew(prototype: object): boolean {
    if (this.#hooked.has(prototype)) return false;
    this.#hooked.add(prototype);
    return true;
  }

  #hookEvents(prototype: object, parent: unknown): void {
    if (!this.#isNew(prototype)) return;
    this.#connect();
    const home = fieldOf(parent, 'filename');
    if (typeof home === 'string')
      this.#clearInterval = fieldOf(createRequire(home)('@apify/utilities'), 'betterClearInterval');
    // Whoever listens before a crawler runs uses a manager that has not been initialised.
    for (const method of ['init', 'on'])
      wrap(prototype, method, (call, manager) => {
        this.#managers.add(manager);
        return call();
      });
  }

  #hookStorage(prototype: object, kind: StorageKind): void {
    if (!this.#isNew(prototype)) return;
    for (const method of TOLD_METHODS[kind])
      wrap(prototype, method, (call, storage, argument) => {
        const id = (this.#calls += 1);
        const name = storageName(storage);
        this.#send({ told: 'called', id, at: Date.now(), storage: { kind, name }, method, argument: plain(argument) });
        const result = call();
        if (result instanceof Promise)
          void result.then(
            (value: unknown) => this.#send(settled(id, READS.has(method) ? { result: plain(value) } : {})),
            () => this.#send({ told: 'settled', id, at: Date.now(), isDone: false }),
          );
        return result;
      });
  }

  #send(told: Told): void {
    this.#connect();
    this.#tell?.(`${JSON.stringify(told)}\n`);
  }

  #connect(): void {
    if (this.#tell !== undefined) return;
    const [port, secret] = this.#address.split(' ');
    // Loaded here and not above: most processes of a run, such as npm, never load Crawlee.
    const net: typeof import('node:net') = createRequire(__filename)('node:net');
    const socket = net.connect(Number(port), '127.0.0.1');
    this.#tell = (line) => void socket.write(line);
    socket.unref();
    // The run is over: the Actor goes on as if nobody listened.
    socket.on('error', () => undefined);
    socket.write(`${secret}\n`);
    let rest = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#migrate(fieldOf(JSON.parse(line), 'migrating'));
    });
  }

  /** As the SDK does it at home (apify 3.7.2, dist/platform_event_manager.js), but for the reboot: that needs a platform. */
  #migrate(data: unknown): void {
    for (const manager of this.#managers) {
      const [events, intervals] = [fieldOf(manager, 'events'), fieldOf(manager, 'intervals')];
      try {
        callOn(events, 'emit', 'migrating', data);
        if (isFunction(this.#clearInterval))
          Reflect.apply(this.#clearInterval, undefined, [fieldOf(intervals, 'persistState')]);
        callOn(events, 'emit', 'persistState', { isMigrating: true });
      } catch (error) {
        console.error('A listener of the migration has thrown:', error);
      }
    }
  }
}

function settled(id: number, read: { readonly result?: unknown }): Told {
  return { told: 'settled', id, at: Date.now(), isDone: true, ...read };
}

/** A storage that was opened by its id has its name in Crawlee's list of those that are open. */
function storageName(storage: unknown): string {
  const name = fieldOf(storage, 'name');
  if (typeof name === 'string') return name;
  const id = fieldOf(storage, 'id');
  const client = fieldOf(storage, 'client');
  for (const list of ['keyValueStoresHandled', 'datasetClientsHandled', 'requestQueuesHandled']) {
    const open = fieldOf(client, list);
    const found: unknown = Array.isArray(open) ? open.find((one: unknown) => fieldOf(one, 'id') === id) : undefined;
    const known = fieldOf(found, 'name');
    if (typeof known === 'string') return known;
  }
  return String(id);
}

/** What can travel as JSON: bytes in a record as base64, a stream not at all. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('value' in value)) return value;
  const content = value.value;
  if (content instanceof Uint8Array) return { ...value, value: { base64: Buffer.from(content).toString('base64') } };
  return typeof fieldOf(content, 'pipe') === 'function' ? { ...value, value: undefined } : value;
}

function wrap(
  prototype: object,
  method: string,
  around: (call: () => unknown, self: unknown, argument: unknown) => unknown,
): void {
  const original: unknown = Reflect.get(prototype, method);
  if (!isFunction(original)) return;
  const wrapped: AnyFunction = function (...args) {
    return around(() => Reflect.apply(original, this, args), this, args[0]);
  };
  Reflect.set(prototype, method, wrapped);
}

function prototypeOf(exported: unknown, name: string): object | undefined {
  const prototype = fieldOf(fieldOf(exported, name), 'prototype');
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  const hasFields = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return hasFields ? Reflect.get(value, name) : undefined;
}

function callOn(target: unknown, method: string, ...args: readonly unknown[]): void {
  const found = fieldOf(target, method);
  if (isFunction(found)) Reflect.apply(found, target, args);
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function';
}
