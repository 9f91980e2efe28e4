import type { ts } from 'ts-morph';

import { indexOf } from '../syntax/file-index.ts';
import type { Call } from '../syntax/file-index.ts';

/** The calls of a program by the name of what they may call, aliases followed, so that few calls have to be looked into. */
export class CalledNames {
  readonly #files: readonly ts.SourceFile[];
  readonly #calls = new Map<string, ReadonlySet<Call>>();
  #open: ReadonlySet<Call> | undefined;

  constructor(files: readonly ts.SourceFile[]) {
    this.#files = files;
  }

  /** The calls that may call something of this name, in the order of the files. */
  callsOf(name: string): ReadonlySet<Call> {
    const known = this.#calls.get(name);
    if (known !== undefined) return known;
    const names = [...this.#namesOf(name)];
    const named = this.#files.flatMap((file) => names.flatMap((each) => indexOf(file).callsByName.get(each) ?? []));
    const found = new Set([...named, ...this.openCalls()]);
    this.#calls.set(name, found);
    return found;
  }

  /** The calls whose text does not say what they call: through parameters, results, elements. */
  openCalls(): ReadonlySet<Call> {
    if (this.#open !== undefined) return this.#open;
    const members = new Set(this.#files.flatMap((file) => [...indexOf(file).openMembers]));
    const found = this.#files.flatMap((file) => {
      const { unnamedCalls, callsByName, localCalls, openNames } = indexOf(file);
      return [
        ...unnamedCalls,
        ...[...openNames].flatMap((name) => localCalls.get(name) ?? []),
        ...[...members].flatMap((name) => callsByName.get(name) ?? []),
      ];
    });
    this.#open = new Set(found);
    return this.#open;
  }

  /** A name and those that are given to what it means, at any remove. */
  #namesOf(name: string): ReadonlySet<string> {
    const names = new Set([name]);
    for (const each of names)
      for (const file of this.#files) for (const alias of indexOf(file).aliases.get(each) ?? []) names.add(alias);
    return names;
  }
}
