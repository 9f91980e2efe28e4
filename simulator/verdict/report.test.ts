import { describe as group, expect, test } from 'vitest';
import { asJson, asMarkdown, asText, describe, exitCode, judge, type KeyPlaces, type Verdict } from './index.ts';
import { RunStory } from './testing/recording-builder.ts';
import { walk } from './testing/walks.ts';

const places: KeyPlaces = {
  savedAt: [{ file: 'src/main.js', line: 21 }],
  restoredAt: [{ file: 'src/[restore] (1).js', line: 9 }],
};

function lostState(): Verdict {
  const story = walk(new RunStory().read('STATE'), 1, 3);
  story.migrate((run) =>
    run.save('STATE', { page: 4 }, { pending: true }).save('STATE', { page: 4 }, { pending: true }),
  );
  return judge(walk(story.read('STATE'), 4, 6).exit().recording());
}

test('the text says what happened, why, and what to do', () => {
  const text = asText(describe(lostState(), () => places));
  expect(text).toMatchInlineSnapshot(`
    "Lost writes
    What was written to \`default/STATE\` was under way when the process was killed and never arrived: the
    restarted Actor read what had been there before.

    What to do
      - Wait for the save: \`await Actor.setValue(…)\`, in a listener that is async or that returns the
        promise. Since SDK 3.7 the restart waits for such a listener, and for no other.
      - Do not end the process in a listener: what is under way then is lost.

    The migration
      - 0.7 s after the start of the run the migration began.
      - The grace period lasted 40 ms: its listeners were done, and the SDK asked for the restart.
      - The new process began 30 ms after the end of the old one.

    State records
      default/STATE: read by the restarted Actor before it wrote it; its last save was lost
        before: {"page":3}
        at the end: {"page":3}
        saved 20 ms before the migration began, at src/main.js:21
        restored at src/[restore] (1).js:9

    Lost writes
      - \`default/STATE\` (record): cut off 30 ms after it had been sent (2 times)

    Run against a local Apify platform: all reads and writes of storages were seen.
    "
  `);
});

test('the Markdown links the places in the source', () => {
  const markdown = asMarkdown(describe(lostState(), () => places));
  expect(markdown).toMatchInlineSnapshot(`
    "# ❌ Lost writes

    What was written to \`default/STATE\` was under way when the process was killed and never arrived: the restarted Actor read what had been there before.

    ## What to do

    - Wait for the save: \`await Actor.setValue(…)\`, in a listener that is async or that returns the promise. Since SDK 3.7 the restart waits for such a listener, and for no other.
    - Do not end the process in a listener: what is under way then is lost.

    ## The migration

    - 0.7 s after the start of the run the migration began.
    - The grace period lasted 40 ms: its listeners were done, and the SDK asked for the restart.
    - The new process began 30 ms after the end of the old one.

    ## State records

    ### ❌ \`default/STATE\`

    - read by the restarted Actor before it wrote it; its last save was lost (restored at [src/\\[restore\\] (1).js:9](src/%5Brestore%5D%20%281%29.js#9))
    - saved 20 ms before the migration began, at [src/main.js:21](src/main.js#21)
    - before: \`{"page":3}\`
    - at the end: \`{"page":3}\`

    ## Lost writes

    - \`default/STATE\` (record): cut off 30 ms after it had been sent (2 times)

    *Run against a local Apify platform: all reads and writes of storages were seen.*
    "
  `);
});

test('a face says how a place is linked', () => {
  const markdown = asMarkdown(
    describe(lostState(), () => places),
    ({ line }) => `command:show?${line}`,
  );
  expect(markdown).toContain('[src/main.js:21](command:show?21)');
});

test('the text is coloured by whoever can', () => {
  const text = asText(describe(lostState()), (style, part) => `<${style}>${part}</${style}>`);
  expect(text).toMatch(/^<bad>Lost writes<\/bad>\n/);
});

test('of many items the first few are shown', () => {
  const story = new RunStory();
  for (let page = 1; page <= 22; page += 1) story.push({ page });
  story.migrate();
  for (let page = 1; page <= 22; page += 1) story.push({ page });
  expect(asText(describe(judge(story.exit().recording())))).toContain('  - {"page":5}\n  - and 17 more\n');
});

group('what an Actor wrote', () => {
  const nasty = '`x` </script> [link](http://evil) \u001B[31m\n# head * _a_ | <img src=x>';
  const story = () =>
    new RunStory()
      .push({ nasty })
      .push({ nasty, n: 2 })
      .charge(nasty)
      .save(nasty, { nasty })
      .save(nasty, { nasty, n: 2 });
  const verdict = judge(story().migrate().push({ nasty }).exit().recording());

  test('stays on its line and in its code in Markdown', () => {
    const markdown = asMarkdown(describe(verdict));
    const outsideOfCode = markdown.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
    expect(outsideOfCode).not.toMatch(/evil|script|img|head/);
  });

  test('moves no cursor in the terminal', () => {
    // eslint-disable-next-line no-control-regex
    expect(asText(describe(verdict))).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
  });

  test('is cut in its middle where it is long', () => {
    const long = judge(
      new RunStory()
        .push({ text: 'x'.repeat(5_000) })
        .push({ n: 2 })
        .migrate()
        .push({ text: 'x'.repeat(5_000) })
        .exit()
        .recording(),
    );
    for (const section of describe(long).repeats)
      for (const example of section.examples) expect(example.length).toBeLessThanOrEqual(160);
    expect(long.sentence.length).toBeLessThan(200);
  });
});

test('JSON has no holes, and the exit code of the verdict unless it was interrupted', () => {
  const json = asJson(lostState());
  expect(json).toMatchObject({
    version: 1,
    verdict: 'lost-writes',
    exitCode: 1,
    keys: [{ store: 'default', key: 'STATE' }],
  });
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(asJson(lostState(), { exitCode: 130 }).exitCode).toBe(130);
});

test.each([
  ['resumed', 0],
  ['lost-writes', 1],
  ['did-not-restart', 1],
  ['nothing-to-resume', 2],
] as const)('the exit code of %s is %i', (word, code) => {
  expect(exitCode({ word })).toBe(code);
});
