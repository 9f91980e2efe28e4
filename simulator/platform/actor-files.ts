import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isObject, type JsonObject } from './json.ts';

/** What the platform takes from the Actor's own files. */
export interface ActorFiles {
  /** Of `.actor/actor.json`, else the folder's name. */
  readonly name: string;
  readonly memoryMbytes: number;
  readonly timeoutSecs: number;
  /** Of `.actor/actor.json`, without secrets (`@name`), which only the Apify CLI knows. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly inputSchema: JsonObject | undefined;
  /** Name of an event and what it costs; `undefined` where the Actor is not paid per event. */
  readonly chargeEvents: Readonly<Record<string, ChargeEvent>> | undefined;
}

export interface ChargeEvent {
  readonly eventTitle: string;
  readonly eventDescription: string;
  readonly eventPriceUsd: number;
}

/** What a run gets that asks for nothing else (Apify API, `defaultRunOptions` of a new Actor). */
const DEFAULT_MEMORY_MBYTES = 1024;
const DEFAULT_TIMEOUT_SECS = 3600;

/** Where `apify` 3.7.2 looks for the input schema when `actor.json` has no `input` (dist/input-schemas.js). */
const SCHEMA_FILES = ['.actor/INPUT_SCHEMA.json', 'INPUT_SCHEMA.json', '.actor/input_schema.json', 'input_schema.json'];

/** @throws {Error} with a sentence when one of the files cannot be read or is no JSON */
export async function readActorFiles(actorFolder: string): Promise<ActorFiles> {
  const actor = (await readJsonObject(actorFolder, '.actor/actor.json')) ?? {};
  const runOptions = isObject(actor['defaultRunOptions']) ? actor['defaultRunOptions'] : {};
  return {
    name: typeof actor['name'] === 'string' ? actor['name'] : 'actor',
    memoryMbytes: memoryOf(actor) ?? positive(runOptions['memoryMbytes']) ?? DEFAULT_MEMORY_MBYTES,
    timeoutSecs: positive(runOptions['timeoutSecs']) ?? DEFAULT_TIMEOUT_SECS,
    environmentVariables: variablesOf(actor['environmentVariables']),
    inputSchema: await inputSchemaOf(actorFolder, actor['input']),
    chargeEvents: await chargeEventsOf(actorFolder),
  };
}

/** `defaultMemoryMbytes` may be an expression over the input, which only the platform computes: then the least is taken. */
function memoryOf(actor: JsonObject): number | undefined {
  const least = positive(actor['minMemoryMbytes']);
  const most = positive(actor['maxMemoryMbytes']) ?? Infinity;
  const wanted = positive(actor['defaultMemoryMbytes']);
  if (wanted !== undefined) return wanted;
  if (least === undefined && most === Infinity) return undefined;
  return Math.min(most, Math.max(least ?? 0, DEFAULT_MEMORY_MBYTES));
}

function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? number : undefined;
}

function variablesOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).filter(([, text]) => ['string', 'number', 'boolean'].includes(typeof text));
  return Object.fromEntries(
    entries.map(([name, text]) => [name, String(text)]).filter(([, text]) => !text?.startsWith('@')),
  );
}

async function inputSchemaOf(actorFolder: string, input: unknown): Promise<JsonObject | undefined> {
  if (isObject(input)) return input;
  if (typeof input === 'string') return readJsonObject(actorFolder, join('.actor', input));
  for (const file of SCHEMA_FILES) {
    const schema = await readJsonObject(actorFolder, file);
    if (schema !== undefined) return schema;
  }
  return undefined;
}

/** `{ "<event>": {…} }`, or a list of such objects, as Apify's templates and pages have it. */
async function chargeEventsOf(actorFolder: string): Promise<Readonly<Record<string, ChargeEvent>> | undefined> {
  const file = '.actor/pay_per_event.json';
  const content = await readJson(actorFolder, file);
  if (content === undefined) return undefined;
  const parts = Array.isArray(content) ? content : [content];
  const events = parts.flatMap((part: unknown) => (isObject(part) ? Object.entries(part) : []));
  if (parts.some((part) => !isObject(part)) || events.some(([, event]) => !isObject(event))) {
    throw new Error(`${join(actorFolder, file)} must be an object: the name of each event, and its title and price.`);
  }
  return Object.fromEntries(events.map(([name, event]) => [name, chargeEvent(name, isObject(event) ? event : {})]));
}

function chargeEvent(name: string, { eventTitle, eventDescription, eventPriceUsd }: JsonObject): ChargeEvent {
  return {
    eventTitle: typeof eventTitle === 'string' ? eventTitle : name,
    eventDescription: typeof eventDescription === 'string' ? eventDescription : '',
    eventPriceUsd: typeof eventPriceUsd === 'number' ? eventPriceUsd : 0,
  };
}

async function readJsonObject(actorFolder: string, file: string): Promise<JsonObject | undefined> {
  const content = await readJson(actorFolder, file);
  if (content === undefined || isObject(content)) return content;
  throw new Error(`${join(actorFolder, file)} must hold a JSON object. Correct the file, then start again.`);
}

/** `undefined` where there is no such file. */
async function readJson(actorFolder: string, file: string): Promise<unknown> {
  const path = join(actorFolder, file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return parseJson(text, path);
}

/**
 * @param path named in the sentence
 * @throws {Error} with a sentence when it is no JSON
 */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is no valid JSON: ${why}. Correct the file, then start again.`, { cause: error });
  }
}
