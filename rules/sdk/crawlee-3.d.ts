/* oxlint-disable -- A table, not code: what does not matter to a migration is `any`, and the shapes are the SDK's own. */

/*
 * What Crawlee 3 offers, as far as it matters to what survives a migration. Serves for `crawlee` and every `@crawlee/*`.
 * The analysis gives these declarations to TypeScript in place of the installed ones; what does not matter is `any`.
 * With `apify-3.d.ts`, `apify-legacy.d.ts` and `apify-client.d.ts` this is the one table of SDK facts. The tags:
 *
 * `@write STORAGE [key=N] [value=N]`  the promise is a write to `key-value-store`, `dataset`, `request-queue`, `charge` or
 *                                     `run` (a run's message, webhooks, other runs: no progress). N counts arguments from
 *                                     0; `N.name` is a property of that argument. Without `value`: a drop, or the SDK's own.
 * `@charges event=N`                  charges too, where that argument is given.
 * `@read STORAGE [key=N]`             reads what an earlier process wrote; STORAGE as above, `request-list`, or `input`.
 *                                     `brings=existence`: whether there is a record, not what it holds.
 * `@state [key=N] [value=N] [store=N]` an object that the SDK saves at each `persistState`; `value` is its default.
 *                                     `store` names the key-value store that it is kept in, if not the default one.
 * `@key KEY`                          the key that the SDK takes where none is given.
 * `@open STORAGE [name=N]`            opens a storage; without a name the default one. `request-list` is kept when named.
 * `@subscribe event=N listener=N`     registers a listener of the Actor's events; `@unsubscribe event=N listener=N`.
 * `@lifecycle STEP [callback=N]`      `init`, `main`, `exit`, `fail`, `reboot`, `metamorph`, `abort`; of a crawler `crawl` and
 *                                     `teardown`. `callback` is the code that the step runs.
 * `@crawler`                          a class whose instances run request handlers.
 * `@handler KIND [callback=N]`        code that runs again and again: `request`, `hook`, `router`, `task`. On a property: its
 *                                     value, or the elements of it. `callbacks=N`: the properties of that argument.
 * `@iterates callback=N`              calls back for each item and awaits each call.
 * `@owner WHAT`                       survives by itself: `request`, `request-queue`, `request-list`, `session-pool`,
 *                                     `statistics`, `recoverable-state`. On an option: once it is given.
 * `@storage client=N`                 sets the storages of a configuration, or of all where the SDK is started.
 * `@volatile when=VALUE`              an option that, with this value, keeps things in memory only.
 * `@slow`, `@sleep`, `@log`           slow work outside the process; only waits; only tells.
 * `@since X`, `@until X`              the versions that have it, where they differ (`until` is the first without).
 */

// Storages

export class KeyValueStore {
  readonly config: Configuration;
  readonly id: string;
  readonly name?: string;
  /** @open key-value-store name=0 */
  static open(storeIdOrName?: any, options?: any): Promise<KeyValueStore>;
  /** @write key-value-store key=0 value=1 */
  static setValue(key: string, value: any, options?: RecordOptions): Promise<void>;
  /** @read key-value-store key=0 */
  static getValue<T = any>(key: string, defaultValue?: T): Promise<T | null>;
  /** @read key-value-store key=0 brings=existence */
  static recordExists(key: string): Promise<boolean>;
  /** @state key=0 value=1 */
  static getAutoSavedValue<T = any>(key: string, defaultValue?: T): Promise<T>;
  /** @read input */
  static getInput<T = any>(): Promise<T | null>;

  /** @write key-value-store key=0 value=1 */
  setValue(key: string, value: any, options?: RecordOptions): Promise<void>;
  /** @write key-value-store */
  drop(): Promise<void>;
  /** @read key-value-store key=0 */
  getValue<T = any>(key: string, defaultValue?: T): Promise<T | null>;
  /** @read key-value-store key=0 brings=existence */
  recordExists(key: string): Promise<boolean>;
  /** @state key=0 value=1 */
  getAutoSavedValue<T = any>(key: string, defaultValue?: T): Promise<T>;
  /**
   * @read key-value-store
   * @iterates callback=0
   */
  forEachKey(iteratee: KeyConsumer, options?: any): Promise<void>;
  /**
   * @read key-value-store
   * @since 3.16
   */
  keys(options?: any): AsyncIterable<string> & Promise<string[]>;
  /**
   * @read key-value-store
   * @since 3.16
   */
  values<T = any>(options?: any): AsyncIterable<T> & Promise<T[]>;
  /**
   * @read key-value-store
   * @since 3.16
   */
  entries<T = any>(options?: any): AsyncIterable<[string, T]> & Promise<[string, T][]>;
  [Symbol.asyncIterator]<T = any>(): AsyncGenerator<[string, T], void, undefined>;
  getPublicUrl(key: string): any;
  clearCache(): void;
}
export type KeyConsumer = (key: string, index: number, info: { size: number; [key: string]: any }) => any;
export interface RecordOptions {
  contentType?: string;
  [key: string]: any;
}

export class Dataset<Data = any> {
  readonly config: Configuration;
  id: string;
  name?: string;
  /** @open dataset name=0 */
  static open<Data = any>(datasetIdOrName?: any, options?: any): Promise<Dataset<Data>>;
  /** @write dataset value=0 */
  static pushData<Data = any>(item: Data | Data[]): Promise<void>;
  /** @read dataset */
  static getData<Data = any>(options?: DatasetDataOptions): Promise<DatasetContent<Data>>;
  /**
   * @read dataset
   * @write key-value-store key=0
   */
  static exportToJSON(key: string, options?: any): Promise<void>;
  /**
   * @read dataset
   * @write key-value-store key=0
   */
  static exportToCSV(key: string, options?: any): Promise<void>;

