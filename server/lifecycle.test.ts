import { beforeAll, describe, expect, it } from 'vitest';
import { actor, ActorFolder, UNAWAITED } from './testing/actor-folder.ts';
import { OpenDocument, pullWorkspace } from './testing/documents.ts';
import { PlainClient, PULLS } from './testing/plain-client.ts';
import { buildServer } from './testing/transports.ts';

beforeAll(buildServer, 120_000);

describe('the server', () => {
  it('says who it is, that it counts in UTF-16, and takes changes by range', async () => {
    await using client = await PlainClient.startProcess({ capabilities: PULLS });
    expect(client.greeting).toMatchObject({
      serverInfo: { name: 'actor-state', version: expect.any(String) },
      capabilities: { positionEncoding: 'utf-16', textDocumentSync: { openClose: true, change: 2 } },
    });
  });

  it('ends with 0 after a shutdown, even while a request is kept waiting', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.startProcess({ capabilities: PULLS, folders: [folder.path] });
    const known = (await pullWorkspace(client)).items.map(({ uri, resultId = '' }) => ({ uri, value: resultId }));
    const waiting = client.request('workspace/diagnostic', { previousResultIds: known, partialResultToken: 'kept' });
    await client.request('shutdown', undefined);
    expect(await waiting).toMatchObject({ items: [{ kind: 'unchanged' }] });
    expect(await client.exit()).toBe(0);
  });

  it('ends with 1 when it is told to exit without a shutdown', async () => {
    await using client = await PlainClient.startProcess({ capabilities: PULLS });
    expect(await client.exit()).toBe(1);
  });

  it('ends with 1 when its client is gone', async () => {
    await using client = await PlainClient.startProcess({ capabilities: PULLS });
    expect(await client.hangUp()).toBe(1);
  });

  it('says why it is idle, and what it has found once there is an Actor', async () => {
    using plain = new ActorFolder({ 'package.json': '{ "name": "no-actor" }', 'main.js': 'export {};' });
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.startProcess({ capabilities: PULLS, folders: [plain.path] });
    await client.until(() => client.status?.state === 'idle' && client.status.reason === 'No Actor in this folder');
    const added = [{ uri: folder.uri('.'), name: 'actor' }];
    await client.notify('workspace/didChangeWorkspaceFolders', { event: { added, removed: [] } });
    await client.until(() => client.status?.state === 'ready');
    expect(client.status).toMatchObject({ actors: 1, findings: 1, reason: '1 finding in 1 Actor' });
  });

  it('looks at a file outside the workspace as part of its package, for as long as it is open', async () => {
    const text = actor(UNAWAITED);
    using folder = new ActorFolder({ 'src/main.js': text });
    await using client = await PlainClient.startProcess({ capabilities: PULLS, folders: [] });
    const document = await OpenDocument.open(client, folder.uri('src/main.js'), text);
    expect(await document.diagnostics()).toMatchObject([{ code: 'unawaited-write' }]);
    await document.close();
    expect(await pullWorkspace(client)).toEqual({ items: [] });
  });

  it('has nothing to say about a text that is no file', async () => {
    await using client = await PlainClient.startProcess({ capabilities: PULLS });
    const document = await OpenDocument.open(client, 'untitled:Untitled-1', actor(UNAWAITED));
    expect(await document.diagnostics()).toEqual([]);
  });
});
