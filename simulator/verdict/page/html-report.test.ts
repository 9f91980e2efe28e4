import { describe, expect, test } from 'vitest';
import type { Recording } from '../../recording.ts';
import { judge, type KeyPlaces } from '../index.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { walk } from '../testing/walks.ts';
import { htmlPage } from './html-page.ts';
import { asHtml, type HtmlReportParts } from './html-report.ts';

const places: KeyPlaces = {
  savedAt: [{ file: 'src/main.js', line: 21 }],
  restoredAt: [{ file: 'src/<restore>.js', line: 9 }],
};

/** The last save is cut, so the restarted Actor reads the one before. */
function lostSave(): Recording {
  const story = walk(new RunStory().read('STATE'), 1, 3);
  story.migrate((run) => run.save('STATE', { page: 4 }, { pending: true }));
  return walk(story.read('STATE'), 4, 6).exit().recording();
}

function html(parts: Partial<HtmlReportParts> = {}): string {
  const recording = parts.recording ?? lostSave();
  return asHtml({ recording, verdict: judge(recording), ...parts });
}

describe('the report in HTML', () => {
  test('begins with the word and says what to do', () => {
    expect(html()).toMatch(/^<h1><span class="tone bad" role="img" aria-label="failed">✗<\/span> Lost writes<\/h1>/u);
    expect(html()).toContain('<h2>What to do</h2>');
    expect(html()).toContain('<code>await Actor.setValue(…)</code>');
  });

  test('draws each process, its grace period, and the write that was cut', () => {
    const page = html();
    expect(page).toMatch(
      /<title>The run over [\d.]+ s: process 1 from .* grace period, .*, killed; process 2 .*, ended\.<\/title>/u,
    );
    expect(page).toMatch(/<g class="mark cut"[^>]*><title>[^<]* default\/STATE: \{&quot;page&quot;:4\}, cut<\/title>/u);
    expect(page).toMatch(/<g class="mark restore"[^>]*><title>[^<]* default\/STATE: read<\/title>/u);
  });

  test('shows what changed in a state record', () => {
    const story = walk(new RunStory().read('STATE'), 1, 3);
    story.migrate((run) => run.save('STATE', { page: 9 }));
    const page = html({ recording: walk(story.read('STATE'), 9, 10).exit().recording() });
    expect(page).toMatch(/jsondiffpatch-left-value"><pre>3<\/pre>/u);
    expect(page).toMatch(/jsondiffpatch-right-value"><pre>9<\/pre>/u);
  });

  test('names places as text, and as links where it is told where they lead', () => {
    expect(html({ placesOf: () => places })).toContain('restored at <code>src/&lt;restore&gt;.js:9</code>');
    const linked = html({ placesOf: () => places, linkTo: ({ line }) => `#"${line}` });
    expect(linked).toContain('<a href="#&quot;21">src/main.js:21</a>');
  });

  test('says what the linter says', () => {
    const finding = { place: { file: 'a.js', line: 3 }, message: '`page` <restarts>', ruleId: 'unawaited-write' };
    expect(html({ findings: [finding] })).toContain(
      '<code>a.js:3</code>: <code>page</code> &lt;restarts&gt; (unawaited-write)',
    );
  });

  test('lets nothing that the Actor wrote become markup', () => {
    const evil = '<script>alert(1)</script>"\'`';
    const story = new RunStory()
      .read(evil)
      .push({ evil })
      .save(evil, { [evil]: evil });
    story.migrate((run) => run.save(evil, { [evil]: evil, more: evil }));
    const page = html({ recording: story.push({ evil }).exit().recording() });
    expect(page).toContain('alert(1)');
    expect(page).not.toMatch(/<script/iu);
  });

  test('draws marks that lie on each other as one that says how many they are', () => {
    const story = walk(new RunStory(), 1, 2_000);
    story.migrate();
    const page = html({ recording: walk(story, 2_001, 2_002).exit().recording() });
    expect(page.match(/<g class="mark work"/gu)?.length).toBeLessThan(400);
    expect(page).toMatch(/and \d+ more<\/title>/u);
  });

  test('is quiet about what there is not', () => {
    const page = html({ recording: new RunStory().exit().recording() });
    expect(page).toContain('Nothing to resume');
    expect(page).not.toContain('State records');
    expect(page).not.toContain('<ul></ul>');
  });
});

test('the page stands for itself: no script, nothing to fetch', () => {
  const page = htmlPage('Migration of <b>', html());
  expect(page).toContain('<title>Migration of &lt;b&gt;</title>');
  expect(page).not.toMatch(/<script|<link|src=|url\(|@import/iu);
});
