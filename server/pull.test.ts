import { beforeAll, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { actor, ActorFolder, MANIFEST, PACKAGE_JSON, UNAWAITED } from './testing/actor-folder.ts';
import { OpenDocument, pullWorkspace } from './testing/documents.ts';
import { PlainClient, PULLS } from './testing/plain-client.ts';
import { buildServer } from './testing/transports.ts';

beforeAll(buildServer, 120_000);

const manifest = (name: string): string => JSON.stringify({ ...MANIFEST, name });
const found = expect.objectContaining({ source: 'actor-state', code: 'unawaited-write' });

describe('a client that asks for diagnostics', () => {
  it('is offered to ask, for files that depend on each other and for the workspace', async () => {
    using folder = new ActorFolder({});
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    expect(client.greeting.capabilities.diagnosticProvider).toMatchObject({
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
  });

  it('gets the findings of an opened file, with its rule, its page and its place', async () => {
    const text = actor(UNAWAITED);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.startProcess({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    const [diagnostic, ...others] = await document.diagnostics();
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      source: 'actor-state',
      code: 'unawaited-write',
      codeDescription: { href: expect.stringMatching(/^file:.*\/rules\/catalogue\/unawaited-write\/rule\.md$/) },
      range: { start: { line: 2 } },
    });
  });

  it('gets the findings of a file in one of many Actors before all of them have been looked at, by the text in the editor', async () => {
    const others = Array.from({ length: 20 }, (_, index) => `other${index}`);
    using folder = new ActorFolder({
      'package.json': '{}',
      'shop/package.json': manifest('shop'),
      'shop/main.js': actor(''),
      ...Object.fromEntries(
        others.flatMap((name) => [
          [`${name}/package.json`, manifest(name)],
          [`${name}/main.js`, actor(UNAWAITED)],
        ]),
      ),
    });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const shop = await OpenDocument.open(client, folder.uri('shop/main.js'), actor(UNAWAITED));
    const whole = pullWorkspace(client);
    const answered: string[] = [];
    const note = (what: string) => () => answered.push(what);
    const report = shop.pull();
    await Promise.all([report.then(note('file')), whole.then(note('workspace'))]);
    expect(answered).toEqual(['file', 'workspace']);
    const first = await report;
    expect(first).toMatchObject({ kind: 'full', items: [found] });
    // What the whole says of the file is the same: there is nothing new for the client.
    expect(await shop.pull(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  });

  it('gets new findings after each edit, and `unchanged` while they are the same', async () => {
    const text = actor(`await ${UNAWAITED}`);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    const clean = await document.pull();
    expect(clean).toMatchObject({ kind: 'full', items: [] });
    await document.replace('await Actor.setValue', 'Actor.setValue');
    const faulty = await document.pull(clean.resultId);
    expect(faulty).toMatchObject({ kind: 'full', items: [found] });
    expect(await document.pull(faulty.resultId)).toEqual({ kind: 'unchanged', resultId: faulty.resultId });
    await document.replace('Actor.setValue', 'await Actor.setValue');
    expect(await document.pull(faulty.resultId)).toMatchObject({ kind: 'full', items: [] });
  });

  it('gets the findings of the newest text when it goes on typing while it waits', async () => {
    const text = actor(`await ${UNAWAITED}`);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    const asked = document.pull();
    await document.replace('await Actor.setValue', 'Actor.setValue');
    expect(await asked).toMatchObject({ kind: 'full', items: [found] });
  });

  it('sees an edit in one file change the findings of another', async () => {
    const main = `import { save } from './save.js';\n${actor('save();')}`;
    const save = `import { Actor } from 'apify';\nexport function save() {\n  return Actor.setValue('state', 1);\n}\n`;
    using folder = new ActorFolder({ 'main.js': main, 'save.js': save });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const mainDocument = await OpenDocument.open(client, folder.uri('main.js'), main);
    const saveDocument = await OpenDocument.open(client, folder.uri('save.js'), save);
    expect(await mainDocument.diagnostics()).toEqual([found]);
    await saveDocument.replace("return Actor.setValue('state', 1);", 'return 1;');
    // The client asks for the file it types in, and is told to ask again for the other one.
    const { refreshes } = client;
    expect(await saveDocument.diagnostics()).toEqual([]);
    await client.until(() => client.refreshes > refreshes);
    expect(await mainDocument.diagnostics()).toEqual([]);
  });

  it('is not told to ask again for what it is being given', async () => {
    const text = actor(`await ${UNAWAITED}`);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    expect(await document.diagnostics()).toEqual([]);
    const { refreshes } = client;
    await document.replace('await Actor.setValue', 'Actor.setValue');
    // What the server sends while it works on the answer arrives before the answer.
    expect(await document.diagnostics()).toEqual([found]);
    expect(client.refreshes).toBe(refreshes);
  });

  it('gets no answer but the cancellation when it cancels', async () => {
    const text = actor(UNAWAITED);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: document.uri } };
    const asked = client.request('textDocument/diagnostic', params, source.token);
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32_800 });
    expect(await document.diagnostics()).toEqual([found]);
  });
});

describe('a client that asks for the workspace', () => {
  it('gets the files that are not open, and later only what has changed', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const { items } = await pullWorkspace(client);
    expect(items).toMatchObject([{ kind: 'full', uri: folder.uri('main.js'), version: null, items: [found] }]);
    const known = items.map(({ uri, resultId = '' }) => ({ uri, value: resultId }));
    expect(await pullWorkspace(client, known)).toMatchObject({ items: [{ kind: 'unchanged' }] });
    folder.write('main.js', actor(`await ${UNAWAITED}`));
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uri('main.js'), type: 2 }] });
    expect(await pullWorkspace(client, known)).toMatchObject({ items: [{ kind: 'full', items: [] }] });
  });

  it('goes on getting the findings of a folder that is closed while the one around it stays open', async () => {
    using outer = new ActorFolder({ 'inner/package.json': PACKAGE_JSON, 'inner/main.js': actor(UNAWAITED) });
    const inner = { uri: outer.uri('inner'), name: 'inner' };
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [outer.path, `${outer.path}/inner`] });
    const expected = [{ uri: outer.uri('inner/main.js'), items: [found] }];
    expect((await pullWorkspace(client)).items).toMatchObject(expected);
    await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [inner] } });
    expect((await pullWorkspace(client)).items).toMatchObject(expected);
  });

  it('gets the findings in parts, and is kept waiting until there is something new', async () => {
    using one = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    using other = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [one.path, other.path] });
    const parts: unknown[] = [];
    client.onProgress('parts', (part) => parts.push(part));
    const params = { previousResultIds: [], partialResultToken: 'parts' };
    expect(await client.request('workspace/diagnostic', params)).toEqual({ items: [] });
    expect(parts).toMatchObject([{ items: [{ uri: one.uri('main.js') }] }, { items: [{ uri: other.uri('main.js') }] }]);

    const known = (await pullWorkspace(client)).items.map(({ uri, resultId = '' }) => ({ uri, value: resultId }));
    const more: unknown[] = [];
    client.onProgress('more', (part) => more.push(part));
    const waiting = client.request('workspace/diagnostic', { previousResultIds: known, partialResultToken: 'more' });
    other.write('main.js', actor(`await ${UNAWAITED}`));
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: other.uri('main.js'), type: 2 }] });
    expect(await waiting).toMatchObject({
      items: expect.arrayContaining([
        { kind: 'full', uri: other.uri('main.js'), items: [], resultId: expect.any(String), version: null },
      ]),
    });
  });
});
