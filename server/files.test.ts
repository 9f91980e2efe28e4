import { describe, expect, it } from 'vitest';
import { actor, ActorFolder, PACKAGE_JSON, UNAWAITED } from './testing/actor-folder.ts';
import { OpenDocument, pullWorkspace } from './testing/documents.ts';
import { PlainClient, PULLS } from './testing/plain-client.ts';

const CHANGED = 2;
const DELETED = 3;

describe('what happens to files', () => {
  it('asks the client to watch sources, package files and configurations', async () => {
    using folder = new ActorFolder({});
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
  });

  it('a malformed package.json is said in words, and its Actor is back when it is mended', async () => {
    using folder = new ActorFolder({ 'package.json': '{ "dependencies": { "apify": ', 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    await pullWorkspace(client);
    await client.until(() => client.status?.notices.some(({ file }) => file.endsWith('package.json')) === true);
    const { refreshes } = client;
    folder.write('package.json', PACKAGE_JSON);
    const changes = [{ uri: folder.uri('package.json'), type: CHANGED }];
    await client.notify('workspace/didChangeWatchedFiles', { changes });
    await client.until(() => client.refreshes > refreshes);
    expect((await pullWorkspace(client)).items).toMatchObject([{ items: [{ code: 'unawaited-write' }] }]);
    expect(client.status?.notices).toEqual([]);
  });

  it('a file that is deleted while it is open is looked at until it is closed', async () => {
    const text = actor(UNAWAITED);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    const before = await document.pull();
    folder.delete('main.js');
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: document.uri, type: DELETED }] });
    await document.pull();
    await document.close();
    const known = [{ uri: document.uri, value: before.resultId ?? '' }];
    expect((await pullWorkspace(client, known)).items).toMatchObject([{ kind: 'full', items: [], version: null }]);
  });

  it('a file that is renamed while it is open is found under its new name', async () => {
    const text = `import './work.js';\n`;
    using folder = new ActorFolder({ 'main.js': text, 'work.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('work.js'), actor(UNAWAITED));
    expect(await document.diagnostics()).toHaveLength(1);
    folder.rename('work.js', 'renamed.js');
    folder.write('main.js', text.replace('work', 'renamed'));
    await document.close();
    const files = [{ oldUri: document.uri, newUri: folder.uri('renamed.js') }];
    await client.notify('workspace/didRenameFiles', { files });
    const changes = [{ uri: folder.uri('main.js'), type: CHANGED }];
    await client.notify('workspace/didChangeWatchedFiles', { changes });
    const renamed = await OpenDocument.open(client, folder.uri('renamed.js'), actor(UNAWAITED));
    expect(await renamed.diagnostics()).toHaveLength(1);
    expect((await pullWorkspace(client)).items.map(({ uri }) => uri)).toEqual([renamed.uri]);
  });

  it('a folder that is deleted takes its findings along', async () => {
    using folder = new ActorFolder({
      'package.json': '{}',
      'actor/package.json': PACKAGE_JSON,
      'actor/main.js': actor(UNAWAITED),
    });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    expect((await pullWorkspace(client)).items).toHaveLength(1);
    folder.delete('actor');
    await client.notify('workspace/didDeleteFiles', { files: [{ uri: folder.uri('actor') }] });
    expect((await pullWorkspace(client)).items).toEqual([]);
  });
});

describe('places in a text', () => {
  const shown = `'Größe 😀';  ${UNAWAITED}`;

  it.each([
    ['LF', actor(shown)],
    ['CRLF', actor(shown).replaceAll('\n', '\r\n')],
  ])('are counted in UTF-16 in a text with %s', async (_, text) => {
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    const [diagnostic] = await document.diagnostics();
    expect(diagnostic && document.textAt(diagnostic.range)).toMatch(/^Actor\.setValue/);
  });

  it('are the same in a file with a byte order mark, open or not', async () => {
    const text = `/* start */ ${actor(UNAWAITED)}`;
    using folder = new ActorFolder({ 'main.js': `\uFEFF${text}` });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const closed = (await pullWorkspace(client)).items;
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    expect(closed).toMatchObject([{ items: await document.diagnostics() }]);
  });

  it('are found in half-typed code without a crash', async () => {
    const text = actor(UNAWAITED);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    await document.replace('await Actor.exit();', 'for (const x of [1,2) { if (');
    await document.pull();
    await document.replace('for (const x of [1,2) { if (', 'await Actor.exit();');
    expect(await document.diagnostics()).toMatchObject([{ code: 'unawaited-write' }]);
    expect(client.status?.state).toBe('ready');
  });
});
