import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import { settled } from './settled.ts';
import { RunStory } from './testing/recording-builder.ts';
import { pages, walk } from './testing/walks.ts';

const migrated = () => walk(new RunStory().read('STATE'), 1, 3).migrate((run) => run.save('STATE', { page: 3 }));

describe('a verdict is not shown', () => {
  test.each<[string, RunStory]>([
    ['before there was a migration', walk(new RunStory(), 1, 9)],
    [
      'while the grace period is open',
      walk(new RunStory(), 1, 9).tell({ kind: 'window-opened', by: 'migration', graceMs: 1_000 }),
    ],
    ['while the Actor starts again', migrated()],
    ['after the state was read, and nothing was done', migrated().read('STATE')],
    ['after one piece of work', migrated().read('STATE').push({ page: 4 })],
    ['after two items, which may be all that it ever pushes', migrated().push({ page: 1 }).push({ page: 2 })],
    [
      'while a state record may still be read',
      migrated().push({ page: 4 }).push({ page: 5 }).push({ page: 6 }).push({ page: 7 }),
    ],
  ])('%s', (_, story) => {
    expect(settled(story.recording())).toBe(false);
  });

  test('while a write that was cut may still be made again', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).migrate((run) => run.push({ page: 9 }, { pending: true }));
    expect(settled(walk(story.read('STATE'), 4, 8).recording())).toBe(false);
    expect(settled(story.push({ page: 9 }).recording())).toBe(true);
  });
});

describe('a verdict is shown', () => {
  test('when the state was read and work goes on', () => {
    const recording = walk(migrated().read('STATE'), 4, 6).recording();
    expect(settled(recording)).toBe(true);
    expect(judge(recording).word).toBe('resumed');
  });

  test('when the work began again', () => {
    const story = new RunStory().push({ page: 1 }).push({ page: 2 }).migrate();
    const recording = story.push({ page: 1 }).push({ page: 2 }).push({ page: 3 }).recording();
    expect(settled(recording)).toBe(true);
    expect(judge(recording).word).toBe('restarted-from-zero');
  });

  test('when so much was done without a look at the state that none will come', () => {
    const story = migrated();
    for (const page of pages(4, 23)) story.push({ page });
    expect(settled(story.recording())).toBe(true);
    expect(judge(story.recording()).word).toBe('partly-resumed');
    expect(judge(story.read('STATE').recording()).word).toBe('partly-resumed');
  });

  test('when the restarted Actor has ended, and when the first one did', () => {
    expect(settled(migrated().exit(1).recording())).toBe(true);
    expect(settled(new RunStory().push({ page: 1 }).exit().recording())).toBe(true);
  });

  test('may become worse: the Actor fails later on', () => {
    const story = walk(migrated().read('STATE'), 4, 6);
    expect(judge(story.recording()).word).toBe('resumed');
    expect(judge(story.exit(1).recording()).word).toBe('did-not-restart');
  });
});