  /** @write dataset value=0 */
  pushData(data: Data | Data[]): Promise<void>;
  /** @write dataset */
  drop(): Promise<void>;
  /** @read dataset */
  getData(options?: DatasetDataOptions): Promise<DatasetContent<Data>>;
  /** @read dataset */
  getInfo(): Promise<any>;
  /** @read dataset */
  export(options?: any): Promise<Data[]>;
  /**
   * @read dataset
   * @write key-value-store key=0
   */
  exportTo(key: string, options?: any, contentType?: string): Promise<Data[]>;
  /**
   * @read dataset
   * @write key-value-store key=0
   */
  exportToJSON(key: string, options?: any): Promise<void>;
  /**
   * @read dataset
   * @write key-value-store key=0
   */
  exportToCSV(key: string, options?: any): Promise<void>;
  /**
   * @read dataset
   * @iterates callback=0
   */
  forEach(iteratee: DatasetConsumer<Data>, options?: any, index?: number): Promise<void>;
  /**
   * @read dataset
   * @iterates callback=0
   */
  map<R>(iteratee: DatasetMapper<Data, R>, options?: any): Promise<R[]>;
  /**
   * @read dataset
   * @iterates callback=0
   */
  reduce<T = any>(iteratee: DatasetReducer<T, Data>, memo?: T, options?: any): Promise<T>;
  /**
   * @read dataset
   * @since 3.16
   */
  values(options?: any): AsyncIterable<Data> & Promise<any>;
  /**
   * @read dataset
   * @since 3.16
   */
  entries(options?: any): AsyncIterable<[number, Data]> & Promise<any>;
  [Symbol.asyncIterator](): AsyncGenerator<Data, void, undefined>;
}
export type DatasetConsumer<Data = any> = (item: Data, index: number) => any;
export type DatasetMapper<Data = any, R = any> = (item: Data, index: number) => R | Promise<R>;
export type DatasetReducer<T = any, Data = any> = (memo: T, item: Data, index: number) => T | Promise<T>;
export interface DatasetDataOptions {
  [key: string]: any;
}
export interface DatasetContent<Data = any> {
  total: number;
  count: number;
  offset: number;
  limit: number;
  items: Data[];
  [key: string]: any;
}

/** What both request queues and a tandem of list and queue offer. */
export interface IRequestManager {
  /** @write request-queue value=0 */
  addRequest(request: Source, options?: RequestQueueOperationOptions): Promise<RequestQueueOperationInfo>;
  /** @write request-queue value=0 */
  addRequestsBatched(requests: RequestsLike, options?: AddRequestsBatchedOptions): Promise<AddRequestsBatchedResult>;
  /** @read request-queue */
  fetchNextRequest<T = any>(): Promise<Request<T> | null>;
  /** @write request-queue value=0 */
  markRequestHandled(request: Request): Promise<any>;
  /** @write request-queue value=0 */
  reclaimRequest(request: Request, options?: RequestQueueOperationOptions): Promise<any>;
  /** @read request-queue */
  isEmpty(): Promise<boolean>;
  /** @read request-queue */
  isFinished(): Promise<boolean>;
  /** @read request-queue */
  handledCount(): Promise<number>;
  getTotalCount(): number;
  getPendingCount(): number;
}
/** @owner request-queue */
export class RequestProvider implements IRequestManager {
  readonly config: Configuration;
  id: string;
  name?: string;
  /** @open request-queue name=0 */
  static open(queueIdOrName?: any, options?: any): Promise<RequestQueue>;
  /** @write request-queue value=0 */
  addRequest(request: Source, options?: RequestQueueOperationOptions): Promise<RequestQueueOperationInfo>;
  /** @write request-queue value=0 */
  addRequests(requests: RequestsLike, options?: RequestQueueOperationOptions): Promise<any>;
  /**
   * Resolves once the first batch is in; the result's own promise tells of the others.
   * @write request-queue value=0
   */
  addRequestsBatched(requests: RequestsLike, options?: AddRequestsBatchedOptions): Promise<AddRequestsBatchedResult>;
  /** @write request-queue value=0 */
  markRequestHandled(request: Request): Promise<any>;
  /** @write request-queue value=0 */
  reclaimRequest(request: Request, options?: RequestQueueOperationOptions): Promise<any>;
  /** @write request-queue */
  drop(): Promise<void>;
  /** @read request-queue */
  getRequest<T = any>(id: string): Promise<Request<T> | null>;
  /** @read request-queue */
  fetchNextRequest<T = any>(): Promise<Request<T> | null>;
  /** @read request-queue */
  isEmpty(): Promise<boolean>;
  /** @read request-queue */
  isFinished(): Promise<boolean>;
  /** @read request-queue */
  handledCount(): Promise<number>;
  /** @read request-queue */
  getInfo(): Promise<any>;
  getTotalCount(): number;
  getPendingCount(): number;
}
/** @owner request-queue */
export class RequestQueue extends RequestProvider {}
/** @owner request-queue */
export class RequestQueueV1 extends RequestProvider {}
/** @owner request-queue */
export class RequestQueueV2 extends RequestProvider {}
/** @owner request-queue */
export class RequestManagerTandem implements IRequestManager {
  constructor(requestList: IRequestList, requestQueue: RequestProvider);
  /** @write request-queue value=0 */
  addRequest(request: Source, options?: RequestQueueOperationOptions): Promise<RequestQueueOperationInfo>;
  /** @write request-queue value=0 */
  addRequestsBatched(requests: RequestsLike, options?: AddRequestsBatchedOptions): Promise<AddRequestsBatchedResult>;
  /** @write request-queue value=0 */
  markRequestHandled(request: Request): Promise<any>;
  /** @write request-queue value=0 */
  reclaimRequest(request: Request, options?: RequestQueueOperationOptions): Promise<any>;
  /** @read request-queue */
  fetchNextRequest<T = any>(): Promise<Request<T> | null>;
  /** @read request-queue */
  isEmpty(): Promise<boolean>;
  /** @read request-queue */
  isFinished(): Promise<boolean>;
  /** @read request-queue */
  handledCount(): Promise<number>;
  getTotalCount(): number;
  getPendingCount(): number;
}
export interface RequestQueueOperationOptions {
  forefront?: boolean;
  [key: string]: any;
}
export interface RequestQueueOperationInfo {
  requestId: string;
  wasAlreadyPresent: boolean;
  wasAlreadyHandled: boolean;
  [key: string]: any;
}
export type QueueOperationInfo = RequestQueueOperationInfo;
export interface AddRequestsBatchedOptions extends RequestQueueOperationOptions {
  waitForAllRequestsToBeAdded?: boolean;
}
export interface AddRequestsBatchedResult {
  addedRequests: any[];
  waitForAllRequestsToBeAdded: Promise<any[]>;
  [key: string]: any;
}

