import { describe, expect, test } from 'vitest';
import { actorState, actorStateProcess, AWAITED_SAVE, folderWith, PACKAGE } from './fakes/command.ts';

const files = { 'package.json': PACKAGE, 'src/main.js': AWAITED_SAVE };

describe('actor-state explain', () => {
  test('says why nothing is reported: the state and who keeps it', async () => {
    const { code, stdout, stderr } = await actorState(['explain'], folderWith(files));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^shop \(\.\): actor, apify 3\.7\.2 \(by package\.json\)\n/);
    expect(stdout).toMatch(/entry point +src\/main\.js\n/);
    expect(stdout).toMatch(/listeners +migrating {2}src\/main\.js:4:1\n/);
    expect(stdout).toMatch(/page {2}src\/main\.js:3:5: kept \(.*src\/main\.js:5:9\)\n +changed at 9:3; /);
    expect(stdout).toMatch(/default \/ STATE: saved src\/main\.js:5:9 \(migrating\); restored src\/main\.js:3:/);
  });

  test('--json gives plain values, with lines and columns from 1', async () => {
    const { code, stdout } = await actorState(['explain', '--json', 'src'], folderWith(files));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      actors: [
        {
          root: '.',
          kind: 'actor',
          sdk: { package: 'apify', from: 'range' },
          entryPoints: ['src/main.js'],
          regions: [
            {
              kind: 'loop',
              state: [{ name: 'page', at: { file: 'src/main.js', range: { start: { line: 3, column: 5 } } } }],
            },
          ],
          keys: [{ store: 'default', key: 'STATE', savedAt: [{ on: ['migrating'] }], ownedBy: null }],
        },
      ],
      notices: [],
    });
  });

  test('says where there is no Actor, and what cannot be read', async () => {
    const none = await actorStateProcess(['explain'], folderWith({ 'main.js': '' }));
    expect(none).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('no Actor found') });
    const missing = await actorState(['explain', 'none'], folderWith({}));
    expect(missing).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('none: there is no such file'),
    });
  });
});
