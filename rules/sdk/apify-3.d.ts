/* oxlint-disable -- A table, not code: what does not matter to a migration is `any`, and the shapes are the SDK's own. */

/* What the SDK (`apify`) 3 offers beside Crawlee, as far as it matters to what survives a migration. The tags: see `crawlee-3.d.ts`. */

import type { ActorRun, ApifyClient, ApifyClientOptions } from 'apify-client';
import type {
  ConfigurationOptions,
  Dataset,
  EventTypeName,
  RecordOptions,
  RequestQueue,
  UseStateOptions,
} from 'crawlee';
import {
  Configuration as CrawleeConfiguration,
  EventManager,
  KeyValueStore as CrawleeKeyValueStore,
  ProxyConfiguration as CrawleeProxyConfiguration,
} from 'crawlee';

export { ApifyClient } from 'apify-client';
export type { ActorRun, ApifyClientOptions } from 'apify-client';
export { Dataset, Log, Logger, LoggerJson, LoggerText, LogLevel, RequestQueue, log } from 'crawlee';
export type {
  ConfigurationOptions,
  DatasetConsumer,
  DatasetContent,
  DatasetDataOptions,
  DatasetMapper,
  DatasetReducer,
  KeyConsumer,
  QueueOperationInfo,
  RecordOptions,
  RequestQueueOperationOptions,
} from 'crawlee';

/** What both the class `Actor` itself and its instances offer. */
export interface ActorMembers {
  readonly config: Configuration;
  readonly apifyClient: ApifyClient;

  // Life cycle
  /**
   * @lifecycle init
   * @storage client=0.storage
   */
  init(options?: InitOptions): Promise<void>;
  /**
   * @lifecycle main callback=0
   * @storage client=1.storage
   */
  main<T = any>(userFunc: () => T | Promise<T>, options?: MainOptions): Promise<T>;
  /** @lifecycle exit */
  exit(messageOrOptions?: string | ExitOptions, options?: ExitOptions): Promise<void>;
  /** @lifecycle fail */
  fail(messageOrOptions?: string | ExitOptions, options?: ExitOptions): Promise<void>;
  /** @lifecycle reboot */
  reboot(options?: any): Promise<void>;
  /** @lifecycle metamorph */
  metamorph(targetActorId: string, input?: any, options?: any): Promise<void>;
  /**
   * Ends another run, not this one.
   * @lifecycle abort
   */
  abort(runId: string, options?: any): Promise<ActorRun>;

  // Events
  /** @subscribe event=0 listener=1 */
  on(event: EventTypeName, listener: (...args: any[]) => any): void;
  /** @unsubscribe event=0 listener=1 */
  off(event: EventTypeName, listener?: (...args: any[]) => any): void;

  // State and storages
  /**
   * @state key=0 value=1 store=2.keyValueStoreName
   * @key APIFY_GLOBAL_STATE
   */
  useState<State = any>(name?: string, defaultValue?: State, options?: UseStateOptions): Promise<State>;
  /** @write key-value-store key=0 value=1 */
  setValue(key: string, value: any, options?: RecordOptions): Promise<void>;
  /** @read key-value-store key=0 */
  getValue<T = any>(key: string): Promise<T | null>;
  /** @read input */
  getInput<T = any>(): Promise<T | null>;
  /** @read input */
  getInputOrThrow<T = any>(): Promise<T>;
  /**
   * @write dataset value=0
   * @charges event=1
   */
  pushData<Data = any>(item: Data | Data[], eventName?: string): Promise<ChargeResult>;
  /** @open key-value-store name=0 */
  openKeyValueStore(storeIdOrName?: any, options?: any): Promise<KeyValueStore>;
  /** @open dataset name=0 */
  openDataset<Data = any>(datasetIdOrName?: any, options?: any): Promise<Dataset<Data>>;
  /** @open request-queue name=0 */
  openRequestQueue(queueIdOrName?: any, options?: any): Promise<RequestQueue>;

  // Money
  /** @write charge value=0 */
  charge(options: ChargeOptions): Promise<ChargeResult>;
  getChargingManager(): ChargingManager;

  // Other runs, the run's own record
  /**
   * @write run
   * @slow
   */
  call(actorId: string, input?: any, options?: any): Promise<ActorRun>;
  /**
   * @write run
   * @slow
   */
  callTask(taskId: string, input?: any, options?: any): Promise<ActorRun>;
  /** @write run */
  start(actorId: string, input?: any, options?: any): Promise<ActorRun>;
  /** @write run */
  addWebhook(options: any): Promise<any>;
  /** @write run */
  setStatusMessage(statusMessage: string, options?: any): Promise<ActorRun>;
  newClient(options?: ApifyClientOptions): ApifyClient;
  createProxyConfiguration(options?: any): Promise<ProxyConfiguration | undefined>;
  getEnv(): any;
  isAtHome(): boolean;
}
export interface Actor<Data = any> extends ActorMembers {
  /** The SDK's own, used all the same. */
  readonly eventManager: EventManager;
}
export const Actor: ActorMembers & {
  new <Data = any>(options?: ConfigurationOptions): Actor<Data>;
  getDefaultInstance(): Actor;
};
export interface InitOptions {
  storage?: any;
  /** @since 3.7.0 */
  gracefulShutdown?: boolean;
  /** @since 3.7.0 */
  gracefulShutdownDelayMillis?: number;
  [key: string]: any;
}
export interface ExitOptions {
  statusMessage?: string;
  timeoutSecs?: number;
  exitCode?: number;
  exit?: boolean;
  [key: string]: any;
}
export interface MainOptions extends InitOptions, ExitOptions {}
export const EXIT_CODES: { SUCCESS: number; ERROR_USER_FUNCTION_THREW: number; ERROR_UNKNOWN: number };

export class Configuration extends CrawleeConfiguration {
  static getGlobalConfig(): Configuration;
}
export class KeyValueStore extends CrawleeKeyValueStore {
  /** @open key-value-store name=0 */
  static open(storeIdOrName?: any, options?: any): Promise<KeyValueStore>;
}
export class ProxyConfiguration extends CrawleeProxyConfiguration {
  initialize(options?: any): Promise<boolean>;
}
export class PlatformEventManager extends EventManager {}

export class ChargingManager {
  /** @write charge value=0 */
  charge(options: ChargeOptions): Promise<ChargeResult>;
  getChargedEventCount(eventName: string): number;
  getMaxTotalChargeUsd(): number;
  getPricingInfo(): any;
  calculateMaxEventChargeCountWithinLimit(eventName: string): number;
}
export interface ChargeOptions {
  eventName: string;
  count?: number;
  [key: string]: any;
}
export interface ChargeResult {
  eventChargeLimitReached: boolean;
  chargedCount: number;
  chargeableWithinLimit: Record<string, number>;
  [key: string]: any;
}

export type ProxyConfigurationOptions = any;
export type ApifyEnv = any;
export type UserFunc<T = any> = () => T | Promise<T>;
export type CallOptions = any;
export type StartOptions = any;
export type CallTaskOptions = any;
export type AbortOptions = any;
export type MetamorphOptions = any;
export type RebootOptions = any;
export type WebhookOptions = any;
export type OpenStorageOptions = any;
