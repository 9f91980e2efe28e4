import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

describe('partly resumed', () => {
  test('one record is read, the other never', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) => run.save('STATE', { page: 3 }).save('SEEN', ['a']).save('SEEN', ['a', 'b']));
    const verdict = judge(walk(story.read('STATE'), 4, 6).exit().recording());
    expect(verdict.word).toBe('partly-resumed');
    expect(verdict.sentence).toBe('The restarted Actor restored `default/STATE`, but `default/SEEN` was never read.');
  });

  test('one record is overwritten before it is read', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).save('SEEN', ['a']).save('SEEN', ['a', 'b']).migrate();
    story.read('STATE').save('SEEN', ['c', 'd', 'e']).read('SEEN');
    const verdict = judge(walk(story, 4, 6).exit().recording());
    expect(verdict.word).toBe('partly-resumed');
    expect(verdict.keys.map(({ restored }) => restored)).toEqual(['read', 'overwritten-first']);
  });

  test('a list comes back as an object', () => {
    const story = new RunStory()
      .read('S')
      .save('S', { seen: ['a'] })
      .save('S', { seen: ['a', 'b'] })
      .push({ n: 1 })
      .migrate();
    story.read('S').save('S', { seen: {} }).push({ n: 2 }).push({ n: 3 }).exit();
    expect(judge(story.recording())).toMatchObject({
      word: 'partly-resumed',
      keys: [{ restored: 'changed-in-shape' }],
    });
  });

  test('not by a result that is written at the end', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).migrate((run) => run.save('STATE', { page: 3 }));
    const verdict = judge(walk(story.read('STATE'), 4, 6).save('OUTPUT', { total: 6 }).exit().recording());
    expect(verdict).toMatchObject({ word: 'resumed', keys: [{ restored: 'read' }] });
  });

  test('not by records that each belong to a page, one of which was written in the grace period', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).save('page-1', { a: 1 }).save('page-2', { a: 2 });
    story.migrate((run) => run.save('STATE', { page: 3 }).save('page-3', { a: 3 }));
    expect(judge(walk(story.read('STATE'), 4, 6).exit().recording()).word).toBe('resumed');
  });

  test('not by the record of a request that is handled again', () => {
    const story = new RunStory().handle('/a', (run) => run.save('first', { a: 1 })).fetch('/b');
    story.migrate((run) => run.save('second', { b: 1 })).handle('/b', (run) => run.save('second', { b: 2 }));
    expect(judge(story.handle('/c').handle('/d').exit().recording()).word).toBe('resumed');
  });

  test('not by records of a kind, of which the later process needs only one', () => {
    const story = new RunStory();
    for (const n of [1, 2]) for (const name of ['books', 'toys', 'food']) story.save(`STATE-${name}`, { n });
    story.migrate().read('STATE-food').save('STATE-food', { n: 3 }).exit();
    expect(judge(story.recording()).word).toBe('resumed');
  });

  test('not by statistics of the SDK', () => {
    const story = new RunStory()
      .handle('/a')
      .save('SDK_CRAWLER_STATISTICS_0', { n: 1 })
      .save('SDK_SESSION_POOL_STATE', { n: 2 });
    const verdict = judge(
      story
        .migrate((run) => run.save('SDK_CRAWLER_STATISTICS_0', { n: 2 }))
        .handle('/b')
        .exit()
        .recording(),
    );
    expect(verdict).toMatchObject({ word: 'resumed', keys: [], writes: [] });
  });

  test('what useState keeps is state', () => {
    const story = new RunStory()
      .read('CRAWLEE_STATE')
      .handle('/a')
      .migrate((run) => run.save('CRAWLEE_STATE', { n: 1 }));
    expect(judge(story.read('CRAWLEE_STATE').handle('/b').exit().recording())).toMatchObject({
      word: 'resumed',
      keys: [{ record: { key: 'CRAWLEE_STATE' }, restored: 'read' }],
    });
  });

  test('not by progress for people, which is made from what was restored', () => {
    const story = new RunStory().read('STATE');
    for (const page of [1, 2, 3])
      story
        .push({ page })
        .save('STATE', { page })
        .save('PROGRESS', { page, done: ['x'] });
    story.migrate().read('STATE');
    for (const page of [4, 5, 6])
      story
        .push({ page })
        .save('STATE', { page })
        .save('PROGRESS', { page, done: ['x', 'y'] });
    expect(judge(story.exit().recording()).word).toBe('resumed');
  });

  test('by progress that was counted in memory, and begins again', () => {
    const story = new RunStory().read('STATE');
    for (const page of [1, 2, 3]) story.push({ page }).save('STATE', { page }).save('PROGRESS', { done: page });
    story.migrate().read('STATE');
    for (const page of [4, 5, 6])
      story
        .push({ page })
        .save('STATE', { page })
        .save('PROGRESS', { done: page - 3 });
    expect(judge(story.exit().recording()).word).toBe('partly-resumed');
  });

  test('not by OUTPUT, which is a result', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).save('OUTPUT', { total: 2 }).save('OUTPUT', { total: 3 });
    expect(judge(walk(story.migrate().read('STATE'), 4, 6).save('OUTPUT', { total: 1 }).exit().recording()).word).toBe(
      'resumed',
    );
  });

  test('not by a record that says when the process began', () => {
    const story = walk(new RunStory().read('STATE').save('INFO', { at: '2026-03-01T12:00:00.100Z' }), 1, 3);
    story.migrate((run) => run.save('INFO', { at: '2026-03-01T12:00:01.000Z' })).read('STATE');
    expect(
      judge(
        walk(story.save('INFO', { at: '2026-03-01T12:00:02.000Z' }), 4, 6)
          .exit()
          .recording(),
      ).word,
    ).toBe('resumed');
  });
});