export interface IRequestList {
  length(): number;
  /** @read request-list */
  isFinished(): Promise<boolean>;
  /** @read request-list */
  isEmpty(): Promise<boolean>;
  /** @read request-list */
  handledCount(): number;
  /** @write key-value-store */
  persistState(): Promise<void>;
  /** @read request-list */
  fetchNextRequest(): Promise<Request | null>;
  reclaimRequest(request: Request): Promise<void>;
  markRequestHandled(request: Request): Promise<void>;
}
export class RequestList implements IRequestList {
  /** @open request-list name=0 */
  static open(listNameOrOptions: any, sources?: Source[], options?: RequestListOptions): Promise<RequestList>;
  length(): number;
  /** @write key-value-store */
  persistState(): Promise<void>;
  /** @read request-list */
  fetchNextRequest(): Promise<Request | null>;
  /** @read request-list */
  isEmpty(): Promise<boolean>;
  /** @read request-list */
  isFinished(): Promise<boolean>;
  /** @read request-list */
  handledCount(): number;
  getState(): any;
  markRequestHandled(request: Request): Promise<void>;
  reclaimRequest(request: Request): Promise<void>;
  teardown(): Promise<void>;
  [Symbol.asyncIterator](): AsyncGenerator<Request, void, undefined>;
}
export interface RequestListOptions {
  sources?: Source[];
  sourcesFunction?: () => Promise<Source[]>;
  /** @owner request-list */
  persistStateKey?: string;
  /** @owner request-list */
  persistRequestsKey?: string;
  state?: any;
  [key: string]: any;
}
export class RequestListAdapter extends RequestManagerTandem {}
export class SitemapRequestList implements IRequestList {
  /**
   * @open request-list name=0.persistStateKey
   * @slow
   */
  static open(options: SitemapRequestListOptions): Promise<SitemapRequestList>;
  length(): number;
  isSitemapFullyLoaded(): boolean;
  /** @write key-value-store */
  persistState(): Promise<void>;
  /** @read request-list */
  fetchNextRequest(): Promise<Request | null>;
  /** @read request-list */
  isEmpty(): Promise<boolean>;
  /** @read request-list */
  isFinished(): Promise<boolean>;
  /** @read request-list */
  handledCount(): number;
  markRequestHandled(request: Request): Promise<void>;
  reclaimRequest(request: Request): Promise<void>;
  teardown(): Promise<void>;
  [Symbol.asyncIterator](): AsyncGenerator<Request, void, undefined>;
}
export interface SitemapRequestListOptions {
  sitemapUrls: string[];
  /** @owner request-list */
  persistStateKey?: string;
  persistenceOptions?: PersistenceOptions;
  [key: string]: any;
}

// State that the SDK saves

/**
 * @state key=0 value=1 store=2.keyValueStoreName
 * @key CRAWLEE_GLOBAL_STATE
 */
export function useState<State = any>(name?: string, defaultValue?: State, options?: UseStateOptions): Promise<State>;
export interface UseStateOptions {
  config?: Configuration;
  keyValueStoreName?: string | null;
  [key: string]: any;
}
/** @owner recoverable-state */
export class RecoverableState<TStateModel = any> {
  /** @state key=0.persistStateKey value=0.defaultState store=0.persistStateKvsName */
  constructor(options: RecoverableStateOptions<TStateModel>);
  readonly currentValue: TStateModel;
  /** @read key-value-store */
  initialize(): Promise<TStateModel>;
  /** @write key-value-store */
  reset(): Promise<void>;
  /** @write key-value-store */
  teardown(): Promise<void>;
  /** @write key-value-store */
  persistState(eventData?: any): Promise<void>;
}
export interface RecoverableStateOptions<TStateModel = any> {
  defaultState: TStateModel;
  /** @owner recoverable-state */
  persistStateKey: string;
  /** @volatile when=false */
  persistenceEnabled?: boolean;
  [key: string]: any;
}
export interface PersistenceOptions {
  /** @volatile when=false */
  enable?: boolean;
}
/** @owner session-pool */
export class SessionPool {
  constructor(options?: SessionPoolOptions, config?: Configuration);
  /** @open session-pool */
  static open(options?: SessionPoolOptions, config?: Configuration): Promise<SessionPool>;
  readonly usableSessionsCount: number;
  readonly retiredSessionsCount: number;
  /** @open session-pool */
  initialize(): Promise<void>;
  addSession(options?: any): Promise<void>;
  getSession(sessionId?: string): Promise<Session>;
  getState(): any;
  /** @write key-value-store */
  persistState(options?: PersistenceOptions): Promise<void>;
  /** @write key-value-store */
  resetStore(options?: PersistenceOptions): Promise<void>;
  teardown(options?: any): Promise<void>;
  on(event: string, listener: (...args: any[]) => any): this;
}
export interface SessionPoolOptions {
  /** @owner session-pool */
  persistStateKey?: string;
  persistStateKeyValueStoreId?: string;
  persistenceOptions?: PersistenceOptions;
  createSessionFunction?: (sessionPool: SessionPool, options?: any) => Session | Promise<Session>;
  [key: string]: any;
}
export class Session {
  constructor(options?: any);
  readonly id: string;
  /** @owner session-pool */
  userData: any;
  isUsable(): boolean;
  isBlocked(): boolean;
  markGood(): void;
  markBad(): void;
  retire(): void;
  getState(): any;
  retireOnBlockedStatusCodes(...args: any[]): boolean;
  setCookies(cookies: any[], url: string): void;
  getCookies(url: string): any[];
  getCookieString(url: string): string;
  setCookie(rawCookie: string, url: string): void;
  setCookiesFromResponse(response: any): void;
}
/** @owner statistics */
export class Statistics {
  constructor(options?: any);
  readonly id: string;
  state: any;
  reset(): void;
  calculate(): any;
  /** @write key-value-store */
  persistState(options?: PersistenceOptions): Promise<void>;
  /** @write key-value-store */
  resetStore(options?: PersistenceOptions): Promise<void>;
  startCapturing(): Promise<void>;
  stopCapturing(): Promise<void>;
  toJSON(): any;
}
export interface StatisticsOptions {
  persistenceOptions?: PersistenceOptions;
  [key: string]: any;
}
export type StatisticState = any;
export type StatisticPersistedState = any;
export type FinalStatistics = any;

