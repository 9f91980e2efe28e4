import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { pages, walk } from '../testing/walks.ts';

const priced = (page: number, price: number) => ({
  page,
  price,
  id: `0000000${page}-1111-4222-8333-44444444${price}`,
});

describe('lost writes', () => {
  test('a save that nobody waited for, and an older state that was read', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).push({ page: 4, title: 'Page 4' });
    story.migrate((run) => run.save('STATE', { page: 4 }, { pending: true }));
    const verdict = judge(walk(story.read('STATE'), 4, 6).exit().recording());
    expect(verdict.word).toBe('lost-writes');
    expect(verdict.sentence).toContain('`default/STATE`');
    expect(verdict.writes).toContainEqual(
      expect.objectContaining({ target: 'default/STATE', landed: false, lost: true }),
    );
  });

  test('also where the same value is reached again later', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) => run.save('STATE', { page: 4 }, { pending: true }));
    expect(judge(walk(story.read('STATE'), 4, 6).exit().recording()).word).toBe('lost-writes');
  });

  test('the only save, so that nothing was there when it was asked for', () => {
    const story = new RunStory().read('STATE').push({ page: 1 }).push({ page: 2 });
    story.migrate((run) => run.save('STATE', { page: 2 }, { pending: true }));
    expect(judge(story.read('STATE').push({ page: 1 }).exit().recording()).word).toBe('lost-writes');
  });

  test('an item outside of every request that is never pushed again', () => {
    const story = new RunStory().push({ n: 1 }).migrate((run) => run.push({ n: 2 }, { pending: true }));
    expect(judge(story.push({ n: 3 }).exit().recording()).word).toBe('lost-writes');
  });

  test('not while the restarted Actor may still make up for it', () => {
    const story = new RunStory().push({ n: 1 }).migrate((run) => run.push({ n: 2 }, { pending: true }));
    expect(judge(story.push({ n: 3 }).recording()).word).not.toBe('lost-writes');
  });

  test('not an item that an Actor which begins again has not come to yet', () => {
    const story = new RunStory();
    for (const n of pages(1, 40)) story.push({ n });
    story.migrate((run) => run.push({ n: 41 }, { pending: true }));
    for (const n of pages(1, 30)) story.push({ n });
    expect(judge(story.recording()).word).toBe('restarted-from-zero');
    for (const n of pages(31, 41)) story.push({ n });
    expect(judge(story.exit().recording()).word).toBe('restarted-from-zero');
  });

  test('nor one that an Actor which goes back has not come to yet', () => {
    const story = new RunStory().read('STATE');
    for (const n of pages(1, 5)) story.push({ n });
    story.save('STATE', { n: 5 });
    for (const n of pages(6, 40)) story.push({ n });
    story.migrate((run) => run.push({ n: 41 }, { pending: true })).read('STATE');
    for (const n of pages(6, 35)) story.push({ n });
    expect(judge(story.recording()).word).toBe('repeated-work');
    for (const n of pages(36, 41)) story.push({ n });
    expect(judge(story.exit().recording()).word).toBe('repeated-work');
  });

  test('an item that an Actor which begins again leaves out, once it has gone further', () => {
    const story = new RunStory();
    for (const n of pages(1, 40)) story.push({ n });
    story.migrate((run) => run.push({ n: 41 }, { pending: true }));
    for (const n of pages(1, 70)) if (n !== 41) story.push({ n });
    expect(judge(story.recording()).word).toBe('lost-writes');
  });

  test('an item that a handled request had not waited for', () => {
    const story = new RunStory().handle('/a', (run) => run.push({ url: '/a' }, { pending: true })).handle('/b');
    expect(judge(story.migrate().handle('/c').exit().recording()).word).toBe('lost-writes');
  });

  test('requests that are never added again', () => {
    const story = new RunStory().handle('/a').migrate((run) => run.add(['/b'], { pending: true }));
    expect(judge(story.handle('/c').exit().recording()).word).toBe('lost-writes');
  });

  test('not the first of two equal saves, of which the second landed', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) => run.save('STATE', { page: 3 }, { cut: true }).save('STATE', { page: 3 }));
    expect(judge(walk(story.read('STATE'), 4, 6).exit().recording()).word).toBe('resumed');
  });

  test('not a save of what had been saved already', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).migrate((run) =>
      run.save('STATE', { page: 3 }, { pending: true }),
    );
    expect(judge(walk(story.read('STATE'), 4, 6).exit().recording()).word).toBe('resumed');
  });

  test('not an item that the restarted Actor pushes, its fields in another order and at another time', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) =>
      run.push({ page: 4, at: '2026-03-01T12:00:01.000Z', ms: Date.parse('2026-03-01T12:00:01Z') }, { pending: true }),
    );
    story.read('STATE').push({ ms: Date.parse('2026-03-01T12:00:04Z'), at: '2026-03-01T12:00:04.000Z', page: 4 });
    expect(judge(walk(story, 5, 6).exit().recording()).word).toBe('resumed');
  });

  test('not what a request in flight did, whose handler runs again', () => {
    const story = new RunStory().handle('/a', (run) => run.push({ url: '/a' })).fetch('/b');
    story.migrate((run) => run.push({ url: '/b', price: 1 }, { pending: true }).add(['/b/1'], { pending: true }));
    story.handle('/b', (run) => run.push({ url: '/b', price: 2 }).add(['/b/2'])).exit();
    expect(judge(story.recording()).word).toBe('resumed');
  });

  test('not the handled mark of a request, which is handled again', () => {
    const story = new RunStory()
      .handle('/a')
      .fetch('/b')
      .migrate((run) => run.done('/b', { pending: true }));
    expect(judge(story.handle('/b').exit().recording()).word).toBe('resumed');
  });

  test('not what the SDK keeps for itself', () => {
    const story = new RunStory()
      .handle('/a')
      .migrate((run) => run.save('SDK_CRAWLER_STATISTICS_0', { n: 1 }, { pending: true }));
    expect(judge(story.handle('/b').exit().recording()).word).toBe('resumed');
  });

  test('what the end of the process cut off, when the listener ends it', () => {
    const story = walk(new RunStory(), 1, 3).window(
      (run) => run.save('STATE', { page: 9 }, { pending: true }).settle('cut').exit(0),
      'exit',
    );
    expect(judge(story.recording()).word).toBe('lost-writes');
  });

  test('not an item that comes again with another id and another price: its page tells that it is the same', () => {
    const story = new RunStory().read('STATE').push(priced(1, 1001)).save('STATE', { page: 1 });
    story.migrate((run) => run.push(priced(2, 1002), { pending: true })).read('STATE');
    expect(judge(story.push(priced(2, 1003)).push(priced(3, 1004)).exit().recording()).word).toBe('resumed');
  });

  test('not an item that cannot be told from others', () => {
    const story = new RunStory().read('STATE').push({ ok: true }).save('STATE', { n: 1 });
    story.migrate((run) => run.push({ ok: false }, { pending: true })).read('STATE');
    expect(judge(story.push({ ok: true }).exit().recording()).word).toBe('resumed');
  });

  test('a record that is neither read nor written again', () => {
    const story = new RunStory().push({ n: 1 }).migrate((run) => run.save('SCREENSHOT', { n: 1 }, { pending: true }));
    expect(judge(story.push({ n: 2 }).exit().recording()).word).toBe('lost-writes');
  });

  test('not a record that the restarted Actor overwrites without a look at it: it would have been out of date', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) => run.save('PROGRESS', { percent: 41 }, { pending: true })).read('STATE');
    expect(
      judge(
        walk(story.save('PROGRESS', { percent: 42 }), 4, 6)
          .exit()
          .recording(),
      ).word,
    ).toBe('resumed');
  });

  test('a charge that is never made again', () => {
    const story = new RunStory().push({ n: 1 }).migrate((run) => run.charge('result', { pending: true }));
    expect(judge(story.push({ n: 2 }).exit().recording()).word).toBe('lost-writes');
  });
});
