import { describe, expect, it } from 'vitest';
import type { ActorsAnswer, Place } from './actors.ts';
import { actor, ActorFolder } from './testing/actor-folder.ts';
import { OpenDocument } from './testing/documents.ts';
import { PlainClient, PULLS } from './testing/plain-client.ts';

const LISTENS = [
  "const state = await Actor.useState('PROGRESS', { page: 1 });",
  "Actor.on('migrating', async () => {",
  "  await Actor.setValue('POSITION', state.page);",
  '});',
  "state.page = (await Actor.getValue('POSITION')) ?? 1;",
].join('\n');

describe('the request for the Actors', () => {
  it('tells where each one starts, listens, saves and restores', async () => {
    const text = actor(LISTENS);
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const { actors } = await client.request<ActorsAnswer>('actorState/actors', undefined);
    const [found] = actors;
    expect(found).toMatchObject({
      root: folder.uri('.').replace(/\/$/, ''),
      name: 'sample',
      sdk: { package: 'apify' },
    });
    expect(found?.entryPoints).toEqual([folder.uri('main.js')]);
    const shown = (place: Place | undefined): string => shownLine(text, place);
    expect(found?.starts.map(shown)).toEqual(['await Actor.init();']);
    expect(found?.listeners.map(({ event, body }) => [event, shown(body)])).toEqual([
      ['migrating', "await Actor.setValue('POSITION', state.page);"],
    ]);
    expect(
      found?.keys.map(({ key, savedAt, restoredAt, ownedAt }) =>
        [key, savedAt, restoredAt, ownedAt].flat().map((each) => (typeof each === 'string' ? each : shown(each))),
      ),
    ).toEqual([
      [
        'POSITION',
        "await Actor.setValue('POSITION', state.page);",
        "state.page = (await Actor.getValue('POSITION')) ?? 1;",
      ],
      ['PROGRESS', "const state = await Actor.useState('PROGRESS', { page: 1 });"],
    ]);
  });

  it('answers for the text in the editor, not for the one on disk', async () => {
    using folder = new ActorFolder({ 'main.js': actor('') });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    await OpenDocument.open(client, folder.uri('main.js'), actor(LISTENS));
    const { actors } = await client.request<ActorsAnswer>('actorState/actors', undefined);
    expect(actors[0]?.listeners).toHaveLength(1);
  });

  it('says where an Actor begins that never starts the SDK: after its imports', async () => {
    const text = "import { KeyValueStore } from 'crawlee';\nconst store = await KeyValueStore.open();\n";
    using folder = new ActorFolder({ 'main.js': text });
    await using client = await PlainClient.start({ capabilities: PULLS, folders: [folder.path] });
    const { actors } = await client.request<ActorsAnswer>('actorState/actors', undefined);
    expect(actors[0]?.starts.map((place) => shownLine(text, place))).toEqual([
      'const store = await KeyValueStore.open();',
    ]);
  });

  it('has none where the person has turned the analysis off, and none where there is no Actor', async () => {
    using off = new ActorFolder({ 'main.js': actor('') });
    await using client = await PlainClient.start({
      capabilities: PULLS,
      folders: [off.path],
      settings: { enable: false },
    });
    expect(await client.request<ActorsAnswer>('actorState/actors', undefined)).toEqual({ actors: [] });
    using empty = new ActorFolder({ 'package.json': '{}' });
    await using other = await PlainClient.start({ capabilities: PULLS, folders: [empty.path] });
    expect(await other.request<ActorsAnswer>('actorState/actors', undefined)).toEqual({ actors: [] });
  });
});

function shownLine(text: string, place: Place | undefined): string {
  return place === undefined ? 'nowhere' : (text.split('\n')[place.range.start.line] ?? '').trim();
}
