import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

describe('resumed', () => {
  test('an Actor that reads its state and goes on behind it', () => {
    const story = walk(new RunStory().read('STATE'), 1, 4).migrate((run) => run.save('STATE', { page: 4 }));
    const verdict = judge(walk(story.read('STATE'), 5, 9).exit().recording());
    expect(verdict).toMatchObject({
      word: 'resumed',
      decidedBy: 1,
      repeated: { items: [], requests: [], atLeastOnce: [] },
    });
    expect(verdict.sentence).toBe('The restarted Actor read `default/STATE` and went on.');
    expect(verdict.keys).toEqual([
      {
        record: { store: { kind: 'key-value-store', name: 'default' }, key: 'STATE' },
        before: '{"page":4}',
        saved: '{"page":4}',
        savedAfterMs: expect.any(Number),
        restored: 'read',
      },
    ]);
  });

  test('a crawler without state of its own, whose queue knows what is done', () => {
    const story = new RunStory().add(['/a', '/b', '/c', '/d', '/e']);
    for (const url of ['/a', '/b']) story.handle(url, (run) => run.push({ url }));
    story.fetch('/c').push({ url: '/c' });
    story.migrate();
    for (const url of ['/c', '/d', '/e']) story.handle(url, (run) => run.push({ url }));
    const verdict = judge(story.exit().recording());
    expect(verdict.word).toBe('resumed');
    expect(verdict.repeated.atLeastOnce).toEqual([
      { target: { kind: 'dataset', name: 'default' }, item: '{"url":"/c"}', times: 1 },
    ]);
  });

  test('an Actor that finds its place without a record, and repeats nothing', () => {
    const story = new RunStory().push({ n: 1 }).push({ n: 2 }).migrate().push({ n: 3 }).push({ n: 4 }).exit();
    expect(judge(story.recording()).word).toBe('resumed');
  });

  test('an Actor that had done everything, and ends', () => {
    expect(judge(new RunStory().push({ n: 1 }).migrate().exit().recording()).word).toBe('resumed');
  });
});
