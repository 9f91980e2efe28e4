import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import { RunStory } from './testing/recording-builder.ts';
import { walk } from './testing/walks.ts';

const resumedAfter = (story: RunStory) => judge(walk(story.next().start().read('STATE'), 4, 6).exit().recording());
const started = () => walk(new RunStory().read('STATE'), 1, 3);

test('an ordinary run has none', () => {
  expect(resumedAfter(started().window().kill()).remarks).toEqual([]);
});

test('locks that ended with their process are an assumption', () => {
  const { remarks } = resumedAfter(started().window().kill('migration', 3));
  expect(remarks).toEqual([expect.stringContaining('3 requests')]);
  expect(remarks[0]).toContain('which is an assumption');
});

test('time stood still while a debugger held the Actor', () => {
  const story = started().window((run) => {
    run.pause(5_000);
  });
  const { remarks, migrations } = resumedAfter(story.kill());
  expect(remarks).toEqual([
    'A debugger held the Actor for 5.0 s: the grace period and the locks stood still in the meantime.',
  ]);
  expect(migrations[0]?.pausedMs).toBe(5_000);
});

test('a migration that was called off was heard of', () => {
  const { remarks } = resumedAfter(started().window(undefined, 'cancelled').window().kill());
  expect(remarks).toEqual([
    'One migration was called off, but the Actor had heard of it: its listeners had run already.',
  ]);
});

test('a migration that nobody listened for did not come, which is told', () => {
  const { remarks } = judge(started().tell({ kind: 'no-listener', by: 'migration' }).exit().recording());
  expect(remarks).toEqual([
    expect.stringMatching(/^The migration that was due .* did not come: the Actor had closed its connection/),
  ]);
});

test('a call that was refused is told once', () => {
  const refused = {
    kind: 'refused',
    method: 'POST',
    path: '/v2/acts/x/runs',
    sentence: 'No other Actor is called.',
  } as const;
  const { remarks } = resumedAfter(started().tell(refused, refused).window().kill());
  expect(remarks).toEqual(['Refused: No other Actor is called.']);
});

test('a file on the local disk would not be there', () => {
  const story = started().window().kill().next().start().read('STATE');
  const verdict = judge(
    walk(story.tell({ kind: 'disk-file', path: 'cache.json', writtenBy: 1 }), 4, 6)
      .exit()
      .recording(),
  );
  expect(verdict.disk).toEqual(['cache.json']);
  expect(verdict.remarks[0]).toContain('`cache.json`');
});

test('after one piece of work, done again, a later migration says more', () => {
  const story = new RunStory()
    .read('STATE')
    .push({ n: 1 })
    .migrate((run) => run.save('STATE', { n: 1 }))
    .read('STATE');
  const { word, remarks } = judge(story.push({ n: 1 }).push({ n: 2 }).exit().recording());
  expect(word).toBe('resumed');
  expect(remarks).toEqual([expect.stringContaining('migrate it later')]);
});
