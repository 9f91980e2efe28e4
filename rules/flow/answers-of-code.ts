import type { Code } from './code.ts';

/**
 * Answers that are worked out once for each program and node. Only for what never asks for values or callers: an answer that
 * is worked out while such a question is open may be less than the whole.
 */
export function keptAnswers<K extends object, V>(answer: (code: Code, key: K) => V): (code: Code, key: K) => V {
  const byCode = new WeakMap<Code, Map<K, { readonly value: V }>>();
  return (code, key) => {
    const known = byCode.get(code) ?? new Map<K, { readonly value: V }>();
    byCode.set(code, known);
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = answer(code, key);
    known.set(key, { value });
    return value;
  };
}
