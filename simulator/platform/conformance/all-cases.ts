import { clientMethods, userMethods } from './account-cases.ts';
import type { Methods } from './case.ts';
import { collectionMethods } from './collection-cases.ts';
import { datasetMethods } from './dataset-cases.ts';
import { keyValueStoreMethods } from './key-value-store-cases.ts';
import { otherClasses } from './refused-cases.ts';
import { requestQueueMethods } from './request-queue-cases.ts';
import { logMethods, runCollectionMethods, runMethods } from './run-cases.ts';

/** The classes whose methods a run may use: its storages, itself, its log and its user. */
export const classesOfRun: Readonly<Record<string, Methods>> = {
  KeyValueStoreClient: keyValueStoreMethods,
  KeyValueStoreCollectionClient: collectionMethods((client) => client.keyValueStores()),
  DatasetClient: datasetMethods,
  DatasetCollectionClient: collectionMethods((client) => client.datasets()),
  RequestQueueClient: requestQueueMethods,
  RequestQueueCollectionClient: collectionMethods((client) => client.requestQueues()),
  RunClient: runMethods,
  RunCollectionClient: runCollectionMethods,
  LogClient: logMethods,
  UserClient: userMethods,
  ApifyClient: clientMethods,
};

export { otherClasses };

/** Every public method of apify-client, by its class. */
export const allClasses: Readonly<Record<string, Methods>> = { ...classesOfRun, ...otherClasses };