// Configuration, events, local storage

export class Configuration {
  constructor(options?: ConfigurationOptions);
  static getGlobalConfig(): Configuration;
  static getEventManager(): EventManager;
  static getStorageClient(): any;
  /** @storage client=0 */
  static useStorageClient(client: any): void;
  static resetGlobalState(): void;
  static set(key: string, value?: any): void;
  get(key: string, defaultValue?: any): any;
  set(key: string, value?: any): void;
  getEventManager(): EventManager;
  getStorageClient(): any;
  /** @storage client=0 */
  useStorageClient(client: any): void;
  useEventManager(events: EventManager): void;
  createMemoryStorage(options?: MemoryStorageOptions): MemoryStorage;
}
export interface ConfigurationOptions {
  /** @volatile when=false */
  persistStorage?: boolean;
  purgeOnStart?: boolean;
  [key: string]: any;
}
export enum EventType {
  PERSIST_STATE = 'persistState',
  SYSTEM_INFO = 'systemInfo',
  MIGRATING = 'migrating',
  ABORTING = 'aborting',
  EXIT = 'exit',
}
export type EventTypeName = EventType | 'systemInfo' | 'persistState' | 'migrating' | 'aborting' | 'exit';
export class EventManager {
  readonly config: Configuration;
  constructor(config?: Configuration);
  init(): Promise<void>;
  close(): Promise<void>;
  /** @subscribe event=0 listener=1 */
  on(event: EventTypeName, listener: (...args: any[]) => any): void;
  /** @unsubscribe event=0 listener=1 */
  off(event: EventTypeName, listener?: (...args: any[]) => any): void;
  emit(event: EventTypeName, ...args: any[]): void;
  isInitialized(): boolean;
  listenerCount(event: EventTypeName): number;
  listeners(event: EventTypeName): any[];
  waitForAllListenersToComplete(): Promise<boolean>;
}
export class LocalEventManager extends EventManager {}
export class MemoryStorage {
  constructor(options?: MemoryStorageOptions);
  purge(): Promise<void>;
  teardown(): Promise<void>;
  dataset(id: string): any;
  keyValueStore(id: string): any;
  requestQueue(id: string): any;
}
export interface MemoryStorageOptions {
  localDataDirectory?: string;
  writeMetadata?: boolean;
  /** @volatile when=false */
  persistStorage?: boolean;
  [key: string]: any;
}
export function purgeDefaultStorages(options?: any, client?: any): Promise<void>;

// Requests

export class Request<UserData = any> {
  constructor(options: RequestOptions<UserData>);
  id?: string;
  url: string;
  loadedUrl?: string;
  uniqueKey: string;
  method: any;
  payload?: any;
  noRetry: boolean;
  retryCount: number;
  errorMessages: string[];
  headers?: any;
  /** @owner request */
  userData: any;
  /** @owner request */
  label?: string;
  handledAt?: string;
  maxRetries?: number;
  sessionRotationCount: number;
  skipNavigation: boolean;
  crawlDepth: number;
  state: any;
  pushErrorMessage(error: unknown, options?: any): void;
  static computeUniqueKey(options: any): string;
  static hashPayload(payload: any): string;
}
export interface RequestOptions<UserData = any> {
  url: string;
  uniqueKey?: string;
  /** @owner request */
  userData?: UserData;
  label?: string;
  [key: string]: any;
}
export type Source =
  | string
  | Request<any>
  | (Partial<RequestOptions> & { requestsFromUrl?: string; [key: string]: any });
export type RequestsLike = Iterable<Source> | AsyncIterable<Source>;
export type LoadedRequest<R = Request> = R;
export class PseudoUrl {
  constructor(purl: any, requestTemplate?: any);
  matches(url: string): boolean;
}
export enum EnqueueStrategy {
  All = 'all',
  SameHostname = 'same-hostname',
  SameDomain = 'same-domain',
  SameOrigin = 'same-origin',
}
export interface EnqueueLinksOptions {
  urls?: readonly string[];
  requestQueue?: RequestProvider;
  userData?: any;
  label?: string;
  /** @handler hook */
  transformRequestFunction?: (request: any) => any;
  [key: string]: any;
}
/**
 * @write request-queue
 * @slow
 */
export function enqueueLinks(options: EnqueueLinksOptions): Promise<BatchAddRequestsResult>;
export interface BatchAddRequestsResult {
  processedRequests: any[];
  unprocessedRequests: any[];
  [key: string]: any;
}

// Crawling contexts

export interface RestrictedCrawlingContext<UserData = any> {
  id: string;
  request: Request<UserData>;
  session?: Session;
  proxyInfo?: any;
  log: Log;
  /** @write dataset value=0 */
  pushData(data: any, datasetIdOrName?: string): Promise<void>;
  /**
   * @write request-queue
   * @slow
   */
  enqueueLinks(options?: EnqueueLinksOptions): Promise<BatchAddRequestsResult>;
  /** @write request-queue value=0 */
  addRequests(requests: Source[], options?: RequestQueueOperationOptions): Promise<void>;
  /**
   * @state value=0
   * @key CRAWLEE_STATE
   */
  useState<State = any>(defaultValue?: State): Promise<State>;
  /** @open key-value-store name=0 */
  getKeyValueStore(idOrName?: string): Promise<KeyValueStore>;
  [key: string]: any;
}
export interface CrawlingContext<
  Crawler extends BasicCrawler<any> = any,
  UserData = any,
