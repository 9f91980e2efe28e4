import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

describe('did not restart', () => {
  test.each([
    [1, undefined, 'ended with exit code 1'],
    [undefined, 'SIGSEGV', 'ended by SIGSEGV'],
  ])('the next process ends with code %s, signal %s', (code, signal, part) => {
    const verdict = judge(walk(new RunStory(), 1, 3).migrate().exit(code, signal).recording());
    expect(verdict.word).toBe('did-not-restart');
    expect(verdict.sentence).toContain(part);
  });

  test('the next process makes no call for as long as it may take to start', () => {
    const story = walk(new RunStory(), 1, 3).window().kill().next().start({ calls: false });
    expect(judge(story.pass(60_000).kill('stop').recording()).word).toBe('did-not-restart');
  });

  test('not when it was stopped before it could call', () => {
    const story = walk(new RunStory(), 1, 3).window().kill().next().start({ calls: false }).pass(500).kill('stop');
    expect(judge(story.recording()).word).toBe('nothing-to-resume');
  });

  test('not when somebody pressed Ctrl+C', () => {
    const story = walk(new RunStory(), 1, 3).migrate();
    expect(judge(story.read('STATE').exit(undefined, 'SIGINT').recording()).word).toBe('resumed');
  });

  test('a Map that was saved is named as a likely reason', () => {
    const story = new RunStory().save('STATE', { page: 1, seen: {} }).save('STATE', { page: 2, seen: {} });
    expect(judge(story.migrate().read('STATE').exit(1).recording()).sentence).toContain(
      '`default/STATE` holds {} at `seen`: that is what a Map or a Set becomes when it is saved as JSON.',
    );
  });

  test('the Actor fails when it is told of the migration', () => {
    const verdict = judge(
      walk(new RunStory(), 1, 3)
        .window((run) => run.exit(1), 'exit')
        .recording(),
    );
    expect(verdict.word).toBe('did-not-restart');
  });
});
