import { describe, expect, test } from 'vitest';
import { asText, describe as describeVerdict } from '../index.ts';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { pages, walk } from '../testing/walks.ts';

const stamped = (page: number, id: string) => ({ page, id: `0000${id}-1111-4222-8333-444444444444` });

describe('repeated work', () => {
  test('the state is read, but it is behind', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).push({ page: 4, title: 'Page 4' }).pass(2_000);
    story.push({ page: 5, title: 'Page 5' }).pass(2_000).migrate(undefined, 'deadline');
    const verdict = judge(walk(story.read('STATE'), 4, 8).exit().recording());
    expect(verdict.word).toBe('repeated-work');
    expect(verdict.repeated.items.map(({ item }) => item)).toEqual([
      '{"page":4,"title":"Page 4"}',
      '{"page":5,"title":"Page 5"}',
    ]);
    expect(verdict.sentence).toContain('It read `default/STATE`, but what was saved there was not where it had got to');
  });

  test('a request that was marked as handled', () => {
    const story = new RunStory().handle('/a').handle('/b').handle('/c').migrate();
    const verdict = judge(story.handle('/b').exit().recording());
    expect(verdict).toMatchObject({ word: 'repeated-work', repeated: { requests: ['/b'] } });
  });

  test('items that differ by an id that is made anew', () => {
    const story = new RunStory()
      .read('STATE')
      .push(stamped(1, '000a'))
      .save('STATE', { n: 1 })
      .push(stamped(2, '000b'))
      .save('STATE', { n: 2 });
    story.push(stamped(3, '000c')).pass(2000).migrate(undefined, 'deadline').read('STATE');
    const verdict = judge(
      story.push(stamped(2, '000d')).push(stamped(3, '000e')).push(stamped(4, '000f')).exit().recording(),
    );
    expect(verdict.word).toBe('repeated-work');
    expect(verdict.remarks).toContain('Items were compared without `id`: it differs in all of them.');
  });

  test('a fee for the start that is charged at each start', () => {
    const story = new RunStory().charge('actor-start').handle('/a').handle('/b').handle('/c').migrate();
    const verdict = judge(story.charge('actor-start').handle('/d').handle('/e').exit().recording());
    expect(verdict).toMatchObject({ word: 'repeated-work', repeated: { items: [{ item: 'actor-start', times: 1 }] } });
  });

  test('not a charge for each result', () => {
    const story = new RunStory().charge('result').push({ n: 1 }).charge('result').push({ n: 2 }).migrate();
    expect(judge(story.charge('result').push({ n: 3 }).push({ n: 4 }).exit().recording()).word).toBe('resumed');
  });

  test('not items of which the Actor pushes the same again and again', () => {
    const story = new RunStory().push({ alive: true }).push({ n: 1 }).push({ alive: true }).migrate();
    expect(judge(story.push({ alive: true }).push({ n: 2 }).push({ alive: true }).exit().recording()).word).toBe(
      'resumed',
    );
  });

  test('not one product that is found once more much later', () => {
    const story = new RunStory();
    for (const n of pages(1, 20)) story.push({ product: n });
    story.migrate();
    for (const n of [...pages(21, 30), 7, ...pages(31, 40)]) story.push({ product: n });
    expect(judge(story.exit().recording()).word).toBe('resumed');
  });

  test('not items that have only a day, which is not that of the run, apart', () => {
    const story = new RunStory().push({ title: 'News', date: '2024-01-01' }).migrate();
    expect(judge(story.push({ title: 'News', date: '2024-01-02' }).exit().recording()).word).toBe('resumed');
  });

  test('not items that differ in what tells them apart', () => {
    const story = new RunStory().push({ page: 1, id: 'aaaaaaa1' }).push({ page: 2, id: 'aaaaaaa2' }).migrate();
    story.push({ page: 3, id: 'aaaaaaa3' }).push({ page: 4, id: 'aaaaaaa4' }).exit();
    expect(judge(story.recording()).word).toBe('resumed');
  });

  test('an item that was pushed while the state was saved is a repeat, and no fault unless that is asked for', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) =>
      run
        .push({ page: 4, title: 'Page 4' }, { pending: true })
        .save('STATE', { page: 3 }, { pending: true })
        .settle('landed'),
    );
    const recording = walk(story.read('STATE'), 4, 7).exit().recording();
    expect(judge(recording)).toMatchObject({ word: 'resumed', repeated: { atLeastOnce: [{ times: 1 }] } });
    expect(asText(describeVerdict(judge(recording)))).toMatch(/under way at the kill, which is allowed/);
    const strict = judge(recording, { strict: true });
    expect(strict.word).toBe('repeated-work');
    const text = asText(describeVerdict(strict)).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/--strict allows none of it.*push it last.*which --strict does not allow/);
    expect(text).not.toContain('is allowed');
  });

  test('not what a request list had in progress: Crawlee knows what is done', () => {
    const story = new RunStory().push({ url: '/1' }).push({ url: '/2' }).push({ url: '/3' });
    story.migrate((run) => run.save('SDK_my-REQUEST_LIST_STATE', { nextIndex: 3, inProgress: ['/2', '/3'] }));
    story.read('SDK_my-REQUEST_LIST_STATE').push({ url: '/2' }).push({ url: '/3' }).push({ url: '/4' }).exit();
    expect(judge(story.recording())).toMatchObject({ word: 'resumed', repeated: { atLeastOnce: [{}, {}] } });
  });

  test('not values of which there are only a few, behind the place where the Actor went on', () => {
    const story = new RunStory().read('STATE');
    for (const n of [0, 1, 2, 3]) story.push({ value: n % 6 }).save('STATE', { n });
    story.migrate().read('STATE');
    for (const n of [4, 5, 6, 7, 8, 9, 10]) story.push({ value: n % 6 }).save('STATE', { n });
    expect(judge(story.exit().recording()).word).toBe('resumed');
  });

  test('what was in flight, when the rest of what comes again was not', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) => {
      run.save('STATE', { page: 3 });
      for (const page of [4, 5, 6]) run.push({ page, title: `Page ${page}` }).pass(1_000);
    }, 'deadline');
    const verdict = judge(walk(story.read('STATE'), 4, 9).exit().recording());
    expect(verdict).toMatchObject({ word: 'repeated-work', keys: [{ restored: 'read' }] });
    expect(verdict.repeated.items).toHaveLength(3);
  });

  test('not the SDK\u2019s twofold save whose older half came last', () => {
    const story = new RunStory()
      .read('STATE')
      .push({ n: 1 })
      .save('STATE', { done: [1] })
      .push({ n: 2 }, { pending: true });
    story.migrate((run) => {
      run
        .settle('landed')
        .pass(50)
        .save('STATE', { done: [1, 2] }, { pending: true });
      run
        .save('STATE', { done: [1] }, { pending: true })
        .push({ n: 3 }, { pending: true })
        .settle('landed');
    });
    story.read('STATE').push({ n: 2 }).push({ n: 3 }).push({ n: 4 }).exit();
    expect(judge(story.recording()).word).toBe('resumed');
  });
});