> extends RestrictedCrawlingContext<UserData> {
  crawler: Crawler;
  /** @slow */
  sendRequest<Response = any>(overrideOptions?: any): Promise<any>;
}
export interface BasicCrawlingContext<UserData = any> extends CrawlingContext<BasicCrawler, UserData> {}
export type LoadedContext<Context = any> = Context;

export interface HttpCrawlingContext<
  UserData = any,
  JSONData = any,
  Crawler extends BasicCrawler<any> = HttpCrawler<any>,
> extends CrawlingContext<Crawler, UserData> {
  body: any;
  json: JSONData;
  contentType: any;
  response: any;
  waitForSelector(selector: string, timeoutMs?: number): Promise<void>;
  parseWithCheerio(selector?: string, timeoutMs?: number): Promise<any>;
}
export interface InternalHttpCrawlingContext<
  UserData = any,
  JSONData = any,
  Crawler extends BasicCrawler<any> = HttpCrawler<any>,
> extends HttpCrawlingContext<UserData, JSONData, Crawler> {}
export interface CheerioCrawlingContext<UserData = any, JSONData = any> extends HttpCrawlingContext<
  UserData,
  JSONData,
  CheerioCrawler
> {
  $: any;
}
export interface JSDOMCrawlingContext<UserData = any, JSONData = any> extends HttpCrawlingContext<
  UserData,
  JSONData,
  JSDOMCrawler
> {
  window: any;
  document: any;
}
export interface LinkeDOMCrawlingContext<UserData = any, JSONData = any> extends HttpCrawlingContext<
  UserData,
  JSONData,
  LinkeDOMCrawler
> {
  window: any;
  document: any;
}
export interface FileDownloadCrawlingContext<UserData = any, JSONData = any> extends HttpCrawlingContext<
  UserData,
  JSONData,
  FileDownload
> {
  stream: any;
}
export type StreamHandlerContext = FileDownloadCrawlingContext;

/** What a browser's context adds; the same functions take the page first in `playwrightUtils` and `puppeteerUtils`. */
export interface BrowserCrawlingContext<
  Crawler extends BasicCrawler<any> = any,
  Page = any,
  Response = any,
  Controller = any,
  UserData = any,
> extends CrawlingContext<Crawler, UserData> {
  page: any;
  response?: any;
  browserController: any;
  injectFile(filePath: string, options?: any): Promise<any>;
  injectJQuery(): Promise<any>;
  blockRequests(options?: any): Promise<void>;
  /** @slow */
  waitForSelector(selector: string, timeoutMs?: number): Promise<void>;
  parseWithCheerio(selector?: string, timeoutMs?: number): Promise<any>;
  /** @slow */
  infiniteScroll(options?: any): Promise<void>;
  /** @write key-value-store key=0.key */
  saveSnapshot(options?: any): Promise<void>;
  /**
   * @write request-queue
   * @slow
   */
  enqueueLinksByClickingElements(options: any): Promise<BatchAddRequestsResult>;
  closeCookieModals(): Promise<void>;
  compileScript(script: string, context?: any): any;
}
export interface PuppeteerCrawlingContext<UserData = any> extends BrowserCrawlingContext<
  PuppeteerCrawler,
  any,
  any,
  any,
  UserData
> {
  blockResources(resourceTypes?: string[]): Promise<void>;
  cacheResponses(cache: any, responseUrlRules: any[]): Promise<void>;
  addInterceptRequestHandler(handler: any): Promise<void>;
  removeInterceptRequestHandler(handler: any): Promise<void>;
}
export interface PlaywrightCrawlingContext<UserData = any> extends BrowserCrawlingContext<
  PlaywrightCrawler,
  any,
  any,
  any,
  UserData
> {
  handleCloudflareChallenge(options?: any): Promise<void>;
}
export interface StagehandCrawlingContext<UserData = any> extends BrowserCrawlingContext<
  StagehandCrawler,
  any,
  any,
  any,
  UserData
> {
  stagehand: any;
}
export interface AdaptivePlaywrightCrawlerContext<UserData = any> extends RestrictedCrawlingContext<UserData> {
  page: any;
  response: any;
  querySelector(selector: string, timeoutMs?: number): Promise<any>;
  waitForSelector(selector: string, timeoutMs?: number): Promise<void>;
  parseWithCheerio(selector?: string, timeoutMs?: number): Promise<any>;
}

