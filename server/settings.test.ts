import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';
import { actor, ActorFolder, MANIFEST, UNAWAITED } from './testing/actor-folder.ts';
import { pullWorkspace } from './testing/documents.ts';
import { IS_SENT_TO, PlainClient, PULLS } from './testing/plain-client.ts';

const AS_HINT = { rules: { 'unawaited-write': 'hint' } };

describe('reading the settings', () => {
  it('leaves out what is at its default, so that package.json decides', () => {
    const section = { rules: { one: 'default', other: 'error' } };
    expect(readSettings(section)).toEqual({ settings: { enable: true, rules: { other: 'error' } }, problems: [] });
  });

  it('says what it cannot understand, and takes the rest', () => {
    const { settings, problems } = readSettings({ rules: { one: 'loud', other: 'off' } });
    expect(settings.rules).toEqual({ other: 'off' });
    expect(problems).toEqual([
      'actorState.rules.one is "loud"; it can be off, hint, information, warning, error, default, always',
    ]);
  });

  it.each([null, undefined, 7, [], { rules: null }, { rules: [] }])('takes %j as nothing set', (section) => {
    expect(readSettings(section).settings).toEqual({ enable: true, rules: {} });
  });
});

describe('the settings of the editor', () => {
  it('change a severity as soon as they change, and the client is told to ask again', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const [before] = (await pullWorkspace(client)).items;
    expect(before).not.toMatchObject({ items: [{ severity: 4 }] });
    client.settings = AS_HINT;
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.refreshes > 0);
    expect((await pullWorkspace(client)).items).toMatchObject([{ items: [{ severity: 4 }] }]);
  });

  it("win over the Actor's package.json, but leave it alone at their default", async () => {
    const manifest = { ...MANIFEST, actorState: { rules: { 'unawaited-write': 'hint' } } };
    using folder = new ActorFolder({ 'package.json': JSON.stringify(manifest), 'main.js': actor(UNAWAITED) });
    const settings = { rules: { 'unawaited-write': 'default' } };
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path], settings });
    expect((await pullWorkspace(client)).items).toMatchObject([{ items: [{ severity: 4 }] }]);
    client.settings = { rules: { 'unawaited-write': 'information' } };
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    expect((await pullWorkspace(client)).items).toMatchObject([{ items: [{ severity: 3 }] }]);
  });

  it('turn everything off, with the status saying so', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    const settings = { enable: false };
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path], settings });
    expect(await pullWorkspace(client)).toEqual({ items: [] });
    await client.until(() => client.status?.state === 'off');
  });

  it('are taken from initialize, and from each change, of a client that answers no questions', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    await using client = await PlainClient.start({
      capabilities: IS_SENT_TO,
      folders: [folder.path],
      initializationOptions: { actorState: AS_HINT },
    });
    const uri = folder.uri('main.js');
    await client.until(() => client.published.get(uri)?.diagnostics[0]?.severity === 4);
    const settings = { actorState: { rules: { 'unawaited-write': 'off' } } };
    await client.notify('workspace/didChangeConfiguration', { settings });
    await client.until(() => client.published.get(uri)?.diagnostics.length === 0);
  });

  it('that cannot be understood are logged', async () => {
    using folder = new ActorFolder({ 'main.js': actor(UNAWAITED) });
    const settings = { rules: { 'unawaited-write': 'loud' } };
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path], settings });
    await pullWorkspace(client);
    await client.until(() => client.logged.some((line) => line.includes('actorState.rules.unawaited-write is "loud"')));
  });
});
