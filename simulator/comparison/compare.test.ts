import { describe, expect, test } from 'vitest';
import type { Recording } from '../recording.ts';
import { RunStory } from '../verdict/testing/recording-builder.ts';
import { compare } from './compare.ts';
import { comparisonAsText } from './text.ts';

type Tell = (story: RunStory) => RunStory;

function run(tell: Tell): Recording {
  return tell(new RunStory()).exit().recording();
}

/** Pushes pages and saves after each how far it has got. */
function pages(story: RunStory, from: number, to: number): RunStory {
  for (let page = from; page <= to; page += 1) story.push({ page }).save('STATE', { page });
  return story;
}

/** Pushes pages and charges for each. */
function charged(story: RunStory, from: number, to: number): RunStory {
  for (let page = from; page <= to; page += 1) story.push({ page }).charge('page').pass(300);
  return story;
}

/** What the handler of a request does. */
function item(url: string): Tell {
  return (story) => story.push({ url }).charge('result');
}

function uuid(n: number): string {
  return `0000${n}00-1111-4222-8333-444444444444`;
}

/** What is not the same in two runs of the same work; the second run is migrated. */
function varying(number: number, at: string): Tell {
  return (story) => {
    for (const page of [1, 2, 3, 4]) {
      if (number === 2 && page === 3) story.migrate();
      story.push({ page, id: uuid(10 * number + page), runId: `a1b2c3d4e5f6${number}`, at });
    }
    return story.save('OUTPUT', { at, durationMs: number * 777, seen: number === 1 ? [1, 2] : [2, 1] });
  };
}

function items(story: RunStory, ids: readonly string[]): RunStory {
  return ids.reduce((told, id) => told.push({ id }), story);
}

const UNDISTURBED = run((story) => pages(story.read('STATE'), 1, 6).save('OUTPUT', { pages: 6 }));

function comparedPages(tell: Tell) {
  return compare(UNDISTURBED, run(tell));
}

const resumedAt = (story: RunStory, page: number): RunStory =>
  pages(story.migrate().read('STATE'), page, 6).save('OUTPUT', { pages: 6 });

describe('the migrated run', () => {
  test('produced the same: the order of pushes does not matter', () => {
    const comparison = comparedPages((story) => resumedAt(pages(story.read('STATE'), 1, 3), 4));
    expect(comparison).toMatchObject({ outcome: 'same', lost: [], repeated: [], added: [], different: [] });
    expect(comparison.sentence).toContain('6 items and 2 records');
    const requests = ['/a', '/b', '/c', '/d', '/e'];
    const crawl = (order: readonly string[]) =>
      run((story) => {
        order.forEach((url, index) => {
          if (index === 2) story.migrate();
          story.handle(url, () => story.push({ url }));
        });
        return story;
      });
    const still = run((story) => requests.reduce((told, url) => told.handle(url, () => story.push({ url })), story));
    expect(compare(still, crawl(requests.toReversed())).outcome).toBe('same');
  });

  test('repeated what had been done', () => {
    const comparison = comparedPages((story) => resumedAt(pages(story.read('STATE'), 1, 3), 1));
    expect(comparison.outcome).toBe('different');
    expect(comparison.repeated.map(({ value }) => value)).toEqual(['{"page":1}', '{"page":2}']);
    // The last before the save belongs to it: an Actor may save before or after it pushes.
    expect(comparison).toMatchObject({ lost: [], added: [], atLeastOnce: [{ value: '{"page":3}' }] });
    expect(comparison.sentence).toContain('2 items repeated');
  });

  test('lost what it skipped, also the record that it did not write', () => {
    const comparison = comparedPages((story) => pages(pages(story.read('STATE'), 1, 3).migrate().read('STATE'), 5, 6));
    expect(comparison.outcome).toBe('different');
    expect(comparison.lost).toEqual([
      { kind: 'item', target: 'dataset default', value: '{"page":4}', times: 1 },
      { kind: 'record', target: 'default/OUTPUT', value: '{"pages":6}', times: 1 },
    ]);
  });

  test('repeated the piece of work that was under way: that is allowed, and a fault with strict', () => {
    const again = run((story) =>
      pages(
        pages(story.read('STATE'), 1, 3)
          .push({ page: 4 })
          .migrate((window) => void window.save('STATE', { page: 3 }))
          .read('STATE'),
        4,
        6,
      ).save('OUTPUT', { pages: 6 }),
    );
    expect(compare(UNDISTURBED, again)).toMatchObject({
      outcome: 'repeats-allowed',
      atLeastOnce: [{ value: '{"page":4}', times: 1 }],
    });
    expect(compare(UNDISTURBED, again, { strict: true }).outcome).toBe('different');
  });

  test('did a request again that was in flight: allowed; one that had been handled: not', () => {
    const still = run((story) => story.handle('/a', item('/a')).handle('/b', item('/b')));
    const inFlight = run((story) =>
      item('/b')(story.handle('/a', item('/a')).fetch('/b'))
        .migrate()
        .handle('/b', item('/b')),
    );
    expect(compare(still, inFlight)).toMatchObject({
      outcome: 'repeats-allowed',
      repeated: [],
      atLeastOnce: [
        { kind: 'item', value: '{"url":"/b"}' },
        { kind: 'charge', value: 'result', times: 1 },
      ],
    });
    const handled = run((story) =>
      story.handle('/a', item('/a')).migrate().handle('/a', item('/a')).handle('/b', item('/b')),
    );
    expect(compare(still, handled)).toMatchObject({
      outcome: 'different',
      repeated: [{ kind: 'item' }, { kind: 'request', value: '/a' }, { kind: 'charge', value: 'result', times: 1 }],
    });
  });

  test('charged again for what was under way: never allowed outside of a request, as its item is', () => {
    const again = run((story) =>
      charged(
        charged(story.read('STATE'), 1, 2)
          .migrate((window) => void window.save('STATE', { page: 2 }))
          .read('STATE'),
        2,
        4,
      ),
    );
    const comparison = compare(
      run((story) => charged(story.read('STATE'), 1, 4)),
      again,
    );
    expect(comparison).toMatchObject({
      outcome: 'different',
      repeated: [{ kind: 'charge', value: 'page', times: 1 }],
      atLeastOnce: [{ kind: 'item', value: '{"page":2}' }],
    });
    expect(comparison.sentence).toContain('1 charge repeated');
  });

  test('lost a request, a charge', () => {
    const still = run((story) =>
      story.handle('/a', () => story.charge('page')).handle('/b', () => story.charge('page')),
    );
    const comparison = compare(
      still,
      run((story) => story.handle('/a', () => story.charge('page')).migrate()),
    );
    expect(comparison.lost).toEqual([
      { kind: 'request', target: 'queue default', value: '/b', times: 1 },
      { kind: 'charge', target: 'charge page', value: 'page', times: 1 },
    ]);
  });

  test('wrote another content: the places that differ are told, of items that are alike, too', () => {
    const comparison = comparedPages((story) =>
      pages(pages(story.read('STATE'), 1, 3).migrate().read('STATE'), 4, 5)
        .push({ page: 6, title: 'Six' })
        .save('STATE', { page: 6 })
        .save('OUTPUT', { pages: 3 }),
    );
    expect(comparison.different).toEqual([
      expect.objectContaining({ kind: 'item', changes: ['title: not in the undisturbed run: "Six"'] }),
      expect.objectContaining({ kind: 'record', target: 'default/OUTPUT', changes: ['pages: 6 → 3'] }),
    ]);
    expect(comparison).toMatchObject({ lost: [], added: [] });
    expect(comparisonAsText(comparison)).toContain('pages: 6 → 3');
  });
});

