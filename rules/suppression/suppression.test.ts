import { describe, expect, it } from 'vitest';

import { ActorWorkspace } from '../actor-workspace.ts';
import type { Analysis } from '../actor-workspace.ts';
import type { RuleSettings } from '../checked-actor.ts';
import type { Finding } from '../finding.ts';
import { memoryFileSystem } from '../workspace/memory-file-system.ts';

const manifest = (name: string): string =>
  JSON.stringify({ name, type: 'module', main: 'main.js', dependencies: { apify: '3.7.2' } });
const START = `import { Actor } from 'apify';\nawait Actor.init();\n`;
const DROPPED = `Actor.setValue('A', 1);`;

function workspaceOf(code: string, name = 'main.js'): ActorWorkspace {
  const main = name === 'main.js' ? {} : { '/w/main.js': `import './${name}';\n` };
  return new ActorWorkspace(
    '/w',
    memoryFileSystem({ '/w/package.json': manifest('one'), ...main, [`/w/${name}`]: START + code }),
  );
}

/** `rule: line`, lines counted without those of the start. */
function linesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ ruleId, range }) => `${ruleId}: ${range.start.line - 1}`);
}

async function analysed(code: string, settings?: RuleSettings): Promise<Analysis> {
  return await workspaceOf(code).analyse(settings);
}

describe('a comment suppresses', () => {
  it('what is found on the next line, and nothing after it', async () => {
    const { findings, suppressed } = await analysed(
      `// actor-state-disable-next-line unawaited-write -- a heartbeat -- truly\n${DROPPED}\n${DROPPED}`,
    );
    expect(linesOf(findings)).toEqual(['unawaited-write: 3']);
    expect(linesOf(suppressed)).toEqual(['unawaited-write: 2']);
    expect(suppressed[0]?.justification).toBe('a heartbeat -- truly');
  });

  it('what is found on its own line', async () => {
    const { findings, suppressed } = await analysed(`${DROPPED} // actor-state-disable-line\n${DROPPED}`);
    expect(linesOf(findings)).toEqual(['unawaited-write: 2']);
    expect(suppressed).toMatchObject([{ justification: undefined }]);
  });

  it('what is found until it ends, rule by rule', async () => {
    const { findings } = await analysed(`${DROPPED}
/* actor-state-disable */
${DROPPED}
/* actor-state-enable unpersisted-state */
${DROPPED}
/* actor-state-enable unawaited-write */
${DROPPED}`);
    expect(linesOf(findings).filter((line) => line.startsWith('unawaited'))).toEqual([
      'unawaited-write: 1',
      'unawaited-write: 7',
    ]);
  });

  it('only the rules that it names', async () => {
    const { findings } = await analysed(`// actor-state-disable-next-line unpersisted-state\n${DROPPED}`);
    expect(linesOf(findings)).toEqual(['unused-suppression: 1', 'unawaited-write: 2']);
  });

  it('nothing from within a string', async () => {
    const { findings } = await analysed(`${DROPPED} console.log('// actor-state-disable-line');`);
    expect(linesOf(findings)).toEqual(['unawaited-write: 1']);
  });
});

