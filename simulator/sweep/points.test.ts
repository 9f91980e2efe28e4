import { describe, expect, test } from 'vitest';
import { parseTrigger, TriggerSequence } from '../run/trigger.ts';
import { RunStory } from '../verdict/testing/recording-builder.ts';
import { pointsOf } from './points.ts';
import { select } from './selection.ts';

function walk(pages: number): RunStory {
  const story = new RunStory();
  for (let page = 1; page <= pages; page += 1) story.push({ page }).pass(50).save('STATE', { page }).pass(50);
  return story;
}

describe('the points of interest of a run', () => {
  test('are its start, and before and after each write', () => {
    const points = pointsOf(walk(1).charge('page').exit().recording());
    expect(points.map(({ at, what }) => `${at} ${what}`)).toEqual([
      '0ms at its start',
      'before-write:1 before items to dataset default',
      'write:1 after items to dataset default',
      'before-write:2 before the record default/STATE',
      'write:2 after the record default/STATE',
      'before-write:3 before charge page',
      'write:3 after charge page',
    ]);
  });

  test('are each handled request, and during and after each persistState, by what the SDK keeps then', () => {
    const story = new RunStory()
      .handle('/a')
      .pass(20)
      .save('SDK_STATISTICS', 1)
      .pass(20)
      .handle('/b')
      .save('SDK_STATISTICS', 2);
    expect(pointsOf(story.recording()).map(({ at }) => at)).toEqual([
      '0ms',
      'before-write:1',
      'request:1',
      'before-key:SDK_STATISTICS:1',
      'key:SDK_STATISTICS:1',
      'before-write:2',
      'request:2',
      'before-key:SDK_STATISTICS:2',
      'key:SDK_STATISTICS:2',
    ]);
  });

  test('are before and after each addition to a queue, named by how many requests have been added', () => {
    const points = pointsOf(new RunStory().add(['/a', '/b']).pass(20).add(['/c']).push({}).exit().recording());
    expect(points.map(({ at, what }) => `${at} ${what}`)).toEqual([
      '0ms at its start',
      'before-add:2 before requests to queue default',
      'add:2 after requests to queue default',
      'before-add:3 before requests to queue default',
      'add:3 after requests to queue default',
      'before-write:1 before items to dataset default',
      'write:1 after items to dataset default',
    ]);
  });

  test('are one where the frame could not come between them', () => {
    const story = new RunStory().push(1, { pending: true });
    const { events, ...recording } = story.recording();
    const last = events.at(-1);
    const close = last?.kind === 'write' ? [{ ...last, id: 2, at: last.at + 4 }] : [];
    const later = last?.kind === 'write' ? [{ ...last, id: 3, at: last.at + 9 }] : [];
    const points = pointsOf({ ...recording, events: [...events, ...close, ...later] });
    expect(points.map(({ at }) => at)).toEqual(['0ms', 'before-write:1', 'before-write:3']);
  });

  test('are each what `--at` is met by at that time', () => {
    const { events, ...recording } = walk(2).add(['/a', '/b']).handle('/a').save('SDK_X', 1).exit().recording();
    const points = pointsOf({ ...recording, events });
    expect(points).toHaveLength(15);
    for (const { at, time } of points) {
      const sequence = new TriggerSequence([parseTrigger(at)]);
      expect(events.find((event) => sequence.see(event) !== undefined)?.at, at).toBe(time);
    }
  });
});

describe('of more points than the limit', () => {
  const points = pointsOf(walk(50).exit().recording());

  test('the first and the last of each kind are chosen before others like them, and the rest is told', () => {
    const { chosen, leftOut } = select(points, 12);
    expect(chosen.map(({ at }) => at)).toEqual([
      '0ms',
      'before-write:1',
      'write:1',
      'before-write:2',
      'write:2',
      'before-write:3',
      'write:49',
      'before-write:50',
      'before-write:99',
      'write:99',
      'before-write:100',
      'write:100',
    ]);
    expect(leftOut.reduce((sum, { count }) => sum + count, 0)).toBe(points.length - 12);
    expect(leftOut).toContainEqual({ count: 48, like: 'write:2', what: 'after the record default/STATE' });
  });

  test('none is left out, and none comes twice, where the limit is high enough', () => {
    const { chosen, leftOut } = select(points, points.length);
    expect(chosen).toEqual(points);
    expect(leftOut).toEqual([]);
  });
});
