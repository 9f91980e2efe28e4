import type { ts } from 'ts-morph';

import type { ActorModel } from '../actor/actor-model.ts';
import { indexOf } from '../syntax/file-index.ts';
import { keySummariesOf } from '../actor/keys/key-graph.ts';

/** The first of these names, or of the last one with a number behind it, that a file does not use yet. */
export function freeName(file: ts.SourceFile, names: readonly [string, ...string[]]): string {
  const used = indexOf(file).identifiers;
  const last = names.at(-1) ?? names[0];
  for (let number = 2; ; number += 1) {
    const free = [...names, `${last}${number}`].find((name) => !used.has(name));
    if (free !== undefined) return free;
  }
}

/** A key for the default store that the program does not use: also not where it makes its keys in a way that is not understood. */
export function freeKey(actor: ActorModel): string {
  const known = new Set(keySummariesOf(actor).map(({ key }) => key));
  const isUsed = (key: string): boolean =>
    known.has(key) || actor.files.some(({ text }) => new RegExp(`['"\`]${key}['"\`]`, 'u').test(text));
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? 'STATE' : `STATE_${number}`;
    if (!isUsed(key)) return key;
  }
}
