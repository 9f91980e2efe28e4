import { describe as group, expect, test } from 'vitest';
import { adviceFor } from '../advice.ts';
import { judge } from '../judge.ts';
import { describe } from '../report.ts';
import { settled } from '../settled.ts';
import { asText } from '../text.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';

const begun = (): RunStory => walk(new RunStory().read('STATE'), 1, 4);
const aborted = (): RunStory => begun().abortGracefully((run) => run.save('STATE', { page: 5 }));

group('a graceful abort on which the Actor ended', () => {
  test('is no end of the run: its state is looked for in the process that followed', () => {
    const verdict = judge(walk(aborted().read('STATE'), 5, 8).exit().recording());
    expect(verdict).toMatchObject({ word: 'resumed', keys: [{ restored: 'read' }] });
    expect(verdict.migrations).toMatchObject([{ by: 'graceful-abort', endedBy: 'exit', killToStartMs: 20 }]);
    expect(asText(describe(verdict))).not.toMatch(/migrat/i);
  });

  test('is no failure either where it ended badly', () => {
    const story = begun().abortGracefully((run) => run.save('STATE', { page: 5 }), 1);
    expect(judge(walk(story.read('STATE'), 5, 8).exit().recording()).word).toBe('resumed');
  });

  test('can lose what was under way at its end', () => {
    const story = begun().abortGracefully((run) => run.save('STATE', { page: 5 }, { pending: true }));
    const verdict = judge(walk(story.read('STATE'), 5, 8).exit().recording());
    expect(verdict.word).toBe('lost-writes');
    expect(verdict.sentence).toContain('was under way when the process ended and never arrived');
  });

  test('is not judged before the next process has shown something', () => {
    const story = begun()
      .window((run) => run.save('STATE', { page: 5 }), 'exit', 'graceful-abort')
      .exit();
    expect(settled(story.recording())).toBe(false);
    expect(judge(story.recording())).toMatchObject({ word: 'nothing-to-resume', decidedBy: 1 });
  });

  test('is named by its events where it has saved nothing', () => {
    const verdict = judge(walk(begun().abortGracefully(), 1, 8).exit().recording());
    expect(verdict.word).toBe('restarted-from-zero');
    expect(adviceFor(verdict).join(' ')).toContain('sends `aborting` and `persistState`, and never `migrating`');
  });
});

group('a process that was killed at once', () => {
  test.each([
    ['reboot', 'it was rebooted', 'The reboot'],
    ['abort', 'it was aborted', 'The abort'],
    ['timeout', 'its time was up', 'The time-out'],
  ] as const)('by %s has no grace period, and is not called migrated', (why, happened, title) => {
    const story = begun().save('STATE', { page: 5 }).pass(300).kill(why).next().start();
    const verdict = judge(walk(story.read('STATE'), 5, 8).exit().recording());
    expect(verdict.word).toBe('resumed');
    expect(verdict.migrations).toMatchObject([{ by: why, windowMs: 0, endedBy: undefined }]);
    const text = asText(describe(verdict));
    expect(text).toContain(`${title}\n`);
    expect(text).toContain(`after the start of the run ${happened}.\n`);
    expect(text).toContain(`saved 0.3 s before ${happened}`);
    expect(text).not.toMatch(/migrat/i);
  });

  test('is told apart from a reboot that the Actor asked for', () => {
    const asked = begun().tell({ kind: 'reboot-requested' }).kill('reboot').next().start();
    expect(judge(asked.exit().recording()).migrations).toMatchObject([{ by: 'reboot', endedBy: 'reboot' }]);
  });

  test('is advised to save more often', () => {
    const verdict = judge(walk(begun().kill('timeout').next().start(), 1, 8).exit().recording());
    expect(verdict.word).toBe('restarted-from-zero');
    expect(adviceFor(verdict).join(' ')).toContain('No event comes before a time-out');
  });

  test('more than once is counted by its name', () => {
    const story = walk(begun().kill('abort').next().start(), 1, 4).kill('abort').next().start();
    expect(judge(walk(story, 1, 8).exit().recording()).sentence).toMatch(/^Abort 2 of 2: /);
  });
});

test.each([
  ['reboot', 'before it was rebooted'],
  ['timeout', 'before its time was up'],
] as const)('an Actor that had ended before is told so, by %s', (by, words) => {
  expect(judge(begun().exit().recording(), { by }).sentence).toContain(words);
});
