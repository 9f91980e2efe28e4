import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parseJson } from './actor-files.ts';
import { isObject, type JsonObject } from './json.ts';

/** The names under which Crawlee and the Apify CLI keep the input, the usual one first. */
const INPUT_FILES = ['INPUT.json', 'INPUT', 'INPUT.txt'];

/**
 * Fills the input schema's defaults into INPUT, as the platform does before it starts a run; an Actor at home does not do it
 * itself (apify 3.7.2, `Actor.getInput`). The person's file is only read.
 *
 * @returns what {@link Services.input} is: the completed bytes, as long as the file is what it was at the start
 * @throws {Error} with a sentence when INPUT should be JSON and is not
 */
export async function completedInput(
  storageFolder: string,
  schema: JsonObject | undefined,
): Promise<() => Promise<Uint8Array | undefined>> {
  const folder = join(storageFolder, 'key_value_stores', 'default');
  const atStart = await inputFile(folder);
  const input = atStart?.text === undefined ? {} : parseInput(atStart);
  const defaults = schema === undefined ? {} : defaultsOf(schema);
  const missing = Object.entries(defaults).filter(([name]) => isObject(input) && input[name] === undefined);
  if (!isObject(input) || missing.length === 0) return async () => undefined;
  const completed = Buffer.from(JSON.stringify({ ...input, ...Object.fromEntries(missing) }, undefined, 2));
  // The Actor may write INPUT itself: then it reads what it wrote.
  return async () => ((await inputFile(folder))?.text === atStart?.text ? completed : undefined);
}

interface InputFile {
  readonly path: string;
  readonly text: string;
}

async function inputFile(folder: string): Promise<InputFile | undefined> {
  for (const name of INPUT_FILES) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
        return undefined;
      throw error;
    });
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

function parseInput({ path, text }: InputFile): unknown {
  return path.endsWith('.txt') ? text : parseJson(text, path);
}

function defaultsOf({ properties }: JsonObject): JsonObject {
  if (!isObject(properties)) return {};
  const fields = Object.entries(properties).flatMap(([name, field]) =>
    isObject(field) ? [[name, field['default']]] : [],
  );
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
