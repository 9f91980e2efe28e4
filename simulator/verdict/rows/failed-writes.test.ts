import { describe, expect, test } from 'vitest';
import { describe as report } from '../report.ts';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

const rejected = { fault: 'reject' } as const;

describe('a write that --fail-writes has failed', () => {
  test('is lost by that when it was never made again', () => {
    const story = walk(new RunStory().read('STATE'), 1, 2).push({ page: 99 }, rejected);
    const verdict = judge(
      walk(walk(story, 3, 4).migrate().read('STATE'), 5, 9)
        .exit()
        .recording(),
    );
    expect(verdict).toMatchObject({
      word: 'lost-writes',
      sentence: 'A write to `dataset default` was failed by --fail-writes (reject) and never made again.',
      remarks: ['1 write failed by --fail-writes (reject): to `dataset default`.'],
    });
    expect(verdict.writes).toContainEqual(
      expect.objectContaining({ target: 'dataset default', landed: false, lost: true, fault: 'reject' }),
    );
    expect(report(verdict)).toMatchObject({
      lostWrites: ['`dataset default` (items): failed by --fail-writes (reject), and never made again'],
      advice: [expect.stringContaining('make it again')],
    });
  });

  test('is none of the Actor’s faults when it was made again at once', () => {
    const story = walk(new RunStory().read('STATE'), 1, 2).push({ page: 3 }, { fault: 'outage' });
    const verdict = judge(
      walk(walk(story, 3, 4).migrate().read('STATE'), 5, 9)
        .exit()
        .recording(),
    );
    expect(verdict.word).toBe('resumed');
    expect(verdict.writes).toContainEqual(expect.objectContaining({ fault: 'outage', landed: false, lost: false }));
    expect(verdict.remarks).toEqual(['1 write failed by --fail-writes (outage): to `dataset default`.']);
  });

  test('is none when the restarted Actor makes it', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).push({ page: 4 }, { fault: 'outage' });
    expect(judge(walk(story.migrate().read('STATE'), 4, 9).exit().recording()).word).toBe('resumed');
  });

  test('is none when a later save of the record landed', () => {
    const story = walk(new RunStory().read('STATE'), 1, 2).save('STATE', { page: 2.5 }, rejected);
    expect(
      judge(
        walk(walk(story, 3, 4).migrate().read('STATE'), 5, 9)
          .exit()
          .recording(),
      ).word,
    ).toBe('resumed');
  });

  test('is lost when it was the last save of the grace period', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).push({ page: 4 });
    story.migrate((run) => run.save('STATE', { page: 4 }, rejected));
    const verdict = judge(walk(story.read('STATE'), 4, 6).exit().recording());
    expect(verdict.sentence).toBe(
      'A write to `default/STATE` was failed by --fail-writes (reject) and never made again.',
    );
  });

  test('stands beside one that was cut', () => {
    const story = walk(new RunStory().read('STATE'), 1, 2).push({ page: 99 }, rejected);
    walk(story, 3, 3)
      .push({ page: 4 })
      .migrate((run) => run.save('STATE', { page: 4 }, { pending: true }));
    const verdict = judge(walk(story.read('STATE'), 4, 9).exit().recording());
    expect(verdict.sentence).toMatch(
      /`default\/STATE` was under way when .* A write to `dataset default` was failed by/,
    );
    expect(report(verdict).lostWrites).toHaveLength(2);
  });

  test('of a handler that failed by it is made when the request is handled again', () => {
    const story = new RunStory().handle('/a').fetch('/b').push({ url: '/b', price: 1 }, rejected);
    story.handle('/b', (run) => run.push({ url: '/b', price: 2 })).handle('/c');
    expect(judge(story.migrate().handle('/d').exit().recording()).word).toBe('resumed');
  });

  test('of a handler that went on as if nothing was is lost', () => {
    const story = new RunStory()
      .handle('/a')
      .handle('/b', (run) => run.push({ url: '/b' }, rejected))
      .handle('/c');
    expect(judge(story.migrate().handle('/d').exit().recording()).word).toBe('lost-writes');
  });

  test('counts after the restart too, once the Actor has ended well without it', () => {
    const story = walk(walk(new RunStory().read('STATE'), 1, 3).migrate().read('STATE'), 4, 5);
    story.push({ page: 99 }, rejected);
    expect(judge(walk(story, 6, 7).recording()).word).toBe('resumed');
    const verdict = judge(story.exit().recording());
    expect(verdict.word).toBe('lost-writes');
    expect(verdict.writes).toContainEqual(expect.objectContaining({ fault: 'reject', lost: true }));
  });

  test('is named beside a failure of the Actor, that may come from it', () => {
    const story = walk(walk(new RunStory().read('STATE'), 1, 3).migrate().read('STATE'), 4, 5);
    const after = judge(story.push({ page: 6 }, rejected).exit(1).recording());
    expect(after.word).toBe('did-not-restart');
    expect(after.sentence).toContain(
      'What it had written to `dataset default` was failed by --fail-writes (reject), and that may be why.',
    );
    const before = judge(new RunStory().push({ page: 1 }, rejected).exit(1).recording());
    expect(before).toMatchObject({ word: 'nothing-to-resume', sentence: expect.stringContaining('that may be why') });
    const within = new RunStory().push({ page: 1 }).window((run) => run.push({ page: 2 }, rejected).exit(1), 'exit');
    expect(judge(within.recording()).sentence).toContain('that may be why');
  });
});
