import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

describe('several migrations', () => {
  test('the worst counts, and is named', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3).migrate((run) => run.save('STATE', { page: 3 }));
    walk(story.read('STATE'), 4, 6).migrate((run) => run.save('STATE', { page: 6 }));
    const verdict = judge(story.push({ page: 1, title: 'Page 1' }).exit().recording());
    expect(verdict).toMatchObject({ word: 'restarted-from-zero', decidedBy: 2 });
    expect(verdict.sentence).toMatch(/^Migration 2 of 2: /);
    expect(verdict.migrations).toHaveLength(2);
  });

  test('a restart from zero each time is one each time', () => {
    const story = new RunStory();
    for (const _ of [1, 2]) story.push({ n: 1 }).push({ n: 2 }).migrate();
    expect(judge(story.push({ n: 1 }).exit().recording())).toMatchObject({ word: 'restarted-from-zero', decidedBy: 2 });
  });
});
