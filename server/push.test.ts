import { beforeAll, describe, expect, it } from 'vitest';
import { actor, ActorFolder, UNAWAITED } from './testing/actor-folder.ts';
import { OpenDocument } from './testing/documents.ts';
import { IS_SENT_TO, PlainClient } from './testing/plain-client.ts';
import { buildServer } from './testing/transports.ts';

beforeAll(buildServer, 120_000);

describe('a client that cannot ask for diagnostics', () => {
  it('is not offered to', async () => {
    using folder = new ActorFolder({});
    await using client = await PlainClient.start({ capabilities: IS_SENT_TO, folders: [folder.path] });
    expect(client.greeting.capabilities.diagnosticProvider).toBeUndefined();
  });

  it('is sent the findings of files that are not open', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({ capabilities: IS_SENT_TO, folders: [folder.path] });
    await client.until(() => client.published.has(folder.uri('main.js')));
    expect(client.published.get(folder.uri('main.js'))?.diagnostics).toMatchObject([{ code: 'unawaited-write' }]);
  });

  it('is sent new findings with the version of the text that they are of, and an empty list when they are gone', async () => {
    const text = actor(`await ${UNAWAITED}`);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.startProcess({ capabilities: IS_SENT_TO, folders: [folder.path] });
    const document = await OpenDocument.open(client, folder.uri('main.js'), text);
    const shown = () => client.published.get(document.uri);
    await document.replace('await Actor.setValue', 'Actor.setValue');
    await client.until(() => shown()?.diagnostics.length === 1);
    expect(shown()?.version).toBe(document.version);
    await document.replace('Actor.setValue', 'await Actor.setValue');
    await client.until(() => shown()?.diagnostics.length === 0);
    expect(shown()?.version).toBe(document.version);
  });

  it('is sent an empty list for a file that was deleted', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({ capabilities: IS_SENT_TO, folders: [folder.path] });
    const uri = folder.uri('main.js');
    await client.until(() => client.published.get(uri)?.diagnostics.length === 1);
    folder.delete('main.js');
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
    await client.until(() => client.published.get(uri)?.diagnostics.length === 0);
  });

  it('is sent an empty list for each file of a folder that is closed', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    const capabilities = { ...IS_SENT_TO, workspace: { workspaceFolders: true } };
    await using client = await PlainClient.start({ capabilities, folders: [folder.path] });
    const uri = folder.uri('main.js');
    await client.until(() => client.published.get(uri)?.diagnostics.length === 1);
    const removed = [{ uri: folder.uri('.'), name: 'closed' }];
    await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed } });
    await client.until(() => client.published.get(uri)?.diagnostics.length === 0);
  });
});