export type RequestHandler<Context = CrawlingContext> = (inputs: Context) => any;
export type ErrorHandler<Context = CrawlingContext> = (inputs: Context, error: Error) => any;
export type InternalHttpHook<Context = HttpCrawlingContext> = (crawlingContext: Context, gotOptions: any) => any;
export type BrowserHook<Context = BrowserCrawlingContext, GoToOptions = any> = (
  crawlingContext: Context,
  gotoOptions: any,
) => any;
export type BrowserRequestHandler<Context = BrowserCrawlingContext> = RequestHandler<Context>;
export type BrowserErrorHandler<Context = BrowserCrawlingContext> = ErrorHandler<Context>;
export type HttpRequestHandler<UserData = any, JSONData = any> = RequestHandler<HttpCrawlingContext<UserData>>;
export type HttpErrorHandler<UserData = any, JSONData = any> = ErrorHandler<HttpCrawlingContext<UserData>>;
export type HttpHook<UserData = any, JSONData = any> = InternalHttpHook<HttpCrawlingContext<UserData>>;
export type CheerioRequestHandler<UserData = any, JSONData = any> = RequestHandler<CheerioCrawlingContext<UserData>>;
export type CheerioErrorHandler<UserData = any, JSONData = any> = ErrorHandler<CheerioCrawlingContext<UserData>>;
export type CheerioHook<UserData = any, JSONData = any> = InternalHttpHook<CheerioCrawlingContext<UserData>>;
export type JSDOMRequestHandler<UserData = any, JSONData = any> = RequestHandler<JSDOMCrawlingContext<UserData>>;
export type JSDOMErrorHandler<UserData = any, JSONData = any> = ErrorHandler<JSDOMCrawlingContext<UserData>>;
export type JSDOMHook<UserData = any, JSONData = any> = InternalHttpHook<JSDOMCrawlingContext<UserData>>;
export type LinkeDOMRequestHandler<UserData = any, JSONData = any> = RequestHandler<LinkeDOMCrawlingContext<UserData>>;
export type LinkeDOMErrorHandler<UserData = any, JSONData = any> = ErrorHandler<LinkeDOMCrawlingContext<UserData>>;
export type LinkeDOMHook<UserData = any, JSONData = any> = InternalHttpHook<LinkeDOMCrawlingContext<UserData>>;
export type FileDownloadRequestHandler<UserData = any, JSONData = any> = RequestHandler<FileDownloadCrawlingContext>;
export type FileDownloadErrorHandler<UserData = any, JSONData = any> = ErrorHandler<FileDownloadCrawlingContext>;
export type FileDownloadHook<UserData = any, JSONData = any> = InternalHttpHook<FileDownloadCrawlingContext>;
export type PuppeteerRequestHandler<UserData = any> = RequestHandler<PuppeteerCrawlingContext<UserData>>;
export type PuppeteerHook<UserData = any> = BrowserHook<PuppeteerCrawlingContext<UserData>>;
export type PlaywrightRequestHandler<UserData = any> = RequestHandler<PlaywrightCrawlingContext<UserData>>;
export type PlaywrightHook<UserData = any> = BrowserHook<PlaywrightCrawlingContext<UserData>>;

// Crawlers

export interface BasicCrawlerOptions<Context = BasicCrawlingContext> {
  /** @handler request */
  requestHandler?: RequestHandler<Context>;
  /**
   * The name of `requestHandler` in the SDK before 3, still taken.
   * @handler request
   */
  handleRequestFunction?: RequestHandler<Context>;
  /** @handler request */
  errorHandler?: ErrorHandler<Context>;
  /** @handler request */
  failedRequestHandler?: ErrorHandler<Context>;
  /** @handler request */
  handleFailedRequestFunction?: ErrorHandler<Context>;
  requestList?: IRequestList;
  requestQueue?: RequestProvider;
  requestManager?: IRequestManager;
  autoscaledPoolOptions?: AutoscaledPoolOptions;
  sessionPoolOptions?: SessionPoolOptions;
  statisticsOptions?: StatisticsOptions;
  useSessionPool?: boolean;
  maxRequestsPerCrawl?: number;
  maxRequestRetries?: number;
  maxConcurrency?: number;
  keepAlive?: boolean;
  /** @handler hook */
  onSkippedRequest?: (args: any) => any;
  /** @handler hook */
  statusMessageCallback?: (params: any) => any;
  [key: string]: any;
}
export interface HttpCrawlerOptions<Context = HttpCrawlingContext> extends BasicCrawlerOptions<Context> {
  /** @handler request */
  handlePageFunction?: RequestHandler<Context>;
  /** @handler hook */
  preNavigationHooks?: InternalHttpHook<Context>[];
  /** @handler hook */
  postNavigationHooks?: InternalHttpHook<Context>[];
}
export interface CheerioCrawlerOptions<UserData = any, JSONData = any> extends HttpCrawlerOptions<
  CheerioCrawlingContext<UserData, JSONData>
> {}
export interface JSDOMCrawlerOptions<UserData = any, JSONData = any> extends HttpCrawlerOptions<
  JSDOMCrawlingContext<UserData, JSONData>
> {}
export interface LinkeDOMCrawlerOptions<UserData = any, JSONData = any> extends HttpCrawlerOptions<
  LinkeDOMCrawlingContext<UserData, JSONData>
> {}
export interface FileDownloadOptions<UserData = any, JSONData = any> extends HttpCrawlerOptions<
  FileDownloadCrawlingContext<UserData, JSONData>
> {
  /** @handler request */
  streamHandler?: RequestHandler<FileDownloadCrawlingContext<UserData, JSONData>>;
}
export interface BrowserCrawlerOptions<
  Context = BrowserCrawlingContext,
  P = any,
  L = any,
  C = any,
  R = any,
> extends BasicCrawlerOptions<Context> {
  /** @handler request */
  handlePageFunction?: RequestHandler<Context>;
  /** @handler hook */
  preNavigationHooks?: BrowserHook<Context>[];
  /** @handler hook */
  postNavigationHooks?: BrowserHook<Context>[];
  browserPoolOptions?: BrowserPoolOptions;
  launchContext?: any;
}
export interface PuppeteerCrawlerOptions extends BrowserCrawlerOptions<PuppeteerCrawlingContext> {}
export interface PlaywrightCrawlerOptions extends BrowserCrawlerOptions<PlaywrightCrawlingContext> {}
export interface StagehandCrawlerOptions extends BrowserCrawlerOptions<StagehandCrawlingContext> {}
export interface AdaptivePlaywrightCrawlerOptions extends BrowserCrawlerOptions<AdaptivePlaywrightCrawlerContext> {}

