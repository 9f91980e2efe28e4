import type { PlatformEnvironment } from './protocol.ts';
import { RUN_FOLDER_VARIABLE } from '../preload/process-file.ts';
import type { ActorFiles } from './actor-files.ts';
import type { RunIds } from './run-resource.ts';

export interface Surroundings {
  readonly ids: RunIds;
  readonly files: ActorFiles;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly runFolder: string;
  /** Without `/v2`. */
  readonly apiUrl: string;
  readonly eventsUrl: string;
  readonly token: string;
  readonly proxy: {
    readonly hostname: string;
    readonly port: number;
    readonly password: string;
    readonly statusUrl: string;
  };
  /** For the Actor's own web server, and for Standby. */
  readonly webServerPort: number;
}

/**
 * Variables that must not reach the processes: they contradict what the platform says (for each setting, Crawlee and the SDK
 * take the first name that is set, `CRAWLEE_` before `APIFY_` before `ACTOR_`), or keep `Actor.init()` from starting at home
 * (apify 3.7.2, dist/configuration.js and dist/charging.js).
 */
export const TAKEN_OUT: readonly string[] = [
  'ACTOR_TEST_PAY_PER_EVENT',
  'ACTOR_USE_CHARGING_LOG_DATASET',
  'APIFY_ACTOR_PRICING_INFO',
  'APIFY_CHARGED_ACTOR_EVENT_COUNTS',
  'ACTOR_STORAGES_JSON',
  'APIFY_LOCAL_STORAGE_DIR',
  'CRAWLEE_STORAGE_DIR',
  'CRAWLEE_PERSIST_STORAGE',
  'CRAWLEE_PURGE_ON_START',
  'APIFY_PURGE_ON_START',
  'CRAWLEE_DEFAULT_DATASET_ID',
  'CRAWLEE_DEFAULT_KEY_VALUE_STORE_ID',
  'CRAWLEE_DEFAULT_REQUEST_QUEUE_ID',
  'CRAWLEE_INPUT_KEY',
  'CRAWLEE_MEMORY_MBYTES',
  'CRAWLEE_AVAILABLE_MEMORY_RATIO',
  'APIFY_AVAILABLE_MEMORY_RATIO',
  'ACTOR_TASK_ID',
  'APIFY_ACTOR_TASK_ID',
  'ACTOR_STANDBY_URL',
  'APIFY_ACT_ID',
  'APIFY_ACT_RUN_ID',
  'APIFY_WORKFLOW_KEY',
];

/** What an Actor at home finds in its environment: each value under the name of today and under the older one. */
export function environmentOf(surroundings: Surroundings): PlatformEnvironment {
  const { ids, files, startedAt, runFolder, apiUrl, eventsUrl, token, proxy, webServerPort } = surroundings;
  const timeoutAt = startedAt + files.timeoutSecs * 1000;
  const webServerUrl = `http://127.0.0.1:${webServerPort}`;
  return {
    ...files.environmentVariables,
    [RUN_FOLDER_VARIABLE]: runFolder,
    APIFY_IS_AT_HOME: '1',
    APIFY_API_BASE_URL: apiUrl,
    APIFY_API_PUBLIC_BASE_URL: apiUrl,
    APIFY_TOKEN: token,
    APIFY_USER_ID: ids.userId,
    APIFY_USER_IS_PAYING: '1',
    APIFY_META_ORIGIN: 'CLI',
    APIFY_HEADLESS: '1',
    APIFY_DISABLE_OUTDATED_WARNING: '1',
    APIFY_DEDICATED_CPUS: String(files.memoryMbytes / 4096),
    APIFY_PROXY_HOSTNAME: proxy.hostname,
    APIFY_PROXY_PORT: String(proxy.port),
    APIFY_PROXY_PASSWORD: proxy.password,
    APIFY_PROXY_STATUS_URL: proxy.statusUrl,
    ACTOR_FULL_NAME: `${ids.username}/${files.name}`,
    ACTOR_BUILD_TAGS: 'latest',
    ACTOR_PERMISSION_LEVEL: 'FULL_PERMISSIONS',
    ACTOR_STANDBY_PORT: String(webServerPort),
    ...inBothSpellings('ACTOR_ID', 'APIFY_ACTOR_ID', ids.actorId),
    ...inBothSpellings('ACTOR_RUN_ID', 'APIFY_ACTOR_RUN_ID', ids.runId),
    ...inBothSpellings('ACTOR_BUILD_ID', 'APIFY_ACTOR_BUILD_ID', ids.buildId),
    ...inBothSpellings('ACTOR_BUILD_NUMBER', 'APIFY_ACTOR_BUILD_NUMBER', ids.buildNumber),
    ...inBothSpellings(
      'ACTOR_DEFAULT_KEY_VALUE_STORE_ID',
      'APIFY_DEFAULT_KEY_VALUE_STORE_ID',
      ids.defaultKeyValueStoreId,
    ),
    ...inBothSpellings('ACTOR_DEFAULT_DATASET_ID', 'APIFY_DEFAULT_DATASET_ID', ids.defaultDatasetId),
    ...inBothSpellings('ACTOR_DEFAULT_REQUEST_QUEUE_ID', 'APIFY_DEFAULT_REQUEST_QUEUE_ID', ids.defaultRequestQueueId),
    ...inBothSpellings('ACTOR_EVENTS_WEBSOCKET_URL', 'APIFY_ACTOR_EVENTS_WS_URL', eventsUrl),
    ...inBothSpellings('ACTOR_INPUT_KEY', 'APIFY_INPUT_KEY', 'INPUT'),
    ...inBothSpellings('ACTOR_MEMORY_MBYTES', 'APIFY_MEMORY_MBYTES', String(files.memoryMbytes)),
    ...inBothSpellings('ACTOR_STARTED_AT', 'APIFY_STARTED_AT', new Date(startedAt).toISOString()),
    ...inBothSpellings('ACTOR_TIMEOUT_AT', 'APIFY_TIMEOUT_AT', new Date(timeoutAt).toISOString()),
    ...inBothSpellings('ACTOR_WEB_SERVER_PORT', 'APIFY_CONTAINER_PORT', String(webServerPort)),
    ...inBothSpellings('ACTOR_WEB_SERVER_URL', 'APIFY_CONTAINER_URL', webServerUrl),
  };
}

function inBothSpellings(name: string, older: string, value: string): PlatformEnvironment {
  return { [name]: value, [older]: value };
}
