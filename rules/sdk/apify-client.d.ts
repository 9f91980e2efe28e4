/* oxlint-disable -- A table, not code: what does not matter to a migration is `any`, and the shapes are the SDK's own. */

/* What the API's client offers, as far as it matters to what survives a migration. The tags: see `crawlee-3.d.ts`. */

export class ApifyClient {
  constructor(options?: ApifyClientOptions);
  baseUrl: string;
  token?: string;
  /** @open key-value-store name=0 */
  keyValueStore(id: string): KeyValueStoreClient;
  /** @open dataset name=0 */
  dataset<Data = any>(id: string): DatasetClient<Data>;
  /** @open request-queue name=0 */
  requestQueue(id: string, options?: any): RequestQueueClient;
  keyValueStores(): CollectionClient;
  datasets(): CollectionClient;
  requestQueues(): CollectionClient;
  actor(id: string): ActorClient;
  task(id: string): TaskClient;
  run(id: string): RunClient;
  actors(): any;
  build(id: string): any;
  builds(): any;
  runs(): any;
  tasks(): any;
  schedule(id: string): any;
  schedules(): any;
  user(id?: string): any;
  webhook(id: string): any;
  webhooks(): any;
  webhookDispatch(id: string): any;
  webhookDispatches(): any;
  log(buildOrRunId: string): any;
  store(): any;
  /** @write run */
  setStatusMessage(message: string, options?: any): Promise<void>;
}
export interface ApifyClientOptions {
  token?: string;
  [key: string]: any;
}

export class KeyValueStoreClient {
  /** @write key-value-store key=0.key value=0.value */
  setRecord(record: { key: string; value: any; contentType?: string }, options?: any): Promise<void>;
  /** @write key-value-store key=0 */
  deleteRecord(key: string): Promise<void>;
  /** @write key-value-store */
  delete(): Promise<void>;
  /** @read key-value-store key=0 */
  getRecord(key: string, options?: any): Promise<{ key: string; value: any; contentType?: string } | undefined>;
  /** @read key-value-store key=0 brings=existence */
  recordExists(key: string): Promise<boolean>;
  /** @read key-value-store */
  listKeys(options?: any): Promise<any> & AsyncIterable<any>;
  /** @read key-value-store */
  get(): Promise<any>;
  update(fields: any): Promise<any>;
  getRecordPublicUrl(key: string): Promise<string>;
  createKeysPublicUrl(options?: any): Promise<string>;
}
export class DatasetClient<Data = any> {
  /** @write dataset value=0 */
  pushItems(items: Data | Data[] | string | string[]): Promise<void>;
  /** @write dataset */
  delete(): Promise<void>;
  /** @read dataset */
  listItems(options?: any): Promise<any> & AsyncIterable<Data>;
  /** @read dataset */
  downloadItems(format: string, options?: any): Promise<any>;
  /** @read dataset */
  get(): Promise<any>;
  update(fields: any): Promise<any>;
  getStatistics(): Promise<any>;
  createItemsPublicUrl(options?: any): Promise<string>;
}
/** @owner request-queue */
export class RequestQueueClient {
  /** @write request-queue value=0 */
  addRequest(request: any, options?: any): Promise<any>;
  /** @write request-queue value=0 */
  batchAddRequests(requests: any[], options?: any): Promise<any>;
  /** @write request-queue value=0 */
  updateRequest(request: any, options?: any): Promise<any>;
  /** @write request-queue */
  batchDeleteRequests(requests: any[], options?: any): Promise<any>;
  /** @write request-queue */
  deleteRequest(id: string): Promise<void>;
  /** @write request-queue */
  delete(): Promise<void>;
  /** @read request-queue */
  listHead(options?: any): Promise<any>;
  /** @read request-queue */
  listAndLockHead(options: any): Promise<any>;
  /** @read request-queue */
  listRequests(options?: any): Promise<any> & AsyncIterable<any>;
  /** @read request-queue */
  paginateRequests(options?: any): AsyncIterable<any>;
  /** @read request-queue */
  getRequest(id: string): Promise<any>;
  /** @read request-queue */
  get(): Promise<any>;
  update(fields: any): Promise<any>;
  prolongRequestLock(id: string, options: any): Promise<any>;
  deleteRequestLock(id: string, options?: any): Promise<void>;
  unlockRequests(): Promise<any>;
}
/** Finds or makes a storage; its answer is a description, not a storage. */
export interface CollectionClient {
  getOrCreate(name?: string, options?: any): Promise<{ id: string; name?: string; [key: string]: any }>;
  list(options?: any): Promise<any> & AsyncIterable<any>;
}

export interface ActorRun {
  id: string;
  status: string;
  defaultDatasetId: string;
  defaultKeyValueStoreId: string;
  defaultRequestQueueId: string;
  [key: string]: any;
}
export class ActorClient {
  /**
   * @write run
   * @slow
   */
  call(input?: any, options?: any): Promise<ActorRun>;
  /** @write run */
  start(input?: any, options?: any): Promise<ActorRun>;
  get(): Promise<any>;
  update(fields: any): Promise<any>;
  delete(): Promise<void>;
  build(version: string, options?: any): Promise<any>;
  lastRun(options?: any): RunClient;
  builds(): any;
  runs(): any;
  version(number: string): any;
  versions(): any;
  webhooks(): any;
}
export class TaskClient {
  /**
   * @write run
   * @slow
   */
  call(input?: any, options?: any): Promise<ActorRun>;
  /** @write run */
  start(input?: any, options?: any): Promise<ActorRun>;
  get(): Promise<any>;
  update(fields: any): Promise<any>;
  delete(): Promise<void>;
  getInput(): Promise<any>;
  updateInput(fields: any): Promise<any>;
  lastRun(options?: any): RunClient;
  runs(): any;
  webhooks(): any;
}
export class RunClient {
  /** @write charge value=0 */
  charge(options: any): Promise<any>;
  /** @slow */
  waitForFinish(options?: any): Promise<ActorRun>;
  get(options?: any): Promise<ActorRun | undefined>;
  abort(options?: any): Promise<ActorRun>;
  delete(): Promise<void>;
  /**
   * Of whichever run the client was made for.
   * @write run
   */
  metamorph(targetActorId: string, input: any, options?: any): Promise<ActorRun>;
  /**
   * Likewise.
   * @write run
   */
  reboot(): Promise<ActorRun>;
  resurrect(options?: any): Promise<ActorRun>;
  update(fields: any): Promise<ActorRun>;
  /** @open key-value-store */
  keyValueStore(): KeyValueStoreClient;
  /** @open dataset */
  dataset(): DatasetClient;
  /** @open request-queue */
  requestQueue(): RequestQueueClient;
  log(): any;
}