/** @crawler */
export class BasicCrawler<Context = BasicCrawlingContext> {
  constructor(options?: BasicCrawlerOptions<Context>, config?: Configuration);
  readonly config: Configuration;
  readonly stats: Statistics;
  readonly router: RouterHandler<Context>;
  readonly log: Log;
  readonly hasFinishedBefore: boolean;
  running: boolean;
  requestList?: IRequestList;
  requestQueue?: RequestProvider;
  sessionPool?: SessionPool;
  autoscaledPool?: AutoscaledPool;
  /** Protected in the SDK, used all the same. */
  events: EventManager;
  /** @lifecycle crawl */
  run(requests?: RequestsLike, options?: any): Promise<FinalStatistics>;
  /** @lifecycle teardown */
  teardown(): Promise<void>;
  /** @lifecycle teardown */
  stop(reason?: string): void;
  /** @write request-queue value=0 */
  addRequests(requests: RequestsLike, options?: AddRequestsBatchedOptions): Promise<AddRequestsBatchedResult>;
  /** @write dataset value=0 */
  pushData(data: any, datasetIdOrName?: string): Promise<void>;
  /**
   * @state value=0
   * @key CRAWLEE_STATE
   */
  useState<State = any>(defaultValue?: State): Promise<State>;
  /** @open request-queue */
  getRequestQueue(): Promise<RequestProvider>;
  /** @open dataset name=0 */
  getDataset(idOrName?: string): Promise<Dataset>;
  /** @read dataset */
  getData(options?: DatasetDataOptions): Promise<DatasetContent>;
  /** @read dataset */
  exportData<Data = any>(path: string, format?: 'json' | 'csv', options?: any): Promise<Data[]>;
  /** @write run */
  setStatusMessage(message: string, options?: any): Promise<void>;
}
/** @crawler */
export class HttpCrawler<Context = HttpCrawlingContext> extends BasicCrawler<Context> {
  constructor(options?: HttpCrawlerOptions<Context>, config?: Configuration);
  use(extension: any): void;
}
/** @crawler */
export class CheerioCrawler extends HttpCrawler<CheerioCrawlingContext> {
  constructor(options?: CheerioCrawlerOptions, config?: Configuration);
}
/** @crawler */
export class JSDOMCrawler extends HttpCrawler<JSDOMCrawlingContext> {
  constructor(options?: JSDOMCrawlerOptions, config?: Configuration);
}
/** @crawler */
export class LinkeDOMCrawler extends HttpCrawler<LinkeDOMCrawlingContext> {
  constructor(options?: LinkeDOMCrawlerOptions, config?: Configuration);
}
/** @crawler */
export class FileDownload extends HttpCrawler<FileDownloadCrawlingContext> {
  constructor(options?: FileDownloadOptions, config?: Configuration);
}
/** @crawler */
export class BrowserCrawler<P = any, L = any, Context = BrowserCrawlingContext, O = any> extends BasicCrawler<Context> {
  constructor(options?: BrowserCrawlerOptions<Context>, config?: Configuration);
  browserPool: BrowserPool;
  launchContext: any;
}
/** @crawler */
export class PuppeteerCrawler extends BrowserCrawler<any, any, PuppeteerCrawlingContext> {
  constructor(options?: PuppeteerCrawlerOptions, config?: Configuration);
}
/** @crawler */
export class PlaywrightCrawler extends BrowserCrawler<any, any, PlaywrightCrawlingContext> {
  constructor(options?: PlaywrightCrawlerOptions, config?: Configuration);
}
/**
 * @crawler
 * @since 3.16
 */
export class StagehandCrawler extends BrowserCrawler<any, any, StagehandCrawlingContext> {
  constructor(options?: StagehandCrawlerOptions, config?: Configuration);
}
/** @crawler */
export class AdaptivePlaywrightCrawler extends BrowserCrawler<any, any, AdaptivePlaywrightCrawlerContext> {
  constructor(options?: AdaptivePlaywrightCrawlerOptions, config?: Configuration);
}

/** @crawler */
export class AutoscaledPool {
  constructor(options: AutoscaledPoolOptions, config?: Configuration);
  minConcurrency: number;
  maxConcurrency: number;
  desiredConcurrency: number;
  readonly currentConcurrency: number;
  /** @lifecycle crawl */
  run(): Promise<void>;
  /** @lifecycle teardown */
  abort(): Promise<void>;
  pause(timeoutSecs?: number): Promise<void>;
  resume(): void;
  notify(): Promise<void>;
}
export interface AutoscaledPoolOptions {
  /** @handler task */
  runTaskFunction?: () => any;
  /** @handler task */
  isTaskReadyFunction?: () => any;
  /** @handler task */
  isFinishedFunction?: () => any;
  [key: string]: any;
}
export class BrowserPool<P = any, B = any, C = any, L = any, O = any, R = any> {
  constructor(options?: BrowserPoolOptions);
  /** @slow */
  newPage(options?: any): Promise<any>;
  /** @slow */
  newPageInNewBrowser(options?: any): Promise<any>;
  newPageWithEachPlugin(options?: any): Promise<any>;
  getBrowserControllerByPage(page: any): any;
  getPage(id: string): any;
  getPageId(page: any): any;
  retireBrowserController(controller: any): void;
  retireBrowserByPage(page: any): void;
  retireAllBrowsers(): void;
  closeAllBrowsers(): Promise<void>;
  destroy(): Promise<void>;
  on(event: string, listener: (...args: any[]) => any): this;
}
export interface BrowserPoolOptions<P = any> {
  /** @handler hook */
  preLaunchHooks?: ((pageId: string, launchContext: any) => any)[];
  /** @handler hook */
  postLaunchHooks?: ((pageId: string, browserController: any) => any)[];
  /** @handler hook */
  prePageCreateHooks?: ((pageId: string, browserController: any, pageOptions: any) => any)[];
  /** @handler hook */
  postPageCreateHooks?: ((page: any, browserController: any) => any)[];
  /** @handler hook */
  prePageCloseHooks?: ((page: any, browserController: any) => any)[];
  /** @handler hook */
  postPageCloseHooks?: ((pageId: string, browserController: any) => any)[];
  [key: string]: any;
}

// Routers