describe('no difference is', () => {
  test('a time of the work, an id that is made anew, a duration, a list in another order', () => {
    const comparison = compare(run(varying(1, '2026-03-01T12:00:05Z')), run(varying(2, '2026-03-01T12:00:09Z')));
    expect(comparison).toMatchObject({ outcome: 'same', leftOut: ['id', 'runId'] });
  });

  test('an id that comes from the data is compared', () => {
    const still = run((story) => items(story, ['a1b2c3d4', 'b1b2c3d4', 'c1b2c3d4', 'd1b2c3d4']));
    const lossy = run((story) => items(items(story, ['a1b2c3d4', 'b1b2c3d4']).migrate(), ['d1b2c3d4']));
    expect(compare(still, lossy)).toMatchObject({ outcome: 'different', lost: [{ value: '{"id":"c1b2c3d4"}' }] });
  });

  test('a record that is saved because of the migration; what a restored record holds is told', () => {
    const still = run((story) =>
      story.read('STARTS').save('STARTS', { starts: 1 }).push({ page: 1 }).push({ page: 2 }),
    );
    const migrated = run((story) =>
      story
        .read('STARTS')
        .save('STARTS', { starts: 1 })
        .push({ page: 1 })
        .migrate((window) => void window.save('AT', { page: 1 }))
        .read('AT')
        .read('STARTS')
        .save('STARTS', { starts: 2 })
        .push({ page: 2 }),
    );
    expect(compare(still, migrated)).toMatchObject({
      outcome: 'repeats-allowed',
      added: [],
      different: [],
      state: [{ target: 'default/STARTS', changes: ['starts: 1 → 2'] }],
    });
  });

  test('what was in a storage before it was dropped, and requests whose unique keys are made anew', () => {
    const still = run((story) => story.handle('/a#1').handle('/b#2'));
    const migrated = run((story) => story.handle('/a#3').migrate().handle('/b#4'));
    expect(compare(still, migrated).outcome).toBe('same');
  });
});

describe('nothing can be compared', () => {
  const migrated = run((story) => story.push({ page: 1 }).migrate().push({ page: 2 }));
  test.each<[string, Recording, Recording, RegExp]>([
    ['with a run that failed undisturbed', new RunStory().push(1).exit(1).recording(), migrated, /failed by itself/],
    [
      'with one that was stopped',
      new RunStory().push(1).kill('stop').recording(),
      migrated,
      /undisturbed run was stopped/,
    ],
    ['where there was no migration', UNDISTURBED, UNDISTURBED, /before it was migrated/],
    ['where it was stopped', UNDISTURBED, new RunStory().migrate().kill('stop').recording(), /not known/],
  ])('%s', (_, still, other, why) => {
    expect(compare(still, other)).toMatchObject({ outcome: 'not-compared', sentence: expect.stringMatching(why) });
  });

  test('but a restart that fails is a difference', () => {
    const failing = pages(new RunStory().read('STATE'), 1, 6)
      .save('OUTPUT', { pages: 6 })
      .migrate()
      .exit(1)
      .recording();
    expect(compare(UNDISTURBED, failing)).toMatchObject({
      outcome: 'different',
      sentence: expect.stringContaining('the Actor ended with exit code 1'),
    });
  });
});
