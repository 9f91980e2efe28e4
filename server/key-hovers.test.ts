import type { ClientCapabilities, Hover } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { actor, ActorFolder } from './testing/actor-folder.ts';
import { OpenDocument } from './testing/documents.ts';
import { PlainClient, PULLS } from './testing/plain-client.ts';

const MARKDOWN: ClientCapabilities = {
  ...PULLS,
  textDocument: { ...PULLS.textDocument, hover: { contentFormat: ['markdown', 'plaintext'] } },
};

const KEYS = "export const STATE = 'CRAWL-STATE';\n";
const MAIN = [
  "import { Actor } from 'apify';",
  "import { STATE } from './keys.js';",
  'await Actor.init();',
  'let page = (await Actor.getValue(STATE))?.page ?? 1;',
  'const save = async () => await Actor.setValue(STATE, { page });',
  "Actor.on('migrating', save);",
  "Actor.on('persistState', save);",
  "const seen = await Actor.useState('SEEN', {});",
  'for (; page < 500; page += 1) {',
  '  seen[page] = true;',
  '  await Actor.pushData({ page });',
  "  await Actor.setValue('LAST', page);",
  '}',
  "const store = await Actor.openKeyValueStore('reports');",
  "await store.setValue('RE`PORT', { page });",
  'await Actor.exit();',
  '',
].join('\n');

/** Hovers over the first letter of a text in main.js, or in another file. */
async function hoverOver(
  text: string,
  { capabilities = MARKDOWN, files = {}, file = 'main.js', settings }: HoverRequest = {},
): Promise<{ readonly value: string | undefined; readonly covered: string | undefined }> {
  const all: Readonly<Record<string, string>> = { 'main.js': MAIN, 'keys.js': KEYS, ...files };
  using folder = new ActorFolder(all);
  await using client = await PlainClient.start({ capabilities, folders: [folder.path], settings });
  const lines = (all[file] ?? '').split('\n');
  const line = lines.findIndex((each) => each.includes(text));
  const character = (lines[line] ?? '').indexOf(text);
  expect(line).toBeGreaterThanOrEqual(0);
  const hover = await client.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: folder.uri(file) },
    position: { line, character },
  });
  if (hover === null) return { value: undefined, covered: undefined };
  const { contents, range } = hover;
  if (typeof contents === 'string' || Array.isArray(contents) || !('kind' in contents)) throw new Error('no markup');
  return {
    value: contents.value.replaceAll(folder.uri('.').replace(/\/$/u, ''), 'file:'),
    covered: (lines[range?.start.line ?? 0] ?? '').slice(range?.start.character, range?.end.character),
  };
}

/** The files of an Actor that uses `shared.js`. */
const sharing = (name: string): Record<string, string> => ({
  [`${name}/package.json`]: JSON.stringify({
    name,
    type: 'module',
    main: 'main.js',
    dependencies: { apify: '^3.7.0' },
  }),
  [`${name}/main.js`]: `import { Actor } from 'apify';\nimport { save } from '../shared.js';\nawait Actor.init();\nActor.on('migrating', save);\nawait Actor.exit();\n`,
});

interface HoverRequest {
  readonly capabilities?: ClientCapabilities;
  readonly files?: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly settings?: unknown;
}

describe('the hover on a key', () => {
  it('says where it is saved, on which events, and where it is restored', async () => {
    expect(await hoverOver('STATE, { page }')).toEqual({
      value: [
        '**`CRAWL-STATE`** in the default key-value store',
        '',
        '- saved in [main.js:5](file:/main.js#L5) on `migrating` and on `persistState`',
        '- restored in [main.js:4](file:/main.js#L4)',
      ].join('\n'),
      covered: 'STATE',
    });
  });

  it('stands on the constant in another module, too', async () => {
    const { value, covered } = await hoverOver("'CRAWL-STATE'", { file: 'keys.js' });
    expect(value).toContain('saved in [main.js:5]');
    expect(covered).toBe("'CRAWL-STATE'");
  });

  it('says what the SDK keeps', async () => {
    const { value } = await hoverOver("'SEEN'");
    expect(value).toMatch(
      /^- kept by `useState` in \[main\.js:8\].*: saved on `persistState` and before a migration/mu,
    );
    expect(value).not.toContain('never');
  });

  it('says what the long-running code saves, and that nothing restores it', async () => {
    const { value } = await hoverOver("'LAST'");
    expect(value).toContain('- saved in [main.js:12](file:/main.js#L12) in each round of a loop\n- never restored');
  });

  it('names another store, and shows a key as it is', async () => {
    const { value } = await hoverOver("'RE`PORT'");
    expect(value).toMatch(/^\*\*``RE`PORT``\*\* in key-value store `reports`\n\n- saved in \[main\.js:15\]\(\S+\)\n/u);
  });

  it('is plain text for a client that shows no other', async () => {
    const { value } = await hoverOver('STATE))', { capabilities: PULLS });
    expect(value).toBe(
      'CRAWL-STATE in the default key-value store\n\n- saved in main.js:5 on migrating and on persistState\n- restored in main.js:4',
    );
  });

  it('tells of each Actor that shares the file', async () => {
    const shared = "import { Actor } from 'apify';\nexport const save = () => Actor.setValue('SHARED', 1);\n";
    const files = { 'main.js': '', 'keys.js': '', 'shared.js': shared, ...sharing('shop'), ...sharing('news') };
    const { value } = await hoverOver("'SHARED'", { file: 'shared.js', files });
    expect(value).toMatch(/key-value store of news\n/u);
    expect(value).toMatch(/key-value store of shop\n/u);
  });

  it('is not there beside a key, and not where the analysis is turned off', async () => {
    expect(await hoverOver('seen[page]')).toEqual({ value: undefined, covered: undefined });
    expect((await hoverOver("'LAST'", { settings: { enable: false } })).value).toBeUndefined();
  });

  it('is of the text in the editor', async () => {
    using folder = new ActorFolder({ 'main.js': actor('') });
    await using client = await PlainClient.start({ capabilities: MARKDOWN, folders: [folder.path] });
    const text = actor("await Actor.setValue('NEW', 1);");
    await OpenDocument.open(client, folder.uri('main.js'), text);
    const hover = await client.request<Hover | null>('textDocument/hover', {
      textDocument: { uri: folder.uri('main.js') },
      position: { line: 2, character: 'await Actor.setValue('.length },
    });
    expect(hover).toMatchObject({ contents: { value: expect.stringContaining('**`NEW`**') } });
  });
});
