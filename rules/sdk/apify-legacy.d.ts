/* oxlint-disable -- A table, not code: what does not matter to a migration is `any`, and the shapes are the SDK's own. */

/*
 * What the SDK (`apify`) offers in 0.x, 1.x and 2.x, as far as it matters to what survives a migration. The tags: see
 * `crawlee-3.d.ts`; `@since` and `@until` name the generation.
 * One namespace with `export =` serves each form: `require('apify')`, the default import, `import * as Apify`, names.
 */

import type { ActorRun, ApifyClient } from 'apify-client';

declare namespace Sdk {
  export { Sdk as default };

  // Life cycle
  /**
   * Ends the process once the function is done; its promise is not handed out.
   * @lifecycle main callback=0
   */
  export function main(userFunc: () => any): void;
  /** @lifecycle metamorph */
  export function metamorph(targetActorId: string, input?: any, options?: any): Promise<void>;

  // Events
  export const events: EventEmitter;
  export function initializeEvents(config?: Configuration): void;
  export function stopEvents(): void;
  export interface EventEmitter {
    /** @subscribe event=0 listener=1 */
    on(event: LegacyEventName, listener: (...args: any[]) => any): this;
    /** @subscribe event=0 listener=1 */
    once(event: LegacyEventName, listener: (...args: any[]) => any): this;
    /** @subscribe event=0 listener=1 */
    addListener(event: LegacyEventName, listener: (...args: any[]) => any): this;
    /** @subscribe event=0 listener=1 */
    prependListener(event: LegacyEventName, listener: (...args: any[]) => any): this;
    /** @subscribe event=0 listener=1 */
    prependOnceListener(event: LegacyEventName, listener: (...args: any[]) => any): this;
    /** @unsubscribe event=0 listener=1 */
    off(event: LegacyEventName, listener: (...args: any[]) => any): this;
    /** @unsubscribe event=0 listener=1 */
    removeListener(event: LegacyEventName, listener: (...args: any[]) => any): this;
    /** @unsubscribe event=0 */
    removeAllListeners(event?: LegacyEventName): this;
    emit(event: string, ...args: any[]): boolean;
    listenerCount(event: string): number;
    listeners(event: string): any[];
  }
  export type LegacyEventName = 'cpuInfo' | 'persistState' | 'migrating' | 'aborting' | (string & {});

  // Storages
  /** @write key-value-store key=0 value=1 */
  export function setValue(key: string, value: any, options?: any): Promise<void>;
  /** @read key-value-store key=0 */
  export function getValue(key: string): Promise<any>;
  /** @read input */
  export function getInput(): Promise<any>;
  /** @write dataset value=0 */
  export function pushData(item: any): Promise<void>;
  /** @open key-value-store name=0 */
  export function openKeyValueStore(storeIdOrName?: string | null, options?: any): Promise<KeyValueStore>;
  /** @open dataset name=0 */
  export function openDataset(datasetIdOrName?: string | null, options?: any): Promise<Dataset>;
  /** @open request-queue name=0 */
  export function openRequestQueue(queueIdOrName?: string | null, options?: any): Promise<RequestQueue>;
  /** @open request-list name=0 */
  export function openRequestList(
    listName: string | null,
    sources: Source[],
    options?: RequestListOptions,
  ): Promise<RequestList>;
  /** @open session-pool */
  export function openSessionPool(options?: SessionPoolOptions): Promise<SessionPool>;

