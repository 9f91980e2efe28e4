/**
 * What an example on a rule's page shows when it is run for real, as its fence says it:
 *
 *     ```js bad apify-3 main.js migrate at=key:GO verdict=restarted-from-zero items=7
 *
 * `run` starts it and leaves it to its end, `migrate` migrates it once. Then come the run's options (`at`, `grace` in
 * seconds, `latency` in milliseconds) and what is seen of it, each a word without a space.
 */
export interface ExampleRun {
  /** When to migrate, as the command line's `--at` says it; `undefined`: not at all. */
  readonly at: string | undefined;
  readonly graceMs: number;
  readonly latencyMs: number;
  readonly seen: readonly Sight[];
}

/** One thing that is seen of a run, or with `!=` in the place of `=` one that is not. */
export type Sight = SeenThing & { readonly not?: true };

export type SeenThing =
  | { readonly what: 'verdict'; readonly word: string }
  /** The exit code of the last process. */
  | { readonly what: 'exit'; readonly code: number }
  /** How many items the default dataset holds at the end. */
  | { readonly what: 'items'; readonly count: number }
  /** How many events were charged. */
  | { readonly what: 'charges'; readonly count: number }
  /** A record at the end, of the default store unless another one is named; `undefined`: there is none. */
  | { readonly what: 'record'; readonly store: string; readonly key: string; readonly json: string | undefined }
  /** A file of the local disk that the report names, since a migration does not keep it. */
  | { readonly what: 'disk'; readonly path: string }
  /** A word that the Actor, or its SDK, printed. */
  | { readonly what: 'log'; readonly word: string };

const OPTIONS = { at: 'write:3', grace: '5', latency: '100' };

/** The run that the words of a fence ask for; `undefined` where they ask for none. */
export function exampleRunOf(words: readonly string[]): ExampleRun | undefined {
  const isMigrated = words.includes('migrate');
  if (!isMigrated && !words.includes('run')) return undefined;
  const options = { ...OPTIONS };
  const seen: Sight[] = [];
  for (const word of words) {
    const option = /^(at|grace|latency)=(.+)$/u.exec(word);
    const [, name, value = ''] = option ?? [];
    if (name === 'at' || name === 'grace' || name === 'latency') options[name] = value;
    else {
      const sight = sightOf(word);
      if (sight !== undefined) seen.push(sight);
    }
  }
  return {
    at: isMigrated ? options.at : undefined,
    graceMs: Number(options.grace) * 1000,
    latencyMs: Number(options.latency),
    seen,
  };
}

function sightOf(word: string): Sight | undefined {
  const {
    record,
    what = '',
    not,
    value = '',
  } = /^(?:record:(?<record>[\w./-]+)|(?<what>\w+))(?<not>!)?=(?<value>.+)$/u.exec(word)?.groups ?? {};
  const thing = record === undefined ? thingOf(what, value) : recordOf(record, value);
  return thing === undefined || not === undefined ? thing : { ...thing, not: true };
}

/** `STATE` in the default store, or `store/STATE`. */
function recordOf(name: string, value: string): SeenThing {
  const [key = '', store = 'default'] = name.split('/').toReversed();
  return { what: 'record', store, key, json: value === 'none' ? undefined : value };
}

function thingOf(what: string, value: string): SeenThing | undefined {
  switch (what) {
    case 'verdict':
    case 'log':
      return { what, word: value };
    case 'exit':
      return { what, code: Number(value) };
    case 'items':
    case 'charges':
      return { what, count: Number(value) };
    case 'disk':
      return { what, path: value };
    default:
      return undefined;
  }
}

/** What a fence says beside the run: the SDK, the file. */
export function isRunWord(word: string): boolean {
  return word === 'run' || word === 'migrate' || /^(?:at|grace|latency)=./u.test(word) || sightOf(word) !== undefined;
}
