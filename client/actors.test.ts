import { describe, expect, it } from 'vitest';
import { readActors } from './actors.ts';

const place = { uri: 'file:///a/main.js', range: { start: { line: 1, character: 2 }, end: { line: 1, character: 9 } } };
const key = { store: 'default', key: 'STATE', savedAt: [place], restoredAt: [], ownedBy: 'useState', ownedAt: [place] };
const actor = {
  root: 'file:///a',
  name: 'a',
  sdk: { package: 'apify', version: '3.7.2' },
  entryPoints: ['file:///a/main.js'],
  starts: [place],
  listeners: [{ event: 'migrating', at: place, body: place }],
  keys: [key],
};

describe('the Actors that the server tells of', () => {
  it('are taken as they are', () => {
    expect(readActors({ actors: [actor] })).toEqual([actor]);
  });

  it.each([undefined, null, 'actors', {}, { actors: 'none' }, { actors: [null, {}, { root: 1, name: 'a' }] }])(
    'are none in %j',
    (answer) => {
      expect(readActors(answer)).toEqual([]);
    },
  );

  it('lose what is no place, no listener and no key', () => {
    const damaged = {
      root: 'file:///a',
      name: 'a',
      starts: [{ uri: 'x' }, place],
      listeners: [{}],
      keys: [{ store: 1 }],
    };
    expect(readActors({ actors: [damaged] })).toMatchObject([
      { starts: [place], listeners: [], keys: [], sdk: undefined },
    ]);
  });
});
