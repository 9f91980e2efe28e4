import { describe, expect, test } from 'vitest';
import type { EventsFault } from '../recording.ts';
import { adviceFor } from './advice.ts';
import { judge } from './judge.ts';
import { RunStory } from './testing/recording-builder.ts';

/** Begins again, after a migration of which its connection to the events does this. */
function adviceAfter(fault?: EventsFault): string {
  const story = new RunStory().push({ n: 1 }).push({ n: 2 }).push({ n: 3 });
  story
    .tell(
      { kind: 'frame-sent', name: 'migrating', ...(fault && { fault }) },
      { kind: 'window-opened', by: 'migration', graceMs: 1_000 },
    )
    .pass(1_000)
    .tell({ kind: 'window-closed', endedBy: 'deadline' })
    .kill()
    .next()
    .start();
  const verdict = judge(story.push({ n: 1 }).push({ n: 2 }).push({ n: 3 }).exit().recording());
  expect(verdict.word).toBe('restarted-from-zero');
  return adviceFor(verdict).join(' ');
}

describe('what to do where a migration found no state', () => {
  test('is to save at the event, where it came', () => {
    for (const advice of [adviceAfter(), adviceAfter({ kind: 'slow', ms: 500 })]) {
      expect(advice).toContain('saved at every migration');
      expect(advice).not.toContain('No event');
    }
  });

  test.each<EventsFault>([{ kind: 'closed' }, { kind: 'slow', ms: 3_000 }])(
    'is to save after each piece of work, where none came through: $kind',
    (fault) => {
      const advice = adviceAfter(fault);
      expect(advice).toContain('saved once a minute');
      expect(advice).toContain('No event came through before the migration');
      expect(advice).toContain('Save after each piece of work');
      expect(advice).not.toContain('every migration');
    },
  );
});