  export class KeyValueStore {
    readonly id: string;
    readonly name?: string;
    /** @write key-value-store key=0 value=1 */
    setValue(key: string, value: any, options?: any): Promise<void>;
    /** @write key-value-store */
    drop(): Promise<void>;
    /** @read key-value-store key=0 */
    getValue(key: string): Promise<any>;
    /**
     * @read key-value-store
     * @iterates callback=0
     */
    forEachKey(iteratee: (key: string, index: number, info: any) => any, options?: any): Promise<void>;
    getPublicUrl(key: string): string;
  }
  export class Dataset {
    readonly id: string;
    readonly name?: string;
    /** @write dataset value=0 */
    pushData(data: any): Promise<void>;
    /** @write dataset */
    drop(): Promise<void>;
    /** @read dataset */
    getData(options?: any): Promise<any>;
    /** @read dataset */
    getInfo(): Promise<any>;
    /**
     * @read dataset
     * @iterates callback=0
     */
    forEach(iteratee: (item: any, index: number) => any, options?: any, index?: number): Promise<void>;
    /**
     * @read dataset
     * @iterates callback=0
     */
    map(iteratee: (item: any, index: number) => any, options?: any): Promise<any[]>;
    /**
     * @read dataset
     * @iterates callback=0
     */
    reduce(iteratee: (memo: any, item: any, index: number) => any, memo?: any, options?: any): Promise<any>;
  }
  /** @owner request-queue */
  export class RequestQueue {
    readonly id: string;
    readonly name?: string;
    /** @write request-queue value=0 */
    addRequest(request: Source, options?: any): Promise<any>;
    /** @write request-queue value=0 */
    markRequestHandled(request: Request): Promise<any>;
    /** @write request-queue value=0 */
    reclaimRequest(request: Request, options?: any): Promise<any>;
    /** @write request-queue */
    drop(): Promise<void>;
    /** @read request-queue */
    getRequest(id: string): Promise<Request | null>;
    /** @read request-queue */
    fetchNextRequest(): Promise<Request | null>;
    /** @read request-queue */
    isEmpty(): Promise<boolean>;
    /** @read request-queue */
    isFinished(): Promise<boolean>;
    /** @read request-queue */
    handledCount(): Promise<number>;
    /** @read request-queue */
    getInfo(): Promise<any>;
  }
  export class RequestList {
    constructor(options: RequestListOptions);
    /** @open request-list */
    initialize(): Promise<void>;
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
    getState(): any;
    length(): number;
  }
  export interface RequestListOptions {
    sources?: Source[];
    sourcesFunction?: () => Promise<Source[]>;
    /** @owner request-list */
    persistStateKey?: string;
    /** @owner request-list */
    persistRequestsKey?: string;
    [key: string]: any;
  }
  /** @owner session-pool */
  export class SessionPool {
    constructor(options?: SessionPoolOptions);
    /** @open session-pool */
    initialize(): Promise<void>;
    getSession(sessionId?: string): Promise<Session>;
    addSession(options?: any): Promise<void>;
    getState(): any;
    /** @write key-value-store */
    persistState(): Promise<void>;
    teardown(): Promise<void>;
  }
  export interface SessionPoolOptions {
    /** @owner session-pool */
    persistStateKey?: string;
    persistStateKeyValueStoreId?: string;
    createSessionFunction?: (sessionPool: SessionPool) => any;
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
    retireOnBlockedStatusCodes(statusCode: number, blockedStatusCodes?: number[]): boolean;
    getCookieString(url: string): string;
    setCookiesFromResponse(response: any): void;
    setPuppeteerCookies(cookies: any[], url: string): void;
    getPuppeteerCookies(url: string): any[];
  }
  /** @owner statistics */
  export interface Statistics {
    state: any;
    /** @write key-value-store */
    persistState(): Promise<void>;
    [key: string]: any;
  }
  export class Request {
    constructor(options: any);
    id: string;
    url: string;
    loadedUrl: string;
    uniqueKey: string;
    method: any;
    payload: any;
    noRetry: boolean;
    retryCount: number;
    errorMessages: string[];
    headers: any;
    /** @owner request */
    userData: any;
    handledAt: any;
    pushErrorMessage(error: any, options?: any): void;
  }
  export type Source = string | Request | { url?: string; requestsFromUrl?: string; [key: string]: any };
  export type RequestOptions = any;

  // Crawlers
  export interface CrawlingContext<Crawler = any> {
    id: string;
    request: Request;
    session: Session;
    proxyInfo: any;
    crawler: Crawler;
    response: any;
    /** @until 1 */
    autoscaledPool: AutoscaledPool;
    [key: string]: any;
  }
  export interface CheerioHandlePageInputs extends CrawlingContext<CheerioCrawler> {
    $: any;
    body: any;
    json: any;
    contentType: any;
  }
  export interface BrowserCrawlingContext<Crawler = any> extends CrawlingContext<Crawler> {
    page: any;
    /** @since 1 */
    browserController: any;
    /** @until 1 */
    puppeteerPool: any;
  }
  export type HandleRequest = (inputs: CrawlingContext<BasicCrawler>) => any;
  export type HandleRequestInputs = CrawlingContext<BasicCrawler>;
  export type HandleFailedRequest = (inputs: CrawlingContext & { error: Error }) => any;
  export type HandleFailedRequestInput = CrawlingContext & { error: Error };
  export type CheerioHandlePage = (inputs: CheerioHandlePageInputs) => any;
  export type PuppeteerHandlePage = (context: BrowserCrawlingContext<PuppeteerCrawler>) => any;
  export type PuppeteerHandlePageInputs = BrowserCrawlingContext<PuppeteerCrawler>;
  export type PuppeteerHandlePageFunctionParam = BrowserCrawlingContext<PuppeteerCrawler>;
  export type PlaywrightHandlePageFunction = (context: BrowserCrawlingContext<PlaywrightCrawler>) => any;
  export type PlaywrightHandlePageFunctionParam = BrowserCrawlingContext<PlaywrightCrawler>;
  export type BrowserHandlePageFunction = (context: BrowserCrawlingContext) => any;