export class Router<Context = CrawlingContext, Routes = any> {
  /** @handler router callbacks=0 */
  static create<Context = CrawlingContext, UserData = any>(
    routes?: RouterRoutes<Context>,
  ): RouterHandler<Context, UserData>;
  /** @handler router callback=1 */
  addHandler<UserData = any>(label: string | symbol, handler: (ctx: Context) => any): void;
  /** @handler router callback=0 */
  addDefaultHandler<UserData = any>(handler: (ctx: Context) => any): void;
  /** @handler router callback=0 */
  use(middleware: (ctx: Context) => any): void;
  getHandler(label?: string | symbol): (ctx: Context) => any;
}
export interface RouterHandler<Context = CrawlingContext, Routes = any> extends Router<Context, Routes> {
  (ctx: Context): any;
}
export interface RouterRoutes<Context = CrawlingContext, Routes = any> {
  [label: string | symbol]: (ctx: Context) => any;
}
export const defaultRoute: unique symbol;
/** @handler router callbacks=0 */
export function createBasicRouter<Context = BasicCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createHttpRouter<Context = HttpCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createCheerioRouter<Context = CheerioCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createJSDOMRouter<Context = JSDOMCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createLinkeDOMRouter<Context = LinkeDOMCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createFileRouter<Context = FileDownloadCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createPuppeteerRouter<Context = PuppeteerCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createPlaywrightRouter<Context = PlaywrightCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createAdaptivePlaywrightRouter<Context = AdaptivePlaywrightCrawlerContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;
/** @handler router callbacks=0 */
export function createStagehandRouter<Context = StagehandCrawlingContext, UserData = any>(
  routes?: RouterRoutes<Context>,
): RouterHandler<Context>;

// Slow work, waiting, telling

/** @slow */
export function launchPuppeteer(launchContext?: any, config?: Configuration): Promise<any>;
/** @slow */
export function launchPlaywright(launchContext?: any, config?: Configuration): Promise<any>;
/** @slow */
export function downloadListOfUrls(options: any): Promise<string[]>;
/** @slow */
export function gotScraping(options?: any, extra?: any): Promise<any>;
/**
 * @slow
 * @since 3.16
 */
export function discoverValidSitemaps(urls: string[], options?: any): AsyncIterable<string>;
/** @slow */
export function parseSitemap(sources: any[], proxyUrl?: string, options?: any): AsyncIterable<any>;
export class Sitemap {
  readonly urls: string[];
  /** @slow */
  static load(urls: any, proxyUrl?: string, options?: any): Promise<Sitemap>;
  /** @slow */
  static tryCommonNames(url: string, proxyUrl?: string, options?: any): Promise<Sitemap>;
  static fromXmlString(content: string, proxyUrl?: string): Promise<Sitemap>;
}
export class RobotsTxtFile {
  /** @slow */
  static find(url: string, proxyUrl?: string): Promise<RobotsTxtFile>;
  static from(url: string, content: string, proxyUrl?: string): RobotsTxtFile;
  isAllowed(url: string, userAgent?: string): boolean;
  getSitemaps(): string[];
  /** @slow */
  parseSitemaps(): Promise<Sitemap>;
  /** @slow */
  parseUrlsFromSitemaps(): Promise<string[]>;
}
export { RobotsTxtFile as RobotsFile };
/** @sleep */
export function sleep(millis?: number): Promise<void>;
export class Log {
  constructor(options?: any);
  LEVELS: any;
  getLevel(): number;
  setLevel(level: number): void;
  getOptions(): any;
  setOptions(options: any): void;
  child(options: any): Log;
  /** @log */
  internal(level: number, message: string, data?: any, exception?: any): void;
  /** @log */
  error(message: string, data?: any): void;
  /** @log */
  exception(exception: Error, message: string, data?: any): void;
  /** @log */
  softFail(message: string, data?: any): void;
  /** @log */
  warning(message: string, data?: any): void;
  /** @log */
  info(message: string, data?: any): void;
  /** @log */
  debug(message: string, data?: any): void;
  /** @log */
  perf(message: string, data?: any): void;
  /** @log */
  warningOnce(message: string): void;
  /** @log */
  deprecated(message: string): void;
}
export const log: Log;
export enum LogLevel {
  OFF,
  ERROR,
  SOFT_FAIL,
  WARNING,
  INFO,
  DEBUG,
  PERF,
}
export class Logger {
  constructor(options?: any);
}
export class LoggerJson extends Logger {}
export class LoggerText extends Logger {}

export const utils: {
  log: Log;
  social: any;
  puppeteer: BrowserUtils;
  playwright: BrowserUtils;
  enqueueLinks: typeof enqueueLinks;
  sleep: typeof sleep;
  downloadListOfUrls: typeof downloadListOfUrls;
  parseOpenGraph: any;
};
export const puppeteerUtils: BrowserUtils;
export const playwrightUtils: BrowserUtils;
export interface BrowserUtils {
  /** @slow */
  gotoExtended(page: any, request: Request, gotoOptions?: any): Promise<any>;
  /** @slow */
  infiniteScroll(page: any, options?: any): Promise<void>;
  /** @write key-value-store key=1.key */
  saveSnapshot(page: any, options?: any): Promise<void>;
  /**
   * @write request-queue
   * @slow
   */
  enqueueLinksByClickingElements(options: any): Promise<BatchAddRequestsResult>;
  injectFile(page: any, filePath: string, options?: any): Promise<any>;
  injectJQuery(page: any, options?: any): Promise<any>;
  blockRequests(page: any, options?: any): Promise<void>;
  parseWithCheerio(page: any, ...options: any[]): Promise<any>;
  [key: string]: any;
}

// The rest of the public names

export class ProxyConfiguration {
  constructor(options?: any);
  newUrl(sessionId?: any, options?: any): Promise<any>;
  newProxyInfo(sessionId?: any, options?: any): Promise<any>;
}
export type ProxyConfigurationOptions = any;
export type ProxyInfo = any;
export class NonRetryableError extends Error {}
export class CriticalError extends NonRetryableError {}
export class MissingRouteError extends CriticalError {}
export class RetryRequestError extends Error {
  constructor(message?: string, options?: any);
}
export class SessionError extends RetryRequestError {}
export const social: any;
export const parseOpenGraph: any;
export const htmlToText: any;
export const extractUrls: any;
export const chunk: any;
export type Dictionary<T = any> = Record<PropertyKey, T>;
export type Awaitable<T> = T | PromiseLike<T>;
export type Constructor<T = unknown> = new (...args: any[]) => T;
export type SessionOptions = any;
export type Cookie = any;
export type StorageClient = any;
export type BaseHttpClient = any;