describe('a comment is unused', () => {
  const comment = `// actor-state-disable-next-line unawaited-write\n`;

  it('not because its rule is off, but because the rule finds nothing', async () => {
    const off = { 'unawaited-write': 'off' } as const;
    expect((await analysed(comment + DROPPED, off)).findings).toEqual([]);
    expect(linesOf((await analysed(`${comment}await ${DROPPED}`, off)).findings)).toEqual(['unused-suppression: 1']);
    expect((await analysed(`${comment}await ${DROPPED}`, { 'unused-suppression': 'off' })).findings).toEqual([]);
    expect((await analysed(`${comment}await ${DROPPED}`, { 'unused-suppression': 'error' })).findings).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('only where no Actor that has the file needs it', async () => {
    // A counter is state where a crawler's handler counts with it, and none where it is asked once.
    const limits = `export function createLimit(max) {
  let taken = 0; // actor-state-disable-line missing-migrating-handler
  return { take: () => ++taken <= max };
}
`;
    const crawling = `import { CheerioCrawler } from 'crawlee';
import { createLimit } from '../limits.js';
const limit = createLimit(9);
const { urls } = await Actor.getInput();
await new CheerioCrawler({
  async requestHandler({ $ }) {
    if (limit.take()) await Actor.pushData({ title: $('title').text() });
  },
}).run(urls);
`;
    const files = {
      '/w/package.json': '{ "workspaces": ["*"] }',
      '/w/limits.js': limits,
      '/w/a/package.json': manifest('a'),
      '/w/a/main.js': START + crawling,
      '/w/b/package.json': manifest('b'),
      '/w/b/main.js': `${START}import { createLimit } from '../limits.js';\ncreateLimit(9).take();\n`,
    };
    const both = await new ActorWorkspace('/w', memoryFileSystem(files)).analyse();
    expect(both.findings).toEqual([]);
    expect(both.suppressed).toMatchObject([{ ruleId: 'missing-migrating-handler', file: '/w/limits.js' }]);
    const neither = new ActorWorkspace('/w', memoryFileSystem({ ...files, '/w/a/main.js': files['/w/b/main.js'] }));
    expect(linesOf((await neither.analyse()).findings)).toEqual(['unused-suppression: 0']);
  });

  it('the very same finding as before, when nothing has changed', async () => {
    const workspace = workspaceOf(`${comment}await ${DROPPED}`);
    const [first] = (await workspace.analyse()).findings;
    expect((await workspace.analyse()).findings[0]).toBe(first);
  });
});

/** The code after the first finding is suppressed, and what is found in it then. */
async function afterSuppressing(code: string, name = 'main.js') {
  const workspace = workspaceOf(code, name);
  const finding = (await workspace.analyse()).findings.find(({ ruleId }) => ruleId === 'unawaited-write');
  if (finding === undefined) throw new Error('no finding');
  const edit = workspace.suppress(finding);
  if (edit === undefined) return undefined;
  const lines = (START + code).split('\n');
  const { line, character } = edit.range.start;
  const before = [...lines.slice(0, line), lines[line]?.slice(0, character) ?? ''].join('\n');
  const text = before + edit.newText + (START + code).slice(before.length);
  workspace.setDocument(edit.file, text);
  return { text: text.slice(START.length), findings: (await workspace.analyse()).findings };
}

function page(body: string): string {
  return `export const page = (\n  <p>\n    ${body}\n  </p>\n);\n`;
}

describe('the comment that is written', () => {
  it.each([
    [
      'stands above the line, indented as it is',
      `if (true) {\n\t${DROPPED}\n}\n`,
      `if (true) {\n\t// actor-state-disable-next-line unawaited-write\n\t${DROPPED}\n}\n`,
    ],
    [
      'ends its line as the file does',
      `{\r\n  ${DROPPED}\r\n}\r\n`,
      `{\r\n  // actor-state-disable-next-line unawaited-write\r\n  ${DROPPED}\r\n}\r\n`,
    ],
    [
      'joins the one that is there',
      `// actor-state-disable-next-line unpersisted-state -- why\n${DROPPED}\n`,
      `// actor-state-disable-next-line unpersisted-state, unawaited-write -- why\n${DROPPED}\n`,
    ],
  ])('%s', async (_, before, after) => {
    const result = await afterSuppressing(before);
    expect(result?.text).toBe(after);
    expect(result?.findings.filter(({ ruleId }) => ruleId === 'unawaited-write')).toEqual([]);
  });

  it('stands in braces between JSX tags, and without them among attributes', async () => {
    const button = `<b onClick={() => { ${DROPPED} }} />`;
    expect(await afterSuppressing(page(button), 'page.jsx')).toEqual({
      text: page(`{/* actor-state-disable-next-line unawaited-write */}\n    ${button}`),
      findings: [],
    });
    const long = `<b\n      onClick={() => { ${DROPPED} }}\n    />`;
    expect(await afterSuppressing(page(long), 'page.jsx')).toEqual({
      text: page(long.replace('\n      on', '\n      // actor-state-disable-next-line unawaited-write\n      on')),
      findings: [],
    });
  });

  it('is not offered where the line begins within a template or a comment', async () => {
    expect(await afterSuppressing(`console.log(\`\n\${(() => { ${DROPPED} })()}\`);\n`)).toBeUndefined();
    expect(await afterSuppressing(`/* a\nb */ ${DROPPED}\n`)).toBeUndefined();
  });

  it('is not offered for a finding of an earlier analysis', async () => {
    const workspace = workspaceOf(DROPPED);
    const [finding] = (await workspace.analyse()).findings;
    if (finding === undefined) throw new Error('no finding');
    workspace.setDocument('/w/main.js', `${START}\n${DROPPED}`);
    await workspace.analyse();
    expect(workspace.suppress(finding)).toBeUndefined();
  });
});
