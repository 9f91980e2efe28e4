import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

const word = (story: RunStory) => judge(story.exit().recording()).word;
const started = () => walk(new RunStory().read('STATE'), 1, 3);
const stamped = (name: string, n: number) => ({ name, id: `0000000${n}-1111-4222-8333-444444444444` });

describe('an Actor that goes on is left in peace', () => {
  test('a save that was under way when the Actor was told, of one that saves as it goes: the work is done once more', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).push({ page: 4, title: 'Page 4' });
    story.save('STATE', { page: 4 }, { pending: true }).migrate();
    const verdict = judge(walk(story.read('STATE'), 4, 6).exit().recording());
    expect(verdict.word).not.toBe('lost-writes');
  });

  test('a second save of the grace period, cut after the first has landed: the work since then is done once more', () => {
    const story = started().migrate((window) =>
      window
        .save('STATE', { page: 3 })
        .push({ page: 4, title: 'Page 4' })
        .save('STATE', { page: 4 }, { pending: true }),
    );
    expect(word(walk(story.read('STATE'), 4, 6))).not.toBe('lost-writes');
  });

  test('where it writes the same record twice, and another in its place later', () => {
    const story = started().save('CONFIG', { n: 9 }).save('CONFIG', { n: 9 }).migrate().read('STATE');
    expect(word(walk(story.save('CONFIG', { n: 1 }), 4, 6))).toBe('resumed');
  });

  test('where it keeps a record for each thing, whatever their keys', () => {
    const story = started();
    for (const key of ['red', 'green', 'blue']) story.save(key, { n: 9 });
    story.migrate((run) => run.save('white', { n: 9 })).read('STATE');
    expect(word(walk(story, 4, 6))).toBe('resumed');
  });

  test('where the record of a request in flight is written again, with less in it', () => {
    const story = started().fetch('/a');
    story.migrate((run) => run.save('page', { links: 9 })).read('STATE');
    expect(
      word(
        walk(
          story.handle('/a', (run) => run.save('page', { links: 1 })),
          4,
          6,
        ),
      ),
    ).toBe('resumed');
  });

  test('where a field of its state was a text and is an object now', () => {
    const story = new RunStory()
      .read('S')
      .save('S', { n: 1, last: 'a' })
      .save('S', { n: 2, last: 'b' })
      .migrate()
      .read('S');
    expect(word(story.save('S', { n: 3, last: { name: 'c' } }))).toBe('resumed');
  });

  test('where a save was cut that had nothing new in it, and nobody looks', () => {
    const story = started()
      .save('INFO', { n: 1 })
      .migrate((run) => run.save('INFO', { n: 1 }, { pending: true }));
    expect(word(walk(story.read('STATE'), 4, 6))).toBe('resumed');
  });

  test('where it marks a request that it did not handle', () => {
    expect(word(new RunStory().handle('/a').handle('/b').migrate().done('/a').handle('/c'))).toBe('resumed');
  });

  test('where it empties its queue on purpose, before the migration', () => {
    const story = new RunStory().handle('/a').handle('/b').drop().add(['/a', '/b']).migrate();
    expect(word(story.handle('/a').handle('/b'))).toBe('resumed');
  });

  test('where it charges for the first result of each process, and had hardly begun', () => {
    const story = new RunStory().charge('result').push({ n: 1 }).migrate();
    expect(word(story.charge('result').push({ n: 2 }).push({ n: 3 }))).toBe('resumed');
  });

  test('where a charge belongs to a request in flight: it is told', () => {
    const story = new RunStory().handle('/a').fetch('/b').charge('page').migrate();
    const verdict = judge(
      story
        .handle('/b', (run) => run.charge('page'))
        .exit()
        .recording(),
    );
    expect(verdict).toMatchObject({ word: 'resumed', repeated: { atLeastOnce: [{ item: 'page' }] } });
  });
});

describe('what was under way is no fault', () => {
  test('of several things at a time, when the state was saved meanwhile', () => {
    const story = new RunStory()
      .read('STATE')
      .push({ n: 1 })
      .save('STATE', { done: [1] });
    story.push({ n: 2 }, { pending: true }).push({ n: 3 }, { pending: true }).push({ n: 4 }, { pending: true });
    story
      .migrate((run) =>
        run
          .save('STATE', { done: [1] }, { pending: true })
          .pass(50)
          .settle('landed'),
      )
      .read('STATE');
    expect(word(story.push({ n: 2 }).push({ n: 3 }).push({ n: 4 }).push({ n: 5 }))).toBe('resumed');
  });

  test('when the state was put together before the last item had arrived, and sent after', () => {
    const story = new RunStory()
      .read('STATE')
      .push({ n: 1 })
      .save('STATE', { done: [1] })
      .push({ n: 2 }, { pending: true });
    story.migrate((run) => {
      run
        .settle('landed')
        .push({ n: 3 }, { pending: true })
        .save('STATE', { done: [1] }, { pending: true })
        .settle('landed');
    });
    expect(word(story.read('STATE').push({ n: 2 }).push({ n: 3 }).push({ n: 4 }))).toBe('resumed');
  });

  test('of few values, of which the last comes again first, and others later', () => {
    const story = new RunStory().read('STATE');
    for (const value of [0, 1, 2, 3]) story.push({ value });
    story.migrate((run) => run.save('STATE', { n: 3 })).read('STATE');
    for (const value of [3, 4, 5, 0, 1, 2]) story.push({ value });
    expect(word(story)).toBe('resumed');
  });

  test('when one item alone is equal but for an id that is made anew', () => {
    const story = new RunStory().push(stamped('a', 1)).push(stamped('b', 2)).push(stamped('c', 3)).migrate();
    expect(word(story.push(stamped('b', 4)).push(stamped('d', 5)).push(stamped('e', 6)))).toBe('resumed');
  });
});

describe('what cannot be known is not said', () => {
  test('what an Actor that ended by itself would have restored', () => {
    const verdict = judge(
      started()
        .window((run) => run.save('STATE', { page: 3 }).exit(0), 'exit')
        .recording(),
    );
    expect(verdict).toMatchObject({ word: 'nothing-to-resume', keys: [] });
  });

  test('a migration that was called off does not count', () => {
    const story = started().window(undefined, 'cancelled').pass(5_000).window().kill().next().start().read('STATE');
    const verdict = judge(walk(story, 4, 6).exit().recording());
    expect(verdict.migrations).toEqual([expect.objectContaining({ endedBy: 'reboot' })]);
  });
});

describe('and yet it is seen', () => {
  test('that what was kept in memory only has caught up by the time it is saved', () => {
    const story = started()
      .migrate((run) => run.save('COUNT', { n: 2 }).save('COUNT', { n: 3 }))
      .read('STATE');
    expect(word(walk(story, 4, 9).save('COUNT', { n: 6 }))).toBe('partly-resumed');
  });

  test('that a request with another key each time is the same by its URL', () => {
    const story = new RunStory()
      .handle('/a#1', (run) => run.push({ url: '/a' }))
      .handle('/b')
      .migrate();
    const verdict = judge(
      story
        .handle('/a#2', (run) => run.push({ url: '/a' }))
        .exit()
        .recording(),
    );
    expect(verdict).toMatchObject({ word: 'restarted-from-zero', repeated: { requests: ['/a'] } });
  });
});
