import { describe, expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { RunStory } from '../testing/recording-builder.ts';

describe('nothing to resume', () => {
  test.each<[string, RunStory, string]>([
    ['it was migrated before it had done anything', new RunStory().migrate().push({ n: 1 }).exit(), 'Migrate it later'],
    ['it had ended before', new RunStory().push({ n: 1 }).exit(), 'had ended before it was migrated'],
    ['it failed before', new RunStory().push({ n: 1 }).exit(3), 'ended with exit code 3'],
    [
      'it ended in the grace period',
      new RunStory().push({ n: 1 }).window((run) => run.exit(0), 'exit'),
      'ended by itself',
    ],
    ['the migration was called off', new RunStory().push({ n: 1 }).window(undefined, 'cancelled'), 'was cancelled'],
    ['it was not migrated', new RunStory().push({ n: 1 }), 'migration has not come yet'],
  ])('%s', (_, story, part) => {
    const verdict = judge(story.recording());
    expect(verdict.word).toBe('nothing-to-resume');
    expect(verdict.sentence).toContain(part);
  });
});