  export interface BasicCrawlerOptions {
    /** @handler request */
    handleRequestFunction?: HandleRequest;
    /** @handler request */
    handleFailedRequestFunction?: HandleFailedRequest;
    requestList?: RequestList;
    requestQueue?: RequestQueue;
    autoscaledPoolOptions?: AutoscaledPoolOptions;
    sessionPoolOptions?: SessionPoolOptions;
    useSessionPool?: boolean;
    maxRequestsPerCrawl?: number;
    maxRequestRetries?: number;
    maxConcurrency?: number;
    [key: string]: any;
  }
  export interface CheerioCrawlerOptions extends BasicCrawlerOptions {
    /** @handler request */
    handlePageFunction?: CheerioHandlePage;
    /** @handler hook */
    prepareRequestFunction?: (inputs: CrawlingContext<CheerioCrawler>) => any;
    /** @handler hook */
    postResponseFunction?: (inputs: CrawlingContext<CheerioCrawler>) => any;
    /**
     * @handler hook
     * @since 2
     */
    preNavigationHooks?: ((context: CheerioHandlePageInputs, options: any) => any)[];
    /**
     * @handler hook
     * @since 2
     */
    postNavigationHooks?: ((context: CheerioHandlePageInputs, options: any) => any)[];
  }
  export interface BrowserCrawlerOptions<Crawler = any> extends BasicCrawlerOptions {
    /** @handler request */
    handlePageFunction?: (context: BrowserCrawlingContext<Crawler>) => any;
    /** @handler hook */
    gotoFunction?: (context: BrowserCrawlingContext<Crawler>, gotoOptions: any) => any;
    /**
     * @handler hook
     * @since 1
     */
    preNavigationHooks?: ((context: BrowserCrawlingContext<Crawler>, gotoOptions: any) => any)[];
    /**
     * @handler hook
     * @since 1
     */
    postNavigationHooks?: ((context: BrowserCrawlingContext<Crawler>, gotoOptions: any) => any)[];
    /** @since 1 */
    browserPoolOptions?: BrowserPoolOptions;
    /** @since 1 */
    launchContext?: any;
    /**
     * @handler hook
     * @until 1
     */
    launchPuppeteerFunction?: (options: any) => any;
    /** @until 1 */
    puppeteerPoolOptions?: any;
  }
  export interface PuppeteerCrawlerOptions extends BrowserCrawlerOptions<PuppeteerCrawler> {}
  export interface PlaywrightCrawlerOptions extends BrowserCrawlerOptions<PlaywrightCrawler> {}
  export interface BrowserPoolOptions {
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

  /** @crawler */
  export class BasicCrawler {
    constructor(options: BasicCrawlerOptions);
    readonly stats: Statistics;
    requestList?: RequestList;
    requestQueue?: RequestQueue;
    sessionPool?: SessionPool;
    autoscaledPool?: AutoscaledPool;
    handledRequestsCount: number;
    log: Log;
    /** @lifecycle crawl */
    run(): Promise<void>;
    /**
     * @lifecycle teardown
     * @since 1
     */
    teardown(): Promise<void>;
  }
  /** @crawler */
  export class CheerioCrawler extends BasicCrawler {
    constructor(options: CheerioCrawlerOptions);
    use(extension: any): void;
  }
  /**
   * @crawler
   * @since 1
   */
  export class BrowserCrawler extends BasicCrawler {
    constructor(options: BrowserCrawlerOptions);
    browserPool: any;
  }
  /** @crawler */
  export class PuppeteerCrawler extends BrowserCrawler {
    constructor(options: PuppeteerCrawlerOptions);
    /** @until 1 */
    puppeteerPool: any;
  }
  /**
   * @crawler
   * @since 1
   */
  export class PlaywrightCrawler extends BrowserCrawler {
    constructor(options: PlaywrightCrawlerOptions);
  }
  /** @crawler */
  export class AutoscaledPool {
    constructor(options: AutoscaledPoolOptions);
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

  // Other runs
  /**
   * @write run
   * @slow
   */
  export function call(actId: string, input?: any, options?: any): Promise<ActorRun>;
  /**
   * @write run
   * @slow
   */
  export function callTask(taskId: string, input?: any, options?: any): Promise<ActorRun>;
  /** @write run */
  export function addWebhook(options: any): Promise<any>;
  export function newClient(options?: any): ApifyClient;

