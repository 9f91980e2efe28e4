import { array, assert, nat, property, shuffledSubarray, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CycleMemo } from './cycle-memo.ts';

/** A graph of questions: each asks those that it points at. */
interface Question {
  readonly name: string;
  readonly asks: Question[];
}

function graphOf(edges: readonly (readonly [number, number])[], size: number): readonly Question[] {
  const questions = Array.from({ length: size }, (_, at): Question => ({ name: `q${at}`, asks: [] }));
  for (const [from, to] of edges) {
    const target = questions[to];
    if (target !== undefined) questions[from]?.asks.push(target);
  }
  return questions;
}

/** Answers which questions can be reached from one. */
function reachability(): (question: Question) => readonly string[] {
  const table = new CycleMemo().table<Question, readonly string[]>([]);
  const reached = (question: Question): readonly string[] =>
    table(question, () => [...new Set([question.name, ...question.asks.flatMap(reached)])].toSorted());
  return reached;
}

/** The same without any table. */
function searched(from: Question): readonly string[] {
  const seen = new Set<Question>();
  const pending = [from];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...next.asks);
  }
  return [...seen].map(({ name }) => name).toSorted();
}

const SIZE = 7;
const edges = array(tuple(nat(SIZE - 1), nat(SIZE - 1)), { maxLength: 16 });
const order = shuffledSubarray([...Array(SIZE).keys()], { minLength: SIZE });

describe('answers to questions that lead back to themselves', () => {
  it('are those of a search, in whatever order they are asked', () => {
    assert(
      property(edges, order, (given, asked) => {
        const questions = graphOf(given, SIZE);
        const reached = reachability();
        for (const at of asked) {
          const question = questions[at];
          if (question !== undefined) expect(reached(question)).toEqual(searched(question));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are the same when asked again, and in another order', () => {
    assert(
      property(edges, order, order, (given, first, second) => {
        const questions = graphOf(given, SIZE);
        const ask = (asked: readonly number[]): Map<string, readonly string[]> => {
          const reached = reachability();
          return new Map(asked.flatMap((at) => questions[at] ?? []).map((each) => [each.name, reached(each)]));
        };
        const one = ask(first);
        const other = ask(second);
        for (const [name, answer] of one) expect(other.get(name)).toEqual(answer);
      }),
      { numRuns: 300 },
    );
  });

  it('a question that asks itself gets the empty answer from itself', () => {
    const table = new CycleMemo().table<object, number>(0);
    const key = {};
    const ask = (): number => table(key, () => ask() + 1);
    expect(ask()).toBe(1);
  });

  it('what leaned on an open question is worked out anew', () => {
    const answers = new CycleMemo();
    const table = answers.table<object, string>('nothing');
    const outer = {};
    const inner = {};
    const askOuter = (): string => table(outer, () => `outer of (${askInner()})`);
    const askInner = (): string => table(inner, () => `inner of (${askOuter()})`);
    expect(askOuter()).toBe('outer of (inner of (nothing))');
    expect(askInner()).toBe('inner of (outer of (inner of (nothing)))');
  });

  it('an answer without a cycle is worked out once', () => {
    const table = new CycleMemo().table<object, number>(0);
    const key = {};
    let times = 0;
    const ask = (): number =>
      table(key, () => {
        times += 1;
        return 7;
      });
    expect([ask(), ask(), times]).toEqual([7, 7, 1]);
  });

  it('two tables may ask each other', () => {
    const answers = new CycleMemo();
    const evens = answers.table<{ readonly n: number }, readonly number[]>([]);
    const odds = answers.table<{ readonly n: number }, readonly number[]>([]);
    const numbers = [0, 1, 2, 3].map((n) => ({ n }));
    const down = (n: number): readonly number[] => {
      const key = numbers[n];
      if (key === undefined) return [];
      return (n % 2 === 0 ? evens : odds)(key, () => [n, ...down(n - 1)]);
    };
    expect(down(3)).toEqual([3, 2, 1, 0]);
    expect(down(2)).toEqual([2, 1, 0]);
  });

  it('an answer that was cut off is not kept for others', () => {
    const answers = new CycleMemo();
    const table = answers.table<object, string>('');
    const outer = {};
    const deep = {};
    let isDeep = true;
    const askDeep = (): string =>
      table(deep, () => {
        if (isDeep) {
          answers.cutOff();
          return 'cut';
        }
        return 'whole';
      });
    expect(table(outer, askDeep)).toBe('cut');
    isDeep = false;
    expect(askDeep()).toBe('whole');
  });

  it('a query that throws leaves nothing open', () => {
    const answers = new CycleMemo();
    const table = answers.table<object, string>('nothing');
    const outer = {};
    const inner = {};
    let fails = true;
    const askOuter = (): string => table(outer, () => `outer of (${askInner()})`);
    const askInner = (): string =>
      table(inner, () => {
        if (fails) {
          askOuter();
          throw new Error('no answer');
        }
        return 'inner';
      });
    expect(askOuter).toThrow('no answer');
    expect(askInner).toThrow('no answer');
    fails = false;
    expect(askInner()).toBe('inner');
    expect(askOuter()).toBe('outer of (inner)');
  });

  it('a query that throws does not change what the one that catches it keeps', () => {
    const table = new CycleMemo().table<object, number>(0);
    const [whole, broken] = [{}, {}];
    let times = 0;
    const ask = (): number =>
      table(whole, () => {
        times += 1;
        expect(() =>
          table(broken, () => {
            throw new Error('no answer');
          }),
        ).toThrow('no answer');
        return times;
      });
    expect([ask(), ask()]).toEqual([1, 1]);
  });
});
