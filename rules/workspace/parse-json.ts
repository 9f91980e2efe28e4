import { ts } from 'ts-morph';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface ParsedJson {
  /** What could be read. Where the text is broken: what TypeScript's tolerant parser recovers, or an empty object. */
  readonly value: JsonObject;
  /** A sentence without a full stop that says where it is broken, and how; lines and columns from 1. */
  readonly problem: string | undefined;
}

/**
 * Reads a JSON object as npm does and, where npm would refuse it, as much of it as can be had:
 * a comma too many in package.json must not hide that the package is an Actor.
 */
export function parseJsonObject(file: string, text: string): ParsedJson {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(bare);
    if (isObject(value)) return { value, problem: undefined };
    return { value: {}, problem: 'it holds no JSON object: put its content between { and }' };
  } catch {
    return recover(file, bare);
  }
}

/** An object that is no array; its properties are still to be checked. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property if it is a string that is not empty. */
export function stringAt(value: unknown, name: string): string | undefined {
  const property = isObject(value) ? value[name] : undefined;
  return typeof property === 'string' && property !== '' ? property : undefined;
}

/** The properties of an object that are strings; empty where it is no object. */
export function stringsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The strings in an array; empty where it is no array. */
export function stringList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function recover(file: string, text: string): ParsedJson {
  const parsed: { readonly config?: unknown; readonly error?: ts.Diagnostic } = ts.parseConfigFileTextToJson(
    file,
    text,
  );
  const value = isObject(parsed.config) ? parsed.config : {};
  // What TypeScript lets pass and JSON does not: comments, commas at the end.
  if (!parsed.error)
    return { value, problem: 'it has a comment or a comma at the end of a list, which JSON does not allow' };
  const before = text.slice(0, parsed.error.start ?? 0).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const message = ts.flattenDiagnosticMessageText(parsed.error.messageText, ' ').replace(/\.$/, '');
  return { value, problem: `it is broken at line ${before.length}, column ${column}: ${message}` };
}
