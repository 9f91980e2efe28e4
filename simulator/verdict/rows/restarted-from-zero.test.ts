import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

describe('restarted from zero', () => {
  test('nothing is saved, and the first item comes again', () => {
    const story = new RunStory().push({ page: 1 }).push({ page: 2 }).push({ page: 3 }).migrate();
    const verdict = judge(story.push({ page: 1 }).push({ page: 2 }).exit().recording());
    expect(verdict.word).toBe('restarted-from-zero');
    expect(verdict.sentence).toContain(
      'pushed its first item again, `{"page":1}`: none of its progress had been saved',
    );
  });

  test('the state is saved and never read', () => {
    const story = walk(new RunStory(), 1, 3).migrate((run) => run.save('STATE', { page: 3 }));
    const verdict = judge(story.push({ page: 1, title: 'Page 1' }).exit().recording());
    expect(verdict.word).toBe('restarted-from-zero');
    expect(verdict.sentence).toContain('its state was saved in `default/STATE`, but not read');
  });

  test('the state is read, but was never saved', () => {
    const story = new RunStory().read('STATE').push({ page: 1 }).push({ page: 2 }).migrate();
    expect(judge(story.read('STATE').push({ page: 1 }).exit().recording()).sentence).toContain(
      'it asked for `default/STATE`, but nothing had been saved there',
    );
  });

  test('only a state is kept, and it begins again', () => {
    const story = new RunStory().save('STATE', { n: 1 }).save('STATE', { n: 2 }).save('STATE', { n: 3 }).migrate();
    expect(judge(story.save('STATE', { n: 1 }).exit().recording()).word).toBe('restarted-from-zero');
  });

  test('a queue that is emptied at each start', () => {
    const story = new RunStory().add(['/a', '/b']).handle('/a').handle('/b').migrate().drop().add(['/a', '/b']);
    expect(judge(story.handle('/a').exit().recording()).word).toBe('restarted-from-zero');
  });

  test('not by an item that is the first of two requests', () => {
    const story = new RunStory().handle('/a', (run) => run.push({ kind: 'page' })).migrate();
    expect(
      judge(
        story
          .handle('/b', (run) => run.push({ kind: 'page' }))
          .exit()
          .exit()
          .recording(),
      ).word,
    ).toBe('resumed');
  });
});