  // Browsers, requests, waiting, telling
  /** @slow */
  export function launchPuppeteer(launchContext?: any): Promise<any>;
  /**
   * @slow
   * @since 1
   */
  export function launchPlaywright(launchContext?: any): Promise<any>;
  export const utils: Utils;
  export interface Utils {
    log: Log;
    puppeteer: BrowserUtils;
    /** @since 1 */
    playwright: BrowserUtils;
    social: any;
    /**
     * @write request-queue
     * @slow
     */
    enqueueLinks(options: any): Promise<any[]>;
    /** @slow */
    requestAsBrowser(options: any): Promise<any>;
    /** @slow */
    downloadListOfUrls(options: any): Promise<string[]>;
    /** @slow */
    waitForRunToFinish(options: any): Promise<ActorRun>;
    /** @sleep */
    sleep(millis: number): Promise<void>;
    /** @since 2 */
    purgeLocalStorage(folder?: string): Promise<void>;
    extractUrls(options: any): string[];
    htmlToText(html: any): string;
    isDocker(forceReset?: boolean): Promise<boolean>;
    createRequestDebugInfo(request: any, response?: any, additionalFields?: any): any;
    [key: string]: any;
  }
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
    enqueueLinksByClickingElements(options: any): Promise<any[]>;
    injectFile(page: any, filePath: string, options?: any): Promise<any>;
    injectJQuery(page: any): Promise<any>;
    blockRequests(page: any, options?: any): Promise<void>;
    [key: string]: any;
  }
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
    deprecated(message: string): void;
  }

  /**
   * An Actor with a configuration of its own.
   * @since 1
   */
  export class Apify {
    constructor(options?: any);
    readonly config: Configuration;
    readonly utils: Utils;
    /** @lifecycle main callback=0 */
    main(userFunc: () => any): Promise<any>;
    /** @lifecycle metamorph */
    metamorph(targetActorId: string, input?: any, options?: any): Promise<void>;
    /** @write key-value-store key=0 value=1 */
    setValue(key: string, value: any, options?: any): Promise<void>;
    /** @read key-value-store key=0 */
    getValue(key: string): Promise<any>;
    /** @read input */
    getInput(): Promise<any>;
    /** @write dataset value=0 */
    pushData(item: any): Promise<void>;
    /** @open key-value-store name=0 */
    openKeyValueStore(storeIdOrName?: string | null, options?: any): Promise<KeyValueStore>;
    /** @open dataset name=0 */
    openDataset(datasetIdOrName?: string | null, options?: any): Promise<Dataset>;
    /** @open request-queue name=0 */
    openRequestQueue(queueIdOrName?: string | null, options?: any): Promise<RequestQueue>;
    /** @open request-list name=0 */
    openRequestList(listName: string | null, sources: Source[], options?: RequestListOptions): Promise<RequestList>;
    /** @open session-pool */
    openSessionPool(options?: SessionPoolOptions): Promise<SessionPool>;
    /**
     * @write run
     * @slow
     */
    call(actId: string, input?: any, options?: any): Promise<ActorRun>;
    /**
     * @write run
     * @slow
     */
    callTask(taskId: string, input?: any, options?: any): Promise<ActorRun>;
    /** @write run */
    addWebhook(options: any): Promise<any>;
    newClient(options?: any): ApifyClient;
    createProxyConfiguration(options?: any): Promise<ProxyConfiguration | undefined>;
    getEnv(): any;
    isAtHome(): boolean;
  }

  // The rest of the public names
  export function createProxyConfiguration(options?: any): Promise<ProxyConfiguration | undefined>;
  export function getEnv(): any;
  export function isAtHome(): boolean;
  export function getMemoryInfo(): Promise<any>;
  /** @since 1 */
  export class Configuration {
    constructor(options?: any);
    static getGlobalConfig(): Configuration;
    get(key: string, defaultValue?: any): any;
    set(key: string, value?: any): void;
  }
  export class ProxyConfiguration {
    newUrl(sessionId?: any): any;
    newProxyInfo(sessionId?: any): any;
  }
  export class PseudoUrl {
    constructor(purl: any, requestTemplate?: any);
    matches(url: string): boolean;
    createRequest(urlOrProps: any): Request;
  }
  /** @until 1 */
  export class PuppeteerPool {
    constructor(options?: any);
    newPage(): Promise<any>;
    recyclePage(page: any): Promise<any>;
    retire(browser: any): Promise<any>;
    destroy(): Promise<any>;
  }
  /** @until 2 */
  export class LiveViewServer {
    constructor(options?: any);
  }
}

export = Sdk;
