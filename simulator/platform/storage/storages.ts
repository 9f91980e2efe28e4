import path from 'node:path';

import type { Clock } from '../clock.ts';
import { Dataset } from './dataset.ts';
import { KeyValueStore } from './key-value-store.ts';
import { RequestQueue } from './request-queue.ts';
import { Shelf } from './shelf.ts';

/** The storages of a run, on the disk in the layout that Crawlee uses locally. */
export class Storages {
  readonly keyValueStores: Shelf<KeyValueStore>;
  readonly datasets: Shelf<Dataset>;
  readonly requestQueues: Shelf<RequestQueue>;

  /** @param folder such as a project's `storage`; it is made with the first write */
  constructor(folder: string, clock: Clock) {
    const shelf = (name: string): string => path.join(folder, name);
    this.keyValueStores = new Shelf('key-value-store', shelf('key_value_stores'), (id) => new KeyValueStore(id));
    this.datasets = new Shelf('dataset', shelf('datasets'), (id) => new Dataset(id));
    this.requestQueues = new Shelf('request-queue', shelf('request_queues'), (id) => new RequestQueue(id, clock));
  }

  /**
   * Ends all locks on requests: of a process that was killed.
   *
   * @returns how many requests it has unlocked
   */
  unlockAll(): number {
    return [...this.requestQueues.known].reduce((sum, queue) => sum + queue.unlockAll(), 0);
  }
}
